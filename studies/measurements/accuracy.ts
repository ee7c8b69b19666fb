/**
 * Accuracy of the measurements themselves: generated ears, measured from their true labels, against their parametric
 * anatomy. `npx tsx studies/measurements/accuracy.ts [FROM] [TO] [FILE]` prints the table of the cases from FROM up to
 * TO; the errors go to FILE (JSON).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { occupancyOfLabels } from '../../src/analyze/segment/occupancy.ts'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { identity3 } from '../../src/core/math/vector.ts'
import { labelsOf, rasteriseLabyrinth } from '../../src/generate/anatomy/labyrinth.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { sampleCase } from '../../src/generate/case.ts'
import { earsOf, type GeneratedEar } from '../../src/generate/ear.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { decodeModel } from '../../src/network/model-file.ts'
import { defaultModelFolder } from '../../src/node/model-folder.ts'
import { type ErrorRow, errorsOf, report } from './errors.ts'

/** Not the seed whose ears the measuring was mended on. */
const seed = 43
const spacings = [0.1, 0.15, 0.2, 0.3] as const
const [from, to] = [Number(process.argv[2] ?? 0), Number(process.argv[3] ?? 40)]
const rows: ErrorRow[] = []
/** Its calibration says how far the axis is drawn back to the mean ear's, as in predicted ears. */
const segmenter = join(defaultModelFolder, 'segmenter.onnx')
const { calibration } = decodeModel(readFileSync(segmenter), segmenter).metadata
const sides = { left: 0, right: 0 }
for (let index = from; index < to; index++) {
  for (const ear of sampleCase(seed, index, caseOptions.parse({})).bones.flatMap(earsOf)) {
    sides[ear.frame.side]++
    rows.push(...measureLabels(ear, spacings[index % spacings.length] ?? 0.1))
  }
}
process.stdout.write(`${sides.left} left and ${sides.right} right ears\n`)
report(rows, process.argv[4])

/** On voxels along the world's axes: turned against the ear as in a scan. */
function measureLabels({ shape, frame, landmarks }: GeneratedEar, spacing: number): ErrorRow[] {
  const size = Math.round(22 / spacing)
  const geometry = geometryAround(frame.origin, [size, size, size], [spacing, spacing, spacing], identity3)
  // A margin that the smooth union never reaches.
  const data = labelsOf(rasteriseLabyrinth(createCanvas(geometry, frame), shape, 0.7))
  const occupancy = occupancyOfLabels({ geometry, data })
  const ear = { frame, landmarks, occupancy, voxelEdge: spacing, calibration }
  return errorsOf(ear, shape, frame, spacing)
}

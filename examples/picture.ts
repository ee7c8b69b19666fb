/**
 * Draws the slice through the middle of each axis of scans with their labels laid over, a row for each scan, as a PNG:
 * `npx tsx examples/picture.ts PICTURE SCAN LABELS [SCAN LABELS …]`. Slices are seen as radiologists do: the patient's
 * left is right.
 */
import { writeFileSync } from 'node:fs'
import { applyAffine } from '../src/core/geometry/geometry.ts'
import type { Vector3 } from '../src/core/math/vector.ts'
import { type Volume, worldFromIndex } from '../src/index.ts'
import { readLabelMap } from '../src/node/read-scan.ts'
import { readScan } from '../src/node.ts'
import { type LabelledScan, labelledSlices } from '../src/report/picture/labelled-slices.ts'

const [picturePath, ...paths] = process.argv.slice(2) as [string, ...string[]]
const shown: LabelledScan[] = []
for (let at = 0; at < paths.length; at += 2) {
  const [scanPath, labelsPath] = paths.slice(at, at + 2) as [string, string]
  const { scan } = await readScan(scanPath)
  const labels = await readLabelMap(labelsPath)
  shown.push({ scan, labels, places: [{ center: middleOf(labels), edge: 30, landmarks: [] }] })
}
writeFileSync(picturePath, labelledSlices(shown, 240, 'filled'))

/** Centroid of the labelled voxels, LPS mm. */
function middleOf({ geometry, data }: Volume): Vector3 {
  const [nx, ny] = geometry.size
  const sum: [number, number, number, number] = [0, 0, 0, 0]
  data.forEach((value, at) => {
    if (value === 0) return
    sum[0] += at % nx
    sum[1] += Math.floor(at / nx) % ny
    sum[2] += Math.floor(at / (nx * ny))
    sum[3]++
  })
  return applyAffine(worldFromIndex(geometry), [sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]])
}

/**
 * How the canals of ears lie off their circles: `npx tsx studies/measurements/mean-canals.ts [EARS]` prints, for each
 * canal and each sector of 10°, the mean over generated ears for src/ear/mean-canals.json, null where it varies.
 */

import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { identity3, type Vector3 } from '../../src/core/math/vector.ts'
import type { EarFrame } from '../../src/ear/ear-frame.ts'
import { type CanalId, type MeanCanal, meanCanals } from '../../src/ear/mean-canals.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labelsOf, rasteriseLabyrinth } from '../../src/generate/anatomy/labyrinth.ts'
import { truthOf } from '../../src/generate/anatomy/truth.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { sampleShapeParameters } from '../../src/generate/sample/shape-parameters.ts'
import { sectorOffsets } from '../../src/measure/canals/canals.ts'
import { createEarSpace } from '../../src/measure/ear-space.ts'

/** Another seed than those measurements are judged on. */
const seed = 45
/** A sector is left out if its centroid varies more than this between ears (SD, mm), or if few ears have it. */
const steadiest = 0.12
const rounds = 4
const spacing = 0.2

const frame: EarFrame = { side: 'right', origin: [0, 0, 0], direction: identity3 }
const grid = geometryAround([0, -0.4, 1.1], [100, 110, 105], [spacing, spacing, spacing], identity3)
const ears = Array.from({ length: Number(process.argv[2] ?? 24) }, (_, n) => {
  const shape = createShape(sampleShapeParameters(createRandom(seed, n)))
  const labels = labelsOf(rasteriseLabyrinth(createCanvas(grid, frame), shape, 0.7))
  const parts = [1, 2, 3].map((label) => Float32Array.from(labels, (one) => (one === label ? 1 : 0)))
  const space = createEarSpace({
    frame,
    occupancy: { geometry: grid, parts }
  })
  return { places: [...space.canals], circles: truthOf(shape).canals }
})
for (const id of ['superior', 'posterior', 'lateral'] as const) {
  let offsets: MeanCanal['offsets'] = Array.from({ length: 36 }, () => [0, 0] as const)
  for (let round = 0; round < rounds; round++) offsets = meanOffsets(id, offsets)
  process.stdout.write(`${id}: ${JSON.stringify(offsets)}\n`)
}

/** @param expected where the canal was found before: only places near it count */
function meanOffsets(id: CanalId, expected: MeanCanal['offsets']): MeanCanal['offsets'] {
  const all = ears.map(({ places, circles }: { places: Vector3[]; circles: ReturnType<typeof truthOf>['canals'] }) =>
    sectorOffsets(places, circles[id], { ...meanCanals[id], offsets: expected })
  )
  return expected.map((_, sector) => {
    const seen = all.map((one) => one[sector]).filter((one) => one !== undefined)
    const [away, up] = [spreadOf(seen.map((one) => one.away)), spreadOf(seen.map((one) => one.up))]
    const steady = seen.length > 0.9 * ears.length && away.sd < steadiest && up.sd < steadiest
    return steady ? ([Number(away.mean.toFixed(2)), Number(up.mean.toFixed(2))] as const) : null
  })
}

function spreadOf(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) }
}

/**
 * The mean covariance of labelled voxels in the ear's frame: `npx tsx studies/plausibility/covariance.ts [COUNT]`. Prints it, and how
 * far generated ears seem stretched along the axes of the world (`src/measure/plausibility/stretch.ts`).
 */
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { mean } from '../../src/core/math/mean.ts'
import { identity3, type Matrix3, multiply, transpose } from '../../src/core/math/vector.ts'
import { rasteriseCase, sampleCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { covarianceOf, stretchesOf } from '../../src/measure/plausibility/stretch.ts'

const seed = 5151
const options = caseOptions.parse({ field: [22, 24], finest: 1, specimens: 0 })

const ears = Array.from({ length: Number(process.argv[2] ?? 120) }, (_, index) => {
  const generated = rasteriseCase(sampleCase(seed, index, options))
  return generated.ears.map(({ frame }) => {
    const geometry = geometryAround(frame.origin, [50, 50, 50], [0.5, 0.5, 0.5], identity3)
    return { frame, labels: { geometry, data: generated.labels(geometry) } }
  })
}).flat()

const inFrames = ears.flatMap(({ frame: { direction }, labels }) => {
  const covariance = covarianceOf(labels)
  return covariance === undefined ? [] : [multiply(transpose(direction), multiply(covariance, direction))]
})
const average = identity3.map((_, at) => mean(inFrames.map((one) => one[at] as number))) as unknown as Matrix3
process.stdout.write(
  `${inFrames.length} ears, mean covariance, mm²: ${average.map((value) => value.toFixed(2)).join(' ')}\n`
)
for (const axis of [0, 1, 2] as const) {
  const logarithms = ears.flatMap((ear) => stretchesOf(ear)?.[axis] ?? []).map(Math.log)
  const sd = Math.sqrt(mean(logarithms.map((value) => value ** 2)))
  const farthest = Math.max(...logarithms.map(Math.abs))
  process.stdout.write(`axis ${'LPS'[axis]}: SD of the logarithm ${sd.toFixed(3)}, farthest ${farthest.toFixed(3)}\n`)
}

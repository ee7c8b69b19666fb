/**
 * The mean covariance of labelled voxels in the ear's frame: `npx tsx studies/plausibility/covariance.ts [COUNT]`. Prints it, and how
 * far generated ears seem stretched along the axes of the world (`src/measure/plausibility/stretch.ts`).
 */
import { applyAffine, geometryAround, voxelIndex, worldFromIndex } from '../../src/core/geometry/geometry.ts'
import { mean } from '../../src/core/math/mean.ts'
import { identity3, type Matrix3, transform, transpose, type Vector3 } from '../../src/core/math/vector.ts'
import { rasteriseCase, sampleCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import type { JudgedEar } from '../../src/measure/plausibility/flag.ts'
import { stretchesOf } from '../../src/measure/plausibility/stretch.ts'

const seed = 5151
const options = caseOptions.parse({ field: [22, 24], finest: 1, specimens: 0 })

const ears = Array.from({ length: Number(process.argv[2] ?? 120) }, (_, index) => {
  const generated = rasteriseCase(sampleCase(seed, index, options))
  return generated.ears.map(({ frame }) => {
    const geometry = geometryAround(frame.origin, [50, 50, 50], [0.5, 0.5, 0.5], identity3)
    return { frame, labels: { geometry, data: generated.labels(geometry) } }
  })
}).flat()

const covariances = ears.map(covarianceInFrame)
const average = identity3.map((_, at) => mean(covariances.map((one) => one[at] as number)))
process.stdout.write(
  `${ears.length} ears, mean covariance, mm²: ${average.map((value) => value.toFixed(2)).join(' ')}\n`
)
for (const axis of [0, 1, 2] as const) {
  const logarithms = ears.flatMap((ear) => stretchesOf(ear)?.[axis] ?? []).map(Math.log)
  const sd = Math.sqrt(mean(logarithms.map((value) => value ** 2)))
  const farthest = Math.max(...logarithms.map(Math.abs))
  process.stdout.write(`axis ${'LPS'[axis]}: SD of the logarithm ${sd.toFixed(3)}, farthest ${farthest.toFixed(3)}\n`)
}

/** Covariance (mm²) of the places of labelled voxels in the ear's frame. */
function covarianceInFrame({ labels: { geometry, data }, frame }: Pick<JudgedEar, 'labels' | 'frame'>): Matrix3 {
  const toWorld = worldFromIndex(geometry)
  const toFrame = transpose(frame.direction)
  const places = [...data].flatMap((label, at): Vector3[] =>
    label === 0 ? [] : [transform(toFrame, applyAffine(toWorld, voxelIndex(geometry.size, at)))]
  )
  const middle = ([0, 1, 2] as const).map((axis) => mean(places.map((place) => place[axis])))
  return identity3.map((_, at) => {
    const [row, across] = [Math.floor(at / 3), at % 3] as [number, number]
    return mean(
      places.map(
        (place) =>
          ((place[row] as number) - (middle[row] as number)) * ((place[across] as number) - (middle[across] as number))
      )
    )
  }) as unknown as Matrix3
}

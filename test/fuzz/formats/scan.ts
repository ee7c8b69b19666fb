import { createGeometry } from '../../../src/core/geometry/geometry.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { createVolume, type Scan } from '../../../src/core/volume.ts'

const [columns, rows, slices] = [18, 17, 16]

/** A small scan of air, soft tissue and bone, so that its greys are known to be Hounsfield units. */
export const fuzzScan: Scan = (() => {
  const geometry = createGeometry({
    size: [columns, rows, slices],
    spacing: [0.5, 0.5, 0.5],
    origin: [-60, 20, -500],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1]
  })
  const random = createRandom(1)
  const tissue = (n: number): number => [-1000, 40, 1500][Math.floor(((n % columns) / columns) * 3)] as number
  return createVolume(
    geometry,
    Int16Array.from({ length: columns * rows * slices }, (_, n) => Math.round(tissue(n) + random.normal(0, 20)))
  )
})()

import { createGeometry, type Geometry, voxelCount } from '../../src/core/geometry/geometry.ts'
import { multiply, rotationAbout } from '../../src/core/math/vector.ts'
import { createVolume, type Volume } from '../../src/core/volume.ts'

/** A small oblique, right-handed grid of 17 × 18 × 19 voxels. */
export const smallGrid = createGeometry({
  size: [17, 18, 19],
  spacing: [0.31, 0.42, 0.57],
  origin: [-61.25, 103.5, -512.125],
  direction: rotationAbout([0.48, 0.6, 0.64], 0.7)
})

/** The same grid with its third axis mirrored. */
export const leftHandedGrid = createGeometry({
  ...smallGrid,
  direction: multiply(smallGrid.direction, [1, 0, 0, 0, 1, 0, 0, 0, -1])
})

/** A scan whose every voxel has a value of its own: i + 20 j + 400 k − 1000 HU. */
export function smallScan(geometry: Geometry = smallGrid): Volume<Int16Array> {
  const [nx, ny] = geometry.size
  const data = new Int16Array(voxelCount(geometry))
  for (let n = 0; n < data.length; n++) {
    data[n] = (n % nx) + 20 * (Math.floor(n / nx) % ny) + 400 * Math.floor(n / nx / ny) - 1000
  }
  return createVolume(geometry, data)
}

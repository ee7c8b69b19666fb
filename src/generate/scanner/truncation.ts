import type { Geometry } from '../../core/geometry/geometry.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { DentalReconstruction } from './protocol.ts'

/** Power of the relative radius by which the border brightens. */
const steepness = 10

/** Adds to the image what a scanner adds near the border of a field of view narrower than the head: `height` HU there. */
export function brightenBorder(image: Float32Array, size: Vector3, height: number): void {
  if (height === 0) return
  const radii = relativeRadii(size)
  for (let n = 0; n < image.length; n++) {
    image[n] = (image[n] as number) + height * Math.min(1, radii[n % radii.length] as number) ** steepness
  }
}

/** Sets what lies outside the cylinder that fits into the grid, its axis along k. */
export function clearOutsideCylinder(image: Int16Array, size: Vector3, value: number): void {
  const radii = relativeRadii(size)
  for (let n = 0; n < image.length; n++) {
    if ((radii[n % radii.length] as number) > 1) image[n] = value
  }
}

/** What dental scanners write outside their field of view, and their darkest value inside. */
const darkest = -1000

/** Cuts a dental scan's greys at its darkest value and leaves nothing outside its cylinder. */
export function clearOutsideField(
  image: Int16Array,
  { size: [nx, ny], spacing: [dx, dy] }: Geometry,
  cylinder: DentalReconstruction['cylinder']
): void {
  for (let n = 0; n < image.length; n++) {
    image[n] = Math.max(darkest, image[n] as number)
    if (cylinder === null) continue
    const { middle, radius } = cylinder
    const [x, y] = [((n % nx) - middle[0]) * dx, ((Math.floor(n / nx) % ny) - middle[1]) * dy]
    if (x * x + y * y > radius * radius) image[n] = darkest
  }
}

/** Distance of each voxel of a slice from its middle, in radii of the cylinder. */
function relativeRadii([nx, ny]: Vector3): Float32Array {
  const [cx, cy, radius] = [(nx - 1) / 2, (ny - 1) / 2, Math.min(nx, ny) / 2]
  return new Float32Array(nx * ny).map((_, n) => Math.hypot((n % nx) - cx, Math.floor(n / nx) - cy) / radius)
}

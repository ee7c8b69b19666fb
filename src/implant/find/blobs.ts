import { applyAffine, indexFromWorld, worldFromIndex } from '../../core/geometry/geometry.ts'
import { cropVoxels, type VoxelBox } from '../../core/image/box.ts'
import { smooth } from '../../core/image/filter.ts'
import { distance, type Vector3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { inWorld } from '../lumen.ts'
import { type LumenPlace, lumenPlaces } from './lumen-places.ts'
import { scaleEnd } from './metal.ts'

/** A local maximum of the difference of two Gaussians. A place that may lie in either of two turns makes two blobs. */
export interface Blob {
  /** LPS mm; two blobs of one place share the same object, by which they are recognised. */
  readonly place: Vector3
  /** Response of the difference of Gaussians, HU. */
  readonly strength: number
  /** Distance from the modiolar axis, mm. */
  readonly radius: number
  /** Its place in the lumen; absent outside. */
  readonly lumen?: LumenPlace
}

/** mm around the cochlea's middle that are searched; more than the cochlea, since some contacts may not be inserted. */
const reach = 15

/** SD of the inner Gaussian, the greater of mm and voxels; the outer one's is √(inner² + `wider`²), mm. */
const inner = { mm: 0.18, voxels: 0.45 }
const wider = 0.5

/** Minimum strength of a blob, HU. */
const minStrength = 150

/** The blobs in and near a cochlea. */
export function findBlobs(scan: Scan, duct: CochlearDuct): Blob[] {
  const box = boxOf(scan, inWorld(duct, 180, { radius: 0, height: 1 }))
  const { data, size } = differenceOfGaussians(scan, box)
  const toWorld = worldFromIndex(scan.geometry)
  const roundWindow = inWorld(duct, 0, { radius: duct.roundWindowRadius, height: 0 })
  return maximaOf(data, size).flatMap(({ index, value }) => {
    const place = applyAffine(toWorld, [box.start[0] + index[0], box.start[1] + index[1], box.start[2] + index[2]])
    const { radius } = cochlearPlace(duct.frame, place)
    const blob = { place, strength: value, radius }
    const inside = lumenPlaces(duct, place)
    if (inside.length > 0) return inside.map((lumen): Blob => ({ ...blob, lumen }))
    return distance(place, roundWindow) < reach ? [blob] : []
  })
}

function boxOf({ geometry: { size, spacing }, geometry }: Scan, middle: Vector3): VoxelBox {
  const centre = applyAffine(indexFromWorld(geometry), middle)
  const low = (axis: 0 | 1 | 2): number => Math.max(0, Math.floor(centre[axis] - reach / spacing[axis]))
  const width = (axis: 0 | 1 | 2): number =>
    Math.max(0, Math.min(size[axis], Math.ceil(centre[axis] + reach / spacing[axis]) + 1) - low(axis))
  return { start: [low(0), low(1), low(2)], size: [width(0), width(1), width(2)] }
}

/** Values are clipped to 0 HU and the end of the 12-bit scale, so that contacts look alike on all scales and air has no edge. */
function differenceOfGaussians(
  { geometry: { size, spacing }, data }: Scan,
  box: VoxelBox
): { readonly data: Float32Array; readonly size: Vector3 } {
  const values = cropVoxels(data, size, box).map((value) => Math.min(scaleEnd, Math.max(0, value)))
  const sd = Math.max(inner.mm, inner.voxels * Math.max(...spacing))
  const blurred = (mm: number): Float32Array =>
    smooth(values, box.size, [mm / spacing[0], mm / spacing[1], mm / spacing[2]])
  const [fine, coarse] = [blurred(sd), blurred(Math.hypot(sd, wider))]
  return { data: fine.map((value, at) => value - (coarse[at] as number)), size: box.size }
}

interface Maximum {
  /** Subvoxel index, by a parabola along each axis. */
  readonly index: Vector3
  readonly value: number
}

/** Voxels that are greater than all 26 neighbours; of equal ones the first. */
function maximaOf(data: Float32Array, [nx, ny, nz]: Vector3): Maximum[] {
  const plane = nx * ny
  const found: Maximum[] = []
  for (let k = 1; k < nz - 1; k++) {
    for (let j = 1; j < ny - 1; j++) {
      for (let i = 1; i < nx - 1; i++) {
        const at = i + nx * j + plane * k
        const value = data[at] as number
        if (value < minStrength || !isMaximum(data, at, nx, plane)) continue
        const shift = (stride: number): number =>
          vertexOf(data[at - stride] as number, value, data[at + stride] as number)
        found.push({ index: [i + shift(1), j + shift(nx), k + shift(plane)], value })
      }
    }
  }
  return found
}

function isMaximum(data: Float32Array, at: number, nx: number, plane: number): boolean {
  const value = data[at] as number
  for (let dk = -plane; dk <= plane; dk += plane) {
    for (let dj = -nx; dj <= nx; dj += nx) {
      for (let di = -1; di <= 1; di++) {
        const offset = di + dj + dk
        const other = data[at + offset] as number
        if (other > value || (other === value && offset < 0)) return false
      }
    }
  }
  return true
}

/** Vertex of the parabola through three equidistant values, in steps from the middle one, which must not be the least. */
function vertexOf(left: number, middle: number, right: number): number {
  const curvature = left - 2 * middle + right
  return curvature < 0 ? (0.5 * (left - right)) / curvature : 0
}

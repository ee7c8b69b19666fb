import { applyAffine, type Geometry, geometryAround, indexFromWorld } from '../../core/geometry/geometry.ts'
import type { Random } from '../../core/math/random.ts'
import {
  identity3,
  type Matrix3,
  multiply,
  rotationAbout,
  transform,
  transpose,
  type Vector3
} from '../../core/math/vector.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import type { Protocol } from '../scanner/protocol.ts'

/** The grid of a temporal bone's scan: around the ear but not centred on it. */
export function sampleNarrowField(
  random: Random,
  frame: EarFrame,
  { spacing }: Protocol,
  field: readonly [number, number]
): Geometry {
  const edge = random.uniform(...field)
  const room = Math.max(0, edge / 2 - 12)
  const shift = (): number => random.uniform(-room, room)
  const center: Vector3 = [frame.origin[0] + shift(), frame.origin[1] + shift(), frame.origin[2] + shift()]
  return geometryAround(center, sizeOf([edge, edge, edge], spacing), spacing, sampleAxes(random))
}

/** What a wide scan covers. */
export interface View {
  /** About where its middle lies, LPS mm. */
  readonly center: Vector3
  /** Edges in the plane and along the slices, from and to, mm. */
  readonly width: readonly [number, number]
  readonly height: readonly [number, number]
  /** Places it must hold, LPS mm. */
  readonly holds: readonly Vector3[]
}

/** How far (mm) from the border of a wide field a place lies that it must hold. */
const margin = 17

/** The grid of a wide scan; where it would have more voxels than allowed it covers less, but all that it must hold. */
export function sampleWideField(random: Random, view: View, { spacing }: Protocol, maxVoxels: number): Geometry {
  const axes = sampleAxes(random)
  const inward = transpose(axes)
  const places = view.holds.map((place) => transform(inward, place))
  const low = (axis: 0 | 1 | 2): number => Math.min(...places.map((place) => place[axis])) - margin
  const high = (axis: 0 | 1 | 2): number => Math.max(...places.map((place) => place[axis])) + margin
  const least = (axis: 0 | 1 | 2): number => (places.length === 0 ? 30 : high(axis) - low(axis))
  const width = random.uniform(...view.width)
  const edges = fitted(
    [width, width, random.uniform(...view.height)],
    [least(0), least(1), least(2)],
    spacing,
    maxVoxels
  )
  const wanted = transform(inward, view.center)
  const middle = (axis: 0 | 1 | 2): number => {
    const near = wanted[axis] + random.uniform(-15, 15)
    if (places.length === 0) return near
    return Math.max(high(axis) - edges[axis] / 2, Math.min(low(axis) + edges[axis] / 2, near))
  }
  const center = transform(axes, [middle(0), middle(1), middle(2)])
  return geometryAround(center, sizeOf(edges, spacing), spacing, axes)
}

/** How far (mm) an ear reaches from its origin. */
const reach = 11

/** Whether ears at these places (LPS mm) lie whole in the cylinder that fits into the grid, its axis along k. */
export function cylinderHolds(geometry: Geometry, places: readonly Vector3[]): boolean {
  const { size, spacing } = geometry
  const inside = indexFromWorld(geometry)
  const radius = Math.min(size[0] * spacing[0], size[1] * spacing[1]) / 2
  return places.every((place) => {
    const [i, j] = applyAffine(inside, place)
    return Math.hypot((i - (size[0] - 1) / 2) * spacing[0], (j - (size[1] - 1) / 2) * spacing[1]) <= radius - reach
  })
}

/** Edges of at least the `least`, made shorter, first along the slices, until there are not too many voxels. */
function fitted(edges: Vector3, least: Vector3, spacing: Vector3, maxVoxels: number): Vector3 {
  const excess = ([x, y, z]: Vector3): number => (x * y * z) / (spacing[0] * spacing[1] * spacing[2]) / maxVoxels
  const longer = (edge: number, axis: 0 | 1 | 2): number => Math.max(edge, least[axis])
  const wide: Vector3 = [longer(edges[0], 0), longer(edges[1], 1), longer(edges[2], 2)]
  const flat: Vector3 = [wide[0], wide[1], longer(wide[2] / Math.max(1, excess(wide)), 2)]
  const shrink = Math.sqrt(Math.max(1, excess(flat)))
  return [longer(flat[0] / shrink, 0), longer(flat[1] / shrink, 1), flat[2]]
}

function sizeOf(edges: Vector3, spacing: Vector3): Vector3 {
  return edges.map((edge, axis) => Math.round(edge / (spacing[axis] as number))) as unknown as Vector3
}

/** Turned a little against the world, axes in any sense. */
function sampleAxes(random: Random): Matrix3 {
  const flip = (): number => (random.chance(0.3) ? -1 : 1)
  const axes: Matrix3 = [flip(), 0, 0, 0, flip(), 0, 0, 0, flip()]
  const tilt = random.chance(0.3) ? rotationAbout([1, 0, 0], random.clippedNormal(0, 0.15, 2.5)) : identity3
  return multiply(tilt, axes)
}

import { centerOf, type Geometry } from '../../core/geometry/geometry.ts'
import { connectedComponents, maskOfComponents } from '../../core/image/components.ts'
import { dilate } from '../../core/image/dilate.ts'
import { addVoxel, centroidOf, noVoxels, volumeOf } from '../../core/image/moments.ts'
import { voxelsAbove } from '../../core/image/threshold.ts'
import { distance, type Vector3 } from '../../core/math/vector.ts'

/** A connected place in which the labyrinth is more probable than not. */
export interface LabyrinthComponent {
  /** Its number in the map, from 1. */
  readonly id: number
  /** mm³. */
  readonly volume: number
  /** Centroid weighted by probability, LPS mm. */
  readonly center: Vector3
}

export interface LabyrinthComponents {
  readonly geometry: Geometry
  readonly all: readonly LabyrinthComponent[]
  /** The component's number within one voxel of each component, else 0. */
  readonly map: Int32Array
}

/**
 * Pieces up to twice this many voxels apart are one component: the canals are hardly wider than a voxel, and sampling or
 * noise may break them.
 */
const bridge = 1

/** SD in mm of the preference for a component near the middle of a grid that was laid around an ear. */
const preferenceSd = 6

/** @param probability of the labyrinth at each voxel of the grid */
export function labyrinthComponents(geometry: Geometry, probability: Float32Array): LabyrinthComponents {
  const inside = voxelsAbove(probability, 0.5)
  const { map, components } = connectedComponents(geometry, dilate(inside, geometry.size, bridge))
  const moments = new Map(components.map(({ id }) => [id, noVoxels()]))
  for (let at = 0; at < inside.length; at++) {
    const component = inside[at] === 1 ? moments.get(map[at] as number) : undefined
    if (component !== undefined) addVoxel(component, geometry.size, at, probability[at] as number)
  }
  const all = [...moments].map(([id, component]) => ({
    id,
    volume: volumeOf(component, geometry),
    center: centroidOf(component, geometry)
  }))
  return { geometry, all, map }
}

/** The component a grid was laid around: large, and near the middle of the grid. */
export function mainComponent({ geometry, all }: LabyrinthComponents): LabyrinthComponent | undefined {
  const middle = centerOf(geometry)
  const weight = ({ volume, center }: LabyrinthComponent): number =>
    volume * Math.exp(-0.5 * (distance(center, middle) / preferenceSd) ** 2)
  return [...all].sort((a, b) => weight(b) - weight(a))[0]
}

/** 1 within one voxel of a component, else 0. */
export function componentMask({ map }: LabyrinthComponents, { id }: LabyrinthComponent): Uint8Array {
  return maskOfComponents(map, [id])
}

import { connectedComponents } from '../core/components.ts'
import { centerOf, type Geometry } from '../core/geometry.ts'
import { distance, type Vector3 } from '../core/vector.ts'
import { dilate } from './dilate.ts'
import { addVoxel, centroidOf, noVoxels, volumeOf } from './moments.ts'

/** A connected place in which the labyrinth is more probable than not. */
export interface Blob {
  /** Its number in the map, from 1. */
  readonly id: number
  /** mm³. */
  readonly volume: number
  /** Centroid weighted by probability, LPS mm. */
  readonly center: Vector3
}

export interface Blobs {
  readonly geometry: Geometry
  readonly all: readonly Blob[]
  /** The blob's number within one voxel of each blob, else 0. */
  readonly map: Int32Array
}

/**
 * Pieces up to twice this many voxels apart are one blob: the canals are hardly wider than a voxel, and sampling or
 * noise may break them.
 */
const bridge = 1

/** SD in mm of the preference for a blob near the middle of a grid that was laid around an ear. */
const preferenceSd = 6

/** @param probability of the labyrinth at each voxel of the grid */
export function findBlobs(geometry: Geometry, probability: Float32Array): Blobs {
  const inside = Uint8Array.from(probability, (value) => (value > 0.5 ? 1 : 0))
  const { map, components } = connectedComponents(geometry, dilate(inside, geometry.size, bridge))
  const moments = new Map(components.map(({ id }) => [id, noVoxels()]))
  for (let at = 0; at < inside.length; at++) {
    const blob = inside[at] === 1 ? moments.get(map[at] as number) : undefined
    if (blob !== undefined) addVoxel(blob, geometry.size, at, probability[at] as number)
  }
  const all = [...moments].map(([id, blob]) => ({
    id,
    volume: volumeOf(blob, geometry),
    center: centroidOf(blob, geometry)
  }))
  return { geometry, all, map }
}

/** The blob a grid was laid around: large, and near the middle of the grid. */
export function mainBlob({ geometry, all }: Blobs): Blob | undefined {
  const middle = centerOf(geometry)
  const weight = ({ volume, center }: Blob): number =>
    volume * Math.exp(-0.5 * (distance(center, middle) / preferenceSd) ** 2)
  return [...all].sort((a, b) => weight(b) - weight(a))[0]
}

/** 1 within one voxel of a blob, else 0. */
export function blobMask({ map }: Blobs, { id }: Blob): Uint8Array {
  return Uint8Array.from(map, (value) => (value === id ? 1 : 0))
}

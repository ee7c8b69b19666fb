import { type Circle, fitCircle, planeAxes } from '../core/fit-circle.ts'
import { applyAffine } from '../core/geometry.ts'
import { add, dot, scale, subtract, type Vector3 } from '../core/vector.ts'
import type { EarSpace } from './ear-space.ts'

export type CanalId = 'anterior' | 'posterior' | 'lateral'
const canalIds: readonly CanalId[] = ['anterior', 'posterior', 'lateral']

/** Circles of the mean of 42 labyrinths, in the ear's frame: where the search for an ear's own begins. */
const meanCanals: Readonly<Record<CanalId, Circle>> = {
  anterior: { center: [0.79, -0.15, 4.6], normal: [0.73, -0.68, -0.01], radius: 3.35 },
  posterior: { center: [0.58, -5.01, 1.42], normal: [0.72, 0.69, 0.03], radius: 3.35 },
  lateral: { center: [3.07, -1.6, 1.3], normal: [-0.05, 0.01, 1], radius: 2.64 }
}

/** A place nearer than this (mm) to a canal's circle may be in it. */
const reach = 1.2
/** It is in it alone when every other circle is farther than this; where circles have settled, nearer ones will do. */
const apart = 1.2
const settledApart: Readonly<Record<CanalId, number>> = { anterior: 0.95, posterior: 0.4, lateral: 1 }
const rounds = 8
const sectors = 36
/** A circle is only believed when this many of its sectors hold some canal: a third of the turn. */
const leastSectors = 12

/**
 * The circle of each semicircular canal's centreline, ear frame: the canals' voxels near one circle alone (the common
 * crus is near two) give a centroid for each sector of 10°, these the next circle, and so on.
 * @returns undefined for a canal of which too little is seen
 */
export function fitCanals(space: EarSpace): Readonly<Record<CanalId, Circle | undefined>> {
  const places = canalPlaces(space)
  let circles: Record<CanalId, Circle | undefined> = { ...meanCanals }
  for (let round = 0; round < rounds; round++) {
    const before = circles
    const next = (id: CanalId): Circle | undefined => refit(id, before, places, apart)
    circles = { anterior: next('anterior'), posterior: next('posterior'), lateral: next('lateral') }
  }
  const settled = circles
  const last = (id: CanalId): Circle | undefined => {
    let own = settled[id]
    for (let round = 0; round < rounds; round++) own = refit(id, { ...settled, [id]: own }, places, settledApart[id])
    return own
  }
  return { anterior: last('anterior'), posterior: last('posterior'), lateral: last('lateral') }
}

function canalPlaces({ shares, size: [nx, ny], earFromIndex }: EarSpace): Vector3[] {
  const places: Vector3[] = []
  for (const [at, share] of shares.semicircular_canals.entries()) {
    if (share < 0.5) continue
    places.push(applyAffine(earFromIndex, [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]))
  }
  return places
}

function refit(
  id: CanalId,
  circles: Readonly<Record<CanalId, Circle | undefined>>,
  places: readonly Vector3[],
  distanceApart: number
): Circle | undefined {
  const own = circles[id]
  if (own === undefined) return undefined
  const others = canalIds.filter((other) => other !== id).map((other) => circles[other] ?? meanCanals[other])
  const [u, v] = planeAxes(own.normal)
  const bins = Array.from({ length: sectors }, () => ({ sum: [0, 0, 0] as Vector3, count: 0 }))
  for (const place of places) {
    if (distanceTo(own, place) > reach || others.some((other) => distanceTo(other, place) < distanceApart)) continue
    const offset = subtract(place, own.center)
    const turn = Math.atan2(dot(offset, v), dot(offset, u)) / (2 * Math.PI) + 0.5
    const bin = bins[Math.min(sectors - 1, Math.floor(turn * sectors))]
    if (bin === undefined) continue
    bin.sum = add(bin.sum, place)
    bin.count++
  }
  const centroids = bins.filter(({ count }) => count > 0).map(({ sum, count }) => scale(sum, 1 / count))
  return centroids.length < leastSectors ? undefined : fitCircle(centroids, meanCanals[id].normal)
}

function distanceTo({ center, normal, radius }: Circle, place: Vector3): number {
  const offset = subtract(place, center)
  const off = dot(offset, normal)
  return Math.hypot(Math.sqrt(Math.max(0, dot(offset, offset) - off * off)) - radius, off)
}

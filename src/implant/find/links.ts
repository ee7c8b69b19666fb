import { radians } from '../../core/math/angle.ts'
import { distance, dot, normalize, subtract, type Vector3 } from '../../core/math/vector.ts'
import type { Blob } from './blobs.ts'
import type { LumenPlace } from './lumen-places.ts'

/** Two blobs that may be contacts of an array, one after the other from the apex to the base. */
export interface Link {
  /** Numbers of the blobs. */
  readonly from: number
  readonly to: number
  /** How many contacts on: 2 where the one between is not seen. */
  readonly steps: 1 | 2
  /** What is unlikely about it, in contacts. */
  readonly cost: number
  /** Unit vector. */
  readonly direction: Vector3
  /** On along the turns, back towards the apex as beyond a fold, or the fold itself. */
  readonly way: 'on' | 'back' | 'fold'
}

/** SD of the distance of two contacts: a share of their spacing, and mm by which blobs are off; more than three SD is no link. */
const distances = { share: 0.05, mm: 0.06, most: 3, cost: 0.1 }

/** SD (mm) by which the next contact lies elsewhere across the lumen, and beyond a fold. */
const crossing = { mm: 0.35, cost: 0.15, fold: { mm: 0.7, cost: 0.1 } }

/** Along the turns two contacts are so many of their spacings apart, least and most. */
const along = { least: 0.35, most: 1.7 }

/** Nearer to the round window (°) an array comes from its middle, and there order along the turns says little. */
const entering = { order: 30, turns: 60, outside: 90 }

/** The chord of contacts outside the cochlea, and of the first one inside, as a share of the way along the array. */
const chords = { outside: 0.985, entering: 0.97 }

/** Nearer to the modiolar axis (mm) no array winds. */
const leastRadius = 0.8

/** A fold brings its two contacts nearer than this share of the spacing. */
const foldWithin = 0.95

/**
 * All links between blobs for an array of a spacing (mm).
 * @param fromWindow distance of each blob from the round window, mm
 */
export function linksBetween(blobs: readonly Blob[], fromWindow: readonly number[], spacing: number): Link[] {
  const links: Link[] = []
  const farthest = 2 * spacing * (1 + distances.most * distances.share)
  for (const [from, a] of blobs.entries()) {
    for (const [to, b] of blobs.entries()) {
      // One blob in two turns is no two contacts.
      if (a.place === b.place) continue
      const mm = distance(a.place, b.place)
      if (mm > farthest) continue
      const direction = normalize(subtract(b.place, a.place))
      const movesOutwards = (fromWindow[to] as number) >= (fromWindow[from] as number) - 0.3
      for (const steps of [1, 2] as const) {
        const way = wayBetween(a, b, steps * spacing, movesOutwards)
        const cost = way && costOf(a, b, steps, mm - way.chord, spacing)
        if (way === undefined || cost === undefined || (way.way === 'back' && steps === 2)) continue
        links.push({ from, to, steps, direction, way: way.way, cost })
      }
      const fold = mm > foldWithin * spacing ? undefined : foldCost(a, b)
      if (fold !== undefined) links.push({ from, to, steps: 1, direction, way: 'fold', cost: fold })
    }
  }
  return links
}

/** @param off mm by which two contacts are farther apart than they should be @returns undefined where that is too much */
function costOf(a: Blob, b: Blob, steps: 1 | 2, off: number, spacing: number): number | undefined {
  const deviations = off / (distances.share * spacing * Math.sqrt(steps) + distances.mm)
  if (Math.abs(deviations) > distances.most) return undefined
  const across = a.lumen && b.lumen ? acrossBetween(a.lumen, b.lumen) : 0
  return distances.cost * deviations ** 2 + (crossing.cost * (across / crossing.mm) ** 2) / steps
}

function foldCost({ lumen: a }: Blob, { lumen: b }: Blob): number | undefined {
  if (a === undefined || b === undefined || b.angle < entering.turns) return undefined
  const { fold } = crossing
  return fold.cost * (acrossBetween(a, b) / fold.mm) ** 2
}

function acrossBetween(a: LumenPlace, b: LumenPlace): number {
  return Math.hypot(a.outwards - b.outwards, a.upwards - b.upwards)
}

/** The chord (mm) of so many mm of an array from one blob to the next, and whether it goes on or back; undefined where it cannot. */
function wayBetween(
  a: Blob,
  b: Blob,
  long: number,
  movesOutwards: boolean
): { readonly chord: number; readonly way: 'on' | 'back' } | undefined {
  if (a.lumen === undefined) {
    return b.lumen === undefined && movesOutwards ? { chord: chords.outside * long, way: 'on' } : undefined
  }
  if (b.lumen === undefined) {
    return a.lumen.angle > entering.outside ? undefined : { chord: chords.entering * long, way: 'on' }
  }
  const radius = (a.radius + b.radius) / 2
  const turn = radians(a.lumen.angle - b.lumen.angle)
  const way = Math.abs(turn) * radius
  const isEntering = a.lumen.angle < entering.order && b.lumen.angle < entering.order
  if (way > along.most * long || (way < along.least * long && b.lumen.angle > entering.turns)) return undefined
  return { chord: chordOf(long, radius), way: turn < 0 && !isEntering ? 'back' : 'on' }
}

/** The chord (mm) of so many mm along a circle about the modiolar axis. */
export function chordOf(long: number, radius: number): number {
  const half = Math.min(1.4, long / (2 * Math.max(leastRadius, radius)))
  return (long * Math.sin(half)) / half
}

/** Free of cost a chain turns from one link to the next by what its circle about the axis asks, and so much more or less (rad). */
const bends = { turns: 0.35, entrance: 0.6, cost: 0.8 }

/** What the bend from one link to the next costs. @param at the blob between them */
export function bendOf(a: Link, b: Link, at: Blob, spacing: number): number {
  if (a.way === 'fold' || b.way === 'fold') return 0
  const { lumen } = at
  const expected = lumen === undefined ? 0 : Math.min(1.6, (spacing * (a.steps + b.steps)) / 2 / Math.max(1, at.radius))
  const angle = Math.acos(Math.max(-1, Math.min(1, dot(a.direction, b.direction))))
  const free = lumen !== undefined && lumen.angle > entering.turns ? bends.turns : bends.entrance
  return bends.cost * Math.max(0, Math.abs(angle - expected) - free) ** 2
}

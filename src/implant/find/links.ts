import { radians, radiansBetween } from '../../core/math/angle.ts'
import { distance, normalize, subtract, type Vector3 } from '../../core/math/vector.ts'
import type { Blob } from './blobs.ts'
import type { LumenPlace } from './lumen-places.ts'

/** Two blobs that may be consecutive contacts of an array, from the apex to the base. */
export interface Link {
  /** Indices of the blobs. */
  readonly from: number
  readonly to: number
  /** 1 for neighbouring contacts, 2 where the contact between them is not visible. */
  readonly steps: 1 | 2
  /** Cost of an unlikely distance, and of an unlikely position across the lumen, in contacts. */
  readonly cost: number
  /** Unit vector. */
  readonly direction: Vector3
  /** Towards the base (`on`), back towards the apex as in a folded tip (`back`), or the fold itself. */
  readonly way: 'on' | 'back' | 'fold'
}

/** SD of the distance of two contacts: a share of the spacing, plus the error (mm) of blobs' places. Beyond `max` SD there is no link. */
const distances = { share: 0.05, mm: 0.06, max: 3, cost: 0.1 }

/** SD (mm) of the shift across the lumen from one contact to the next, and across a fold, with the cost of one SD. */
const crossing = { mm: 0.35, cost: 0.15, fold: { mm: 0.7, cost: 0.1 } }

/** Limits of the distance of two contacts along the turns, in spacings. */
const along = { min: 0.35, max: 1.7 }

/**
 * An array enters through the middle of the round window and crosses the lumen from there. Degrees from the window up to which
 * contacts may be out of order along the turns (`order`), may lie nearer together, bend more and not fold (`turns`), and may be linked
 * to one outside (`outside`).
 */
const entering = { order: 30, turns: 60, outside: 90 }

/** Chord between two contacts as a share of the length of array between them: both outside the cochlea, and one of them. */
const chords = { outside: 0.985, entering: 0.97 }

/** Minimum radius (mm) of an array about the modiolar axis. */
const minRadius = 0.8

/** Maximum distance of the two contacts at a fold, as a share of the spacing. */
const maxFoldDistance = 0.95

/**
 * All possible links between blobs.
 * @param fromWindow distance of each blob from the round window, mm
 * @param spacing of the array, mm
 */
export function linksBetween(blobs: readonly Blob[], fromWindow: readonly number[], spacing: number): Link[] {
  const links: Link[] = []
  const farthest = 2 * spacing * (1 + distances.max * distances.share)
  for (const [from, a] of blobs.entries()) {
    for (const [to, b] of blobs.entries()) {
      // A blob that may lie in two turns is listed twice, but is one contact.
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
      const fold = mm > maxFoldDistance * spacing ? undefined : foldCost(a, b)
      if (fold !== undefined) links.push({ from, to, steps: 1, direction, way: 'fold', cost: fold })
    }
  }
  return links
}

/** @param off mm by which two blobs are farther apart than expected @returns undefined where that is too much */
function costOf(a: Blob, b: Blob, steps: 1 | 2, off: number, spacing: number): number | undefined {
  const deviations = off / (distances.share * spacing * Math.sqrt(steps) + distances.mm)
  if (Math.abs(deviations) > distances.max) return undefined
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

/** Expected chord (mm) between two blobs with `length` mm of array between them, and the link's way; undefined if there is no link. */
function wayBetween(
  a: Blob,
  b: Blob,
  length: number,
  movesOutwards: boolean
): { readonly chord: number; readonly way: 'on' | 'back' } | undefined {
  if (a.lumen === undefined) {
    return b.lumen === undefined && movesOutwards ? { chord: chords.outside * length, way: 'on' } : undefined
  }
  if (b.lumen === undefined) {
    return a.lumen.angle > entering.outside ? undefined : { chord: chords.entering * length, way: 'on' }
  }
  const radius = (a.radius + b.radius) / 2
  const turn = radians(a.lumen.angle - b.lumen.angle)
  const way = Math.abs(turn) * radius
  const isEntering = a.lumen.angle < entering.order && b.lumen.angle < entering.order
  if (way > along.max * length || (way < along.min * length && b.lumen.angle > entering.turns)) return undefined
  return { chord: chordOf(length, radius), way: turn < 0 && !isEntering ? 'back' : 'on' }
}

/** The chord (mm) of an arc of this length (mm) on a circle about the modiolar axis. */
export function chordOf(length: number, radius: number): number {
  const half = Math.min(1.4, length / (2 * Math.max(minRadius, radius)))
  return (length * Math.sin(half)) / half
}

/** How far (rad) the bend between two links may differ, free of cost, from that of the circle about the modiolar axis. */
const bends = { turns: 0.35, entrance: 0.6, cost: 0.8 }

/** Cost of the bend from one link to the next. @param at the blob between them */
export function bendOf(a: Link, b: Link, at: Blob, spacing: number): number {
  if (a.way === 'fold' || b.way === 'fold') return 0
  const { lumen } = at
  const expected = lumen === undefined ? 0 : Math.min(1.6, (spacing * (a.steps + b.steps)) / 2 / Math.max(1, at.radius))
  const angle = radiansBetween(a.direction, b.direction)
  const free = lumen !== undefined && lumen.angle > entering.turns ? bends.turns : bends.entrance
  return bends.cost * Math.max(0, Math.abs(angle - expected) - free) ** 2
}

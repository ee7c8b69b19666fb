import { quantile } from '../../core/math/quantile.ts'
import { add, distance, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { inWorld } from '../lumen.ts'
import type { Blob } from './blobs.ts'
import { bestChain, type Chain, overFolded } from './chain.ts'
import { leadFrom } from './lead.ts'
import { chordOf } from './links.ts'
import { type Metal, scaleEnd } from './metal.ts'
import { isAlike, type PlacedArray, type PlacedContact, shiftDoubt } from './placed-array.ts'

/** An array placed by its blobs, and whether its tip may be folded over instead. */
export interface ChainedArray extends PlacedArray {
  readonly folded: 'likely' | 'possible' | 'unlikely'
  /** Whether most of its contacts are metal in the lumen: no chain of dense bone. */
  readonly isInside: boolean
  /** Whether it scores high; a given array may score less. */
  readonly isSure: boolean
}

/** A chain's score, and by how many contacts it is better than one whose tip lies elsewhere. */
const sure = { score: 0.6, margin: 0.25 }

/**
 * A given array may score less where its contacts lie in the lumen (up to this level) and are metal, as shares of those seen: at
 * least 0.64 of both in 44 generated arrays, at most 0.25 in the lumen where there is no array.
 */
const inside = { score: 0.45, share: 0.6, metal: 0.6, level: 1.6 }

/** A contact's worth of blobs that a chain leaves unexplained takes this from it where arrays are compared. */
const unexplained = 0.5

/** By how many contacts an array must be better than every other one. */
const told = 1

/**
 * Contacts lie this many times as far apart as an array's on circles about the axis: 0.98 to 1.07 in 60 generated scans, and below
 * 0.98 or above 1.08 as those of the array of the next spacing. An array is told within `told` of it; outside `given` a given one
 * may be another.
 */
const spacing = { usual: 1.022, told: 0.04, given: 0.06 }

/**
 * So many of the contacts that are seen, as a share, are denser than nearly all bone: of chains of dense bone in 12 generated ears
 * without metal at most 0.25 were, of arrays at least 0.55. Real bone may have more, so that there must be metal besides.
 */
const leastMetal = 0.45

/** Half way from one contact to the next it is darker by this share, in the median: a wire, or contacts that merge, are no chain. */
const leastDip = 0.08

/**
 * By how many contacts a chain is better than the best one whose tip is folded back. With a folded tip one contact too few is
 * seen, so that the last one of a straight chain is something else: less clear.
 */
const folds = { likely: -0.1, possible: 0.45, clear: 0.7 }

/**
 * The contacts of an array where they are seen one by one: the chain of blobs that fits it best.
 * @param arrays the given one alone, or all there are
 * @returns undefined where none fits well, and better than every other one
 */
export function placeByChain(
  blobs: readonly Blob[],
  metal: Metal,
  duct: CochlearDuct,
  arrays: readonly ElectrodeArray[]
): ChainedArray | undefined {
  const chains = arrays.flatMap((array) => bestChain(blobs, duct, array) ?? [])
  const [first] = chains
  if (first === undefined) return undefined
  const best = chains.reduce((a, b) => (worth(b) > worth(a) ? b : a), first)
  const [metallic, within] = [metalShare(best, metal), lumenShare(best)]
  const isInside = within >= inside.share && metallic >= inside.metal
  const isGiven = arrays.length === 1
  const isSure = best.score >= sure.score && best.margin >= sure.margin
  if (!isSure && !(isGiven && isInside && best.score >= inside.score)) return undefined
  if (metallic < leastMetal || dipOf(best, metal, duct) < leastDip) return undefined
  const others = chains.filter(({ array }) => !isAlike(array, best.array))
  if (others.some((other) => other.score > best.score || worth(other) > worth(best) - told)) return undefined
  const spread = spreadOf(best)
  if (!isGiven && Math.abs(spread - spacing.usual) > spacing.told) return undefined
  const alternatives = chains.flatMap(({ array }) =>
    array !== best.array && isAlike(array, best.array) ? [array] : []
  )
  const contacts = contactsOf(best, metal, duct)
  return {
    array: best.array,
    alternatives,
    score: Math.min(1, best.score),
    contacts,
    doubts: [
      ...(Math.abs(spread - spacing.usual) > spacing.given ? [anotherArray(best.array, spread)] : []),
      ...(best.margin < sure.margin ? [shiftDoubt(best.array)] : [])
    ],
    isInside,
    isSure,
    folded: foldedness(best, overFolded(best, blobs, duct))
  }
}

/** @param over by how many contacts it is better than one whose tip is folded back */
function foldedness({ clear }: Chain, over: number): ChainedArray['folded'] {
  if (over < folds.likely) return 'likely'
  return over < folds.possible || (clear.at(-1) ?? 0) < folds.clear ? 'possible' : 'unlikely'
}

/** How far apart contacts in the cochlea lie, as a share of what their array's spacing makes of it there. */
function spreadOf({ array, contacts }: Chain): number {
  const shares = contacts.slice(1).flatMap((b, n) => {
    const a = contacts[n]
    if (!a?.lumen || !b?.lumen) return []
    return [distance(a.place, b.place) / chordOf(array.spacing, (a.radius + b.radius) / 2)]
  })
  return shares.length === 0 ? spacing.usual : shares.reduce((sum, share) => sum + share, 0) / shares.length
}

function anotherArray({ model }: ElectrodeArray, spread: number): string {
  const percent = Math.round(100 * Math.abs(spread / spacing.usual - 1))
  return `Contacts lie ${percent} % ${spread > spacing.usual ? 'farther apart' : 'nearer together'} than those of the ${model}: it may be another array.`
}

/** The share of its contacts that are metal. */
function metalShare({ contacts }: Chain, { share }: Metal): number {
  const shares = contacts.flatMap((blob) => (blob ? [share(...blob.place)] : []))
  return shares.filter((metal) => metal > 0).length / shares.length
}

/** The share of its contacts that lie in the lumen. */
function lumenShare({ contacts }: Chain): number {
  const seen = contacts.filter((blob) => blob !== undefined)
  return seen.filter(({ lumen }) => lumen !== undefined && lumen.level < inside.level).length / seen.length
}

/** By which share of two neighbouring contacts it is darker half way between them, in the median. */
function dipOf({ contacts }: Chain, { at }: Metal, duct: CochlearDuct): number {
  const bright = ([x, y, z]: Vector3): number => Math.min(scaleEnd, at(x, y, z))
  const dips = contacts.slice(1).flatMap((b, n) => {
    const a = contacts[n]
    return a && b ? [1 - (2 * bright(between(a, b, duct).position)) / (bright(a.place) + bright(b.place))] : []
  })
  return dips.length === 0 ? 0 : quantile(dips, 0.5)
}

function worth({ array, score, unexplained: left }: Chain): number {
  return score * array.contacts - unexplained * left
}

/** Places of all contacts: those that are not seen lie between their neighbours, or on along the metal at the base. */
function contactsOf({ array, contacts, clear }: Chain, metal: Metal, duct: CochlearDuct): PlacedContact[] {
  const places = contacts.map((blob, n): CoursePlace => {
    if (blob !== undefined) return { position: blob.place, angle: angleOf(blob) }
    const [a, b] = [contacts[n - 1], contacts[n + 1]]
    return a && b ? between(a, b, duct) : { position: [0, 0, 0], angle: undefined }
  })
  const last = contacts.findLastIndex((blob) => blob !== undefined)
  const [end, before] = [contacts[last] as Blob, places[last - 1] as CoursePlace]
  const lead = leadFrom(metal, end.place, subtract(end.place, before.position)).reverse()
  for (let n = last + 1; n < contacts.length; n++) {
    places[n] = { position: alongLead(end.place, before.position, lead, (n - last) * array.spacing), angle: undefined }
  }
  return places.map((place, n): PlacedContact => ({ ...place, seen: Math.min(1, clear[n] as number) }))
}

/** Before the round window a contact is outside, in whatever lumen there may be. */
function angleOf({ lumen }: Blob): number | undefined {
  return lumen !== undefined && lumen.angle >= 0 ? lumen.angle : undefined
}

interface CoursePlace {
  readonly position: Vector3
  /** Degrees; undefined outside the cochlea. */
  readonly angle: number | undefined
}

/** Half way between two contacts, along the turns where both lie in them. */
function between(a: Blob, b: Blob, duct: CochlearDuct): CoursePlace {
  if (a.lumen === undefined || b.lumen === undefined) {
    return { position: scale(add(a.place, b.place), 0.5), angle: undefined }
  }
  const angle = Math.max(0, (a.lumen.angle + b.lumen.angle) / 2)
  const heights = [a, b].map(({ place }) => cochlearPlace(duct.frame, place).height) as [number, number]
  const radius = (a.radius + b.radius) / 2
  return { position: inWorld(duct, angle, { radius, height: (heights[0] + heights[1]) / 2 }), angle }
}

/** The place so many mm from the last contact that is seen along the lead, or straight on where that ends. */
function alongLead(from: Vector3, before: Vector3, lead: readonly Vector3[], mm: number): Vector3 {
  let [here, left, direction] = [from, mm, normalize(subtract(from, before))]
  for (const next of lead) {
    const way = distance(here, next)
    if (way > 0) direction = normalize(subtract(next, here))
    if (way >= left) break
    left -= way
    here = next
  }
  return add(here, scale(direction, left))
}

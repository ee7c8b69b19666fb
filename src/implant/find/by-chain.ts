import { mean } from '../../core/math/mean.ts'
import { median } from '../../core/math/quantile.ts'
import { add, distance, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { inWorld } from '../lumen.ts'
import type { Blob } from './blobs.ts'
import { advantageOverFolded, bestChain, type Chain } from './chain.ts'
import { leadFrom } from './lead.ts'
import { chordOf } from './links.ts'
import { type Metal, scaleEnd } from './metal.ts'
import { isAlike, type PlacedArray, type PlacedContact, shiftDoubt } from './placed-array.ts'

/** An array placed by a chain of blobs. */
export interface ChainedArray extends PlacedArray {
  /** Whether most of its contacts are metal and lie in the lumen; a chain of dense bone does not. */
  readonly isInside: boolean
  /** Whether score and margin reach those of `sure`; a named array may be accepted with less. */
  readonly isSure: boolean
}

/** Minimum score of a chain, and by how many contacts it must be better than the best chain whose tip lies elsewhere. */
const sure = { score: 0.6, margin: 0.25 }

/**
 * A named array is accepted with this lower score if at least these shares of its visible contacts lie in the lumen (up to this
 * level, `levelIn`) and are metal. Both shares were at least 0.64 in 44 generated arrays; without an array at most 0.25 of the
 * chain lay in the lumen.
 */
const inside = { score: 0.45, share: 0.6, metal: 0.6, level: 1.6 }

/** What each unexplained contact subtracts from a chain's total score where arrays are compared, in contacts. */
const unexplainedPenalty = 0.5

/** By how many contacts an array must be better than every other array. */
const minAdvantage = 1

/**
 * Measured distance between neighbouring contacts over the one expected from the array's spacing on a circle about the axis: 0.98
 * to 1.07 in 60 generated scans; below 0.98 or above 1.08 if the array of the next spacing was assumed. An array that was not named
 * is accepted within `unnamed` of `usual`; beyond `named`, a named one is reported as possibly another.
 */
const spacingRatio = { usual: 1.022, unnamed: 0.04, named: 0.06 }

/**
 * Minimum share of the visible contacts that are denser than nearly all bone. It was at most 0.25 for chains of dense bone in 12
 * generated ears without metal, at least 0.55 for arrays. In real bone it may be higher, so that enough metal is required as well.
 */
const minMetalShare = 0.45

/**
 * Minimum drop in density half way between neighbouring contacts, as a share, in the median. A wire, or contacts that merge, have
 * no such drop and are no chain.
 */
const minDip = 0.08

/**
 * Whether a tip is folded back follows from a chain's advantage (in contacts) over the best chain with a folded tip: a fold is likely
 * below `likely`, possible below `possible`. A folded tip hides one contact, so that a straight chain ends, at the base, in a blob
 * that is no contact: a fold is also possible where the contrast of the last blob is below `last`.
 */
const folds = { likely: -0.1, possible: 0.45, last: 0.7 }

/**
 * Places the contacts of an array that are visible one by one: the chain of blobs that fits best.
 * @param arrays only the array that was named, or the whole catalogue
 * @returns undefined where no array fits well, or none fits clearly better than the others
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
  const best = chains.reduce((a, b) => (totalScore(b) > totalScore(a) ? b : a), first)
  const [metallic, within] = [metalShare(best, metal), lumenShare(best)]
  const isInside = within >= inside.share && metallic >= inside.metal
  const isNamed = arrays.length === 1
  const isSure = best.score >= sure.score && best.margin >= sure.margin
  if (!isSure && !(isNamed && isInside && best.score >= inside.score)) return undefined
  if (metallic < minMetalShare || dipOf(best, metal, duct) < minDip) return undefined
  const others = chains.filter(({ array }) => !isAlike(array, best.array))
  const isRival = (other: Chain): boolean =>
    other.score > best.score || totalScore(other) > totalScore(best) - minAdvantage
  if (others.some(isRival)) return undefined
  const ratio = spacingRatioOf(best)
  if (!isNamed && Math.abs(ratio - spacingRatio.usual) > spacingRatio.unnamed) return undefined
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
      ...(Math.abs(ratio - spacingRatio.usual) > spacingRatio.named ? [anotherArray(best.array, ratio)] : []),
      ...(best.margin < sure.margin ? [shiftDoubt(best.array)] : [])
    ],
    isInside,
    isSure,
    folded: foldLikelihood(best, advantageOverFolded(best, blobs, duct))
  }
}

/** @param advantage by how many contacts the chain is better than the best one whose tip is folded back */
function foldLikelihood({ contrasts }: Chain, advantage: number): PlacedArray['folded'] {
  if (advantage < folds.likely) return 'likely'
  return advantage < folds.possible || (contrasts.at(-1) ?? 0) < folds.last ? 'possible' : 'unlikely'
}

/** Mean ratio of the distance between neighbouring contacts in the cochlea to the chord of the array's spacing there. */
function spacingRatioOf({ array, contacts }: Chain): number {
  const ratios = contacts.slice(1).flatMap((b, n) => {
    const a = contacts[n]
    if (!a?.lumen || !b?.lumen) return []
    return [distance(a.place, b.place) / chordOf(array.spacing, (a.radius + b.radius) / 2)]
  })
  return ratios.length === 0 ? spacingRatio.usual : mean(ratios)
}

function anotherArray({ model }: ElectrodeArray, ratio: number): string {
  const percent = Math.round(100 * Math.abs(ratio / spacingRatio.usual - 1))
  return `Contacts lie ${percent} % ${ratio > spacingRatio.usual ? 'farther apart' : 'nearer together'} than those of the ${model}: it may be another array.`
}

/** Share of the visible contacts that are metal. */
function metalShare({ contacts }: Chain, { share }: Metal): number {
  const shares = contacts.flatMap((blob) => (blob ? [share(...blob.place)] : []))
  return shares.filter((metal) => metal > 0).length / shares.length
}

/** Share of the visible contacts that lie in the lumen. */
function lumenShare({ contacts }: Chain): number {
  const seen = contacts.filter((blob) => blob !== undefined)
  return seen.filter(({ lumen }) => lumen !== undefined && lumen.level < inside.level).length / seen.length
}

/** Drop in density half way between neighbouring contacts, as a share of their mean density; the median. */
function dipOf({ contacts }: Chain, { at }: Metal, duct: CochlearDuct): number {
  const bright = ([x, y, z]: Vector3): number => Math.min(scaleEnd, at(x, y, z))
  const dips = contacts.slice(1).flatMap((b, n) => {
    const a = contacts[n]
    return a && b ? [1 - (2 * bright(between(a, b, duct).position)) / (bright(a.place) + bright(b.place))] : []
  })
  return dips.length === 0 ? 0 : median(dips)
}

/** A chain's score as it is compared between arrays, in contacts. */
function totalScore({ array, score, unexplained }: Chain): number {
  return score * array.contacts - unexplainedPenalty * unexplained
}

/** Places of all contacts. One that is not visible is placed between its neighbours, or, at the base, farther along the metal. */
function contactsOf({ array, contacts, contrasts }: Chain, metal: Metal, duct: CochlearDuct): PlacedContact[] {
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
  return places.map((place, n): PlacedContact => ({ ...place, seen: Math.min(1, contrasts[n] as number) }))
}

/** A contact before the round window counts as outside the cochlea. */
function angleOf({ lumen }: Blob): number | undefined {
  return lumen !== undefined && lumen.angle >= 0 ? lumen.angle : undefined
}

interface CoursePlace {
  readonly position: Vector3
  /** Degrees; undefined outside the cochlea. */
  readonly angle: number | undefined
}

/** Half way between two contacts: along the turns if both lie in the lumen, else along a straight line. */
function between(a: Blob, b: Blob, duct: CochlearDuct): CoursePlace {
  if (a.lumen === undefined || b.lumen === undefined) {
    return { position: scale(add(a.place, b.place), 0.5), angle: undefined }
  }
  const angle = Math.max(0, (a.lumen.angle + b.lumen.angle) / 2)
  const heights = [a, b].map(({ place }) => cochlearPlace(duct.frame, place).height) as [number, number]
  const radius = (a.radius + b.radius) / 2
  return { position: inWorld(duct, angle, { radius, height: (heights[0] + heights[1]) / 2 }), angle }
}

/** The place `mm` beyond the last visible contact: along the lead, and on in its last direction where that ends. */
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

import { distance } from '../../core/math/vector.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { inWorld } from '../lumen.ts'
import type { Blob } from './blobs.ts'
import { bendOf, type Link, linksBetween } from './links.ts'

/** The contacts of an array as blobs, a spacing apart along the turns. */
export interface Chain {
  readonly array: ElectrodeArray
  /** The most apical first; undefined where a contact is not visible. */
  readonly contacts: readonly (Blob | undefined)[]
  /** Contrast of each contact relative to a typical one (about 1), less costs outside the lumen; 0 where it is not visible. */
  readonly contrasts: readonly number[]
  /** Mean of the relative contrasts, less the costs of missing contacts and of unlikely distances and bends; up to 1.1. */
  readonly score: number
  /** By how many contacts it is better than the best chain whose tip lies elsewhere. */
  readonly margin: number
  /** Sum of the relative contrasts of blobs in the lumen that are none of its contacts. */
  readonly unexplained: number
}

/** The strongest blobs are considered, at most this many. */
const maxBlobs = 300

/** Minimum strength of a blob, as a share of the typical contact's, and the least strength (HU) that is taken as typical. */
const minStrength = 0.2
const minTypical = 300

/** Upper limit of a relative contrast, so that one very bright blob does not outweigh several contacts. */
const maxContrast = 1.1

/** Costs, in contacts, of a contact that is not visible, lies outside the cochlea, or beyond the lumen's wall, and of a fold. */
const costs = { missing: 0.3, outside: 0.15, beyondWall: 0.25, fold: 1.2 }

/** At most this many contacts at the base may be indistinguishable from the lead. */
const maxLostAtBase = 3

/** Longest tip that may be folded back, in mm and in contacts. */
const maxFolded = { mm: 5, contacts: 6 }

/** A blob is unexplained if it lies in the lumen (up to this level), at least this far (mm) from all contacts, with this contrast. */
const unexplainedBlob = { level: 1.6, contrast: 0.5, mm: 0.45 }

/**
 * The best chain of blobs for an array, by dynamic programming (Viterbi) from the most apical contact to the most basal one. Its
 * states are links between two blobs, so that the bend from one link to the next can be given a cost.
 * @returns undefined where there is no chain
 */
export function bestChain(all: readonly Blob[], duct: CochlearDuct, array: ElectrodeArray): Chain | undefined {
  const search = searchOf(all, duct, array)
  const best = run(search, 0)
  if (best === undefined) return undefined
  const { blobs, contrasts } = search
  const contacts = best.contacts.map((at) => (at === undefined ? undefined : blobs[at]))
  return {
    array,
    contacts,
    contrasts: best.contacts.map((at) => (at === undefined ? 0 : Math.max(0, contrasts[at] as number))),
    score: best.value / array.contacts,
    margin: best.value - best.next,
    unexplained: unexplainedBy(search, contacts)
  }
}

/** By how many contacts a chain is better than the best chain of its array whose tip is folded back. */
export function advantageOverFolded({ array, score }: Chain, all: readonly Blob[], duct: CochlearDuct): number {
  const search = searchOf(all, duct, array)
  const most = Math.min(maxFolded.contacts, Math.ceil(maxFolded.mm / array.spacing), array.contacts - 3)
  const values = Array.from(
    { length: Math.max(0, most) },
    (_, n) => run(search, n + 1)?.value ?? Number.NEGATIVE_INFINITY
  )
  return score * array.contacts - (Math.max(...values) - costs.fold)
}

interface Search {
  readonly array: ElectrodeArray
  readonly blobs: readonly Blob[]
  /** Relative contrast of each blob, less costs outside the lumen. */
  readonly contrasts: readonly number[]
  readonly links: readonly Link[]
  /** Indices of the links that leave each blob, and of those that enter it. */
  readonly leaving: readonly (readonly number[])[]
  readonly entering: readonly (readonly number[])[]
}

function searchOf(all: readonly Blob[], duct: CochlearDuct, array: ElectrodeArray): Search {
  const strengths = all.flatMap(({ lumen, strength }) => (lumen ? [strength] : [])).sort((a, b) => b - a)
  const median = strengths[Math.floor(Math.min(array.contacts, strengths.length) / 2)] ?? 0
  const typical = Math.max(minTypical, median)
  const blobs = all
    .filter(({ strength }) => strength > minStrength * typical)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, maxBlobs)
  const roundWindow = inWorld(duct, 0, { radius: duct.roundWindowRadius, height: 0 })
  const links = linksBetween(
    blobs,
    blobs.map(({ place }) => distance(place, roundWindow)),
    array.spacing
  )
  const leaving: number[][] = blobs.map(() => [])
  const entering: number[][] = blobs.map(() => [])
  for (const [n, { from, to }] of links.entries()) {
    leaving[from]?.push(n)
    entering[to]?.push(n)
  }
  const contrasts = blobs.map(({ strength, lumen }) => {
    const beyond = lumen ? costs.beyondWall * Math.max(0, lumen.level - 1) ** 2 : costs.outside
    return Math.min(maxContrast, strength / typical) - beyond
  })
  return { array, blobs, contrasts, links, leaving, entering }
}

interface Run {
  readonly value: number
  /** The value of the best chain whose tip lies elsewhere. */
  readonly next: number
  /** Indices of blobs, the most apical first. */
  readonly contacts: readonly (number | undefined)[]
}

/** The best chain whose tip is folded back. @param folded how many contacts lie beyond the fold; 0 for a straight tip */
function run(search: Search, folded: number): Run | undefined {
  const { array, links, leaving, blobs, contrasts } = search
  const count = array.contacts
  const stage = (): Stage => ({
    values: new Float64Array(links.length).fill(Number.NEGATIVE_INFINITY),
    before: new Int32Array(links.length).fill(-1),
    tips: new Int32Array(links.length)
  })
  // Stage n holds, of each link, the best chain whose contact n is the link's second blob.
  const stages = Array.from({ length: count }, stage)
  const fits = (link: Link, contact: number): boolean => {
    if (contact === folded) return folded === 0 ? link.way === 'on' : link.way === 'fold'
    return link.way === (contact < folded ? 'back' : 'on') && (link.steps === 1 || contact > folded + 1 || folded === 0)
  }
  for (const [n, link] of links.entries()) {
    const into = stages[link.steps]
    if (into === undefined || blobs[link.from]?.lumen === undefined || !fits(link, link.steps)) continue
    const first = (contrasts[link.from] as number) - contrastBeyondTip(search, link)
    into.values[n] = first + (contrasts[link.to] as number) - link.cost - costs.missing * (link.steps - 1)
    into.tips[n] = link.from
  }
  for (const [contact, { values, tips }] of stages.slice(0, -1).entries()) {
    for (const [n, link] of links.entries()) {
      const value = values[n] as number
      if (value === Number.NEGATIVE_INFINITY) continue
      for (const m of leaving[link.to] as readonly number[]) {
        const next = links[m] as Link
        const into = stages[contact + next.steps]
        if (into === undefined || !fits(next, contact + next.steps)) continue
        const bend = bendOf(link, next, blobs[link.to] as Blob, array.spacing)
        const sum = value + (contrasts[next.to] as number) - next.cost - bend - costs.missing * (next.steps - 1)
        if (sum <= (into.values[m] as number)) continue
        into.values[m] = sum
        into.before[m] = n
        into.tips[m] = tips[n] as number
      }
    }
  }
  return bestOf(search, stages)
}

interface Stage {
  readonly values: Float64Array
  /** Index of the previous link; −1 at the first one. */
  readonly before: Int32Array
  /** Index of the blob that is the most apical contact. */
  readonly tips: Int32Array
}

/** Contrast of a possible contact one spacing beyond the tip, less its costs: if it is high, the array probably goes on there. */
function contrastBeyondTip({ links, entering, blobs, contrasts, array }: Search, first: Link): number {
  const { place } = blobs[first.to] as Blob
  let most = 0
  for (const n of entering[first.from] as readonly number[]) {
    const link = links[n] as Link
    const blob = blobs[link.from] as Blob
    if (link.steps > 1 || link.way !== first.way || blob.place === place) continue
    const bend = bendOf(link, first, blobs[first.from] as Blob, array.spacing)
    most = Math.max(most, (contrasts[link.from] as number) - link.cost - bend)
  }
  return most
}

function bestOf({ array, links, blobs }: Search, stages: readonly Stage[]): Run | undefined {
  const ends = stages.flatMap(({ values, tips }, contact) => {
    const lost = array.contacts - 1 - contact
    if (contact === 0 || lost > maxLostAtBase) return []
    return [...values].flatMap((value, link) =>
      value === Number.NEGATIVE_INFINITY
        ? []
        : [{ value: value - costs.missing * lost, contact, link, tip: blobs[tips[link] as number] as Blob }]
    )
  })
  const [first] = ends
  if (first === undefined) return undefined
  const best = ends.reduce((a, b) => (b.value > a.value ? b : a), first)
  const contacts = new Array<number | undefined>(array.contacts).fill(undefined)
  for (let contact = best.contact, n = best.link; n >= 0; ) {
    const link = links[n] as Link
    contacts[contact] = link.to
    n = stages[contact]?.before[n] ?? -1
    contact -= link.steps
    if (n < 0) contacts[contact] = link.from
  }
  const elsewhere = ends.filter(({ tip }) => distance(tip.place, best.tip.place) > 0.5 * array.spacing)
  const next = elsewhere.reduce((most, { value }) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  return { value: best.value, next, contacts }
}

/** Sum of the relative contrasts of unexplained blobs. */
function unexplainedBy({ blobs, contrasts }: Search, contacts: readonly (Blob | undefined)[]): number {
  const counted = new Set<unknown>()
  let sum = 0
  for (const [n, { place, lumen }] of blobs.entries()) {
    const { level, contrast, mm } = unexplainedBlob
    if (lumen === undefined || lumen.level > level || (contrasts[n] as number) < contrast || counted.has(place))
      continue
    if (contacts.some((contact) => contact !== undefined && distance(contact.place, place) < mm)) continue
    counted.add(place)
    sum += contrasts[n] as number
  }
  return sum
}

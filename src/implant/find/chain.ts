import { distance } from '../../core/math/vector.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { inWorld } from '../lumen.ts'
import type { Blob } from './blobs.ts'
import { bendOf, type Link, linksBetween } from './links.ts'

/** The contacts of an array as blobs, a spacing apart along the turns. */
export interface Chain {
  readonly array: ElectrodeArray
  /** The most apical first; absent where a contact is not seen. */
  readonly contacts: readonly (Blob | undefined)[]
  /** How clearly each is seen: about 1 as half of the brightest are, 0 where it is not. */
  readonly clear: readonly number[]
  /** Mean over the contacts of how clearly each is seen, less what is unlikely about where they lie; up to 1.1. */
  readonly score: number
  /** By how many contacts it is better than the best one whose tip lies elsewhere. */
  readonly margin: number
  /** How many contacts' worth of blobs in the lumen are none of its contacts. */
  readonly unexplained: number
}

/** So many of the strongest blobs are looked at. */
const mostBlobs = 300

/** Weaker ones than this share of contacts are none, and contacts stand out by so much (HU) at least. */
const weakest = 0.2
const leastContrast = 300

/** No blob counts more than this. */
const clearest = 1.1

/** In contacts: what a contact costs that is not seen, that lies outside the cochlea or beyond the lumen's wall, and a fold. */
const costs = { missing: 0.3, outside: 0.15, beyondWall: 0.25, fold: 1.2 }

/** So many contacts at the base may be lost in the lead. */
const lostAtBase = 3

/** mm of a tip that are folded back at most, and how many contacts. */
const mostFolded = { mm: 5, contacts: 6 }

/** A blob in the lumen (level) that is so clear, and so far (mm) from all contacts, is unexplained. */
const unexplainedBlob = { level: 1.6, clear: 0.5, mm: 0.45 }

/**
 * The best chain of blobs for an array: dynamic programming (Viterbi) from the most apical contact to the most basal one over
 * the links between blobs, so that two spacings in a row and the bend between them count.
 * @returns undefined where there is none
 */
export function bestChain(all: readonly Blob[], duct: CochlearDuct, array: ElectrodeArray): Chain | undefined {
  const search = searchOf(all, duct, array)
  const best = run(search, 0)
  if (best === undefined) return undefined
  const { blobs, clear } = search
  const contacts = best.contacts.map((at) => (at === undefined ? undefined : blobs[at]))
  return {
    array,
    contacts,
    clear: best.contacts.map((at) => (at === undefined ? 0 : Math.max(0, clear[at] as number))),
    score: best.value / array.contacts,
    margin: best.value - best.next,
    unexplained: unexplainedBy(search, contacts)
  }
}

/** By how many contacts a chain is better than the best one for its array whose tip is folded back. */
export function overFolded({ array, score }: Chain, all: readonly Blob[], duct: CochlearDuct): number {
  const search = searchOf(all, duct, array)
  const most = Math.min(mostFolded.contacts, Math.ceil(mostFolded.mm / array.spacing), array.contacts - 3)
  const values = Array.from(
    { length: Math.max(0, most) },
    (_, n) => run(search, n + 1)?.value ?? Number.NEGATIVE_INFINITY
  )
  return score * array.contacts - (Math.max(...values) - costs.fold)
}

interface Search {
  readonly array: ElectrodeArray
  readonly blobs: readonly Blob[]
  /** Of each blob, in contacts. */
  readonly clear: readonly number[]
  readonly links: readonly Link[]
  /** Links from each blob, and to each. */
  readonly leaving: readonly (readonly number[])[]
  readonly entering: readonly (readonly number[])[]
}

function searchOf(all: readonly Blob[], duct: CochlearDuct, array: ElectrodeArray): Search {
  const strengths = all.flatMap(({ lumen, strength }) => (lumen ? [strength] : [])).sort((a, b) => b - a)
  const typical = strengths[Math.floor(Math.min(array.contacts, strengths.length) / 2)] ?? 0
  const contrast = Math.max(leastContrast, typical)
  const blobs = all
    .filter(({ strength }) => strength > weakest * contrast)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, mostBlobs)
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
  const clear = blobs.map(({ strength, lumen }) => {
    const beyond = lumen ? costs.beyondWall * Math.max(0, lumen.level - 1) ** 2 : costs.outside
    return Math.min(clearest, strength / contrast) - beyond
  })
  return { array, blobs, clear, links, leaving, entering }
}

interface Run {
  readonly value: number
  /** The value of the best one whose tip lies elsewhere. */
  readonly next: number
  /** Numbers of blobs, the most apical first. */
  readonly contacts: readonly (number | undefined)[]
}

/** The best chain whose first contacts, so many, lie beyond a fold. */
function run(search: Search, folded: number): Run | undefined {
  const { array, links, leaving, blobs, clear } = search
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
    const first = (clear[link.from] as number) - beyondTip(search, link)
    into.values[n] = first + (clear[link.to] as number) - link.cost - costs.missing * (link.steps - 1)
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
        const sum = value + (clear[next.to] as number) - next.cost - bend - costs.missing * (next.steps - 1)
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
  /** Number of the link before; −1 at the first one. */
  readonly before: Int32Array
  /** Number of the blob that is the most apical contact. */
  readonly tips: Int32Array
}

/** How clear a contact there would be one spacing beyond the tip: the more, the less is it one. */
function beyondTip({ links, entering, blobs, clear, array }: Search, first: Link): number {
  const { place } = blobs[first.to] as Blob
  let most = 0
  for (const n of entering[first.from] as readonly number[]) {
    const link = links[n] as Link
    const blob = blobs[link.from] as Blob
    if (link.steps > 1 || link.way !== first.way || blob.place === place) continue
    const bend = bendOf(link, first, blobs[first.from] as Blob, array.spacing)
    most = Math.max(most, (clear[link.from] as number) - link.cost - bend)
  }
  return most
}

function bestOf({ array, links, blobs }: Search, stages: readonly Stage[]): Run | undefined {
  const ends = stages.flatMap(({ values, tips }, contact) => {
    const lost = array.contacts - 1 - contact
    if (contact === 0 || lost > lostAtBase) return []
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

function unexplainedBy({ blobs, clear }: Search, contacts: readonly (Blob | undefined)[]): number {
  const counted = new Set<unknown>()
  let sum = 0
  for (const [n, { place, lumen }] of blobs.entries()) {
    const { level, clear: least, mm } = unexplainedBlob
    if (lumen === undefined || lumen.level > level || (clear[n] as number) < least || counted.has(place)) continue
    if (contacts.some((contact) => contact !== undefined && distance(contact.place, place) < mm)) continue
    counted.add(place)
    sum += clear[n] as number
  }
  return sum
}

import { solve } from '../../core/math/least-squares.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import type { MetalProfile } from './metal-profile.ts'
import { trackStep } from './track.ts'

/**
 * Weights of the fit; 1 elsewhere. Lower outside the cochlea, where the lead may lie, which is no part of the array. Higher just
 * beyond the most apical contact (`justBeyond`, mm), where there is no metal; farther on, streaks and dense bone may look like metal.
 */
const weights = { outside: 0.4, beyond: 2.5 }
const justBeyond = { from: 0.5, to: 2 }

/** How well a template fits a metal profile. */
export interface TemplateFit {
  /** Share of the profile's variance that is left unexplained. */
  readonly misfit: number
  /** Contrast between a contact and the middle between two contacts, relative to the usual level of the profile. */
  readonly contrast: number
}

/** Where the metal of an array lies along a track, in steps. */
export interface Template {
  /** The most apical metal; no metal lies beyond it. */
  readonly end: number
  /** Contacts in the order of the array, its tip first. */
  readonly contacts: readonly number[]
}

/** A straight array. @param tip step of the most apical contact @param factor on the spacing */
export function straightTemplate({ contacts, spacing }: ElectrodeArray, tip: number, factor: number): Template {
  const pitch = (factor * spacing) / trackStep
  return { end: tip, contacts: Array.from({ length: contacts }, (_, n) => tip - n * pitch) }
}

/**
 * Weighted least-squares fit of a template: a constant and a linear term for the wires inside, a constant for the lead, and a sum
 * of Gaussians for the contacts.
 * @param mm SD of a contact's Gaussian
 */
export function fitTemplate(
  { values, from, window, every, variation }: MetalProfile,
  { end, contacts }: Template,
  mm: number
): TemplateFit {
  const width = mm / trackStep
  const base = Math.min(...contacts)
  const { coefficients, residual } = solve(values.length, 4, values, (n, row) => {
    const at = from + n * every
    const lead = step((base - at) / width)
    const inside = step((end - at) / width) - lead
    row[0] = inside
    row[1] = (inside * (end - at)) / (end - base)
    row[2] = lead
    row[3] = contactsAt(at, contacts, width)
    if (at < window) return weights.outside
    const beyondEnd = (at - end) * trackStep
    return beyondEnd > justBeyond.from && beyondEnd < justBeyond.to ? weights.beyond : 1
  })
  const height = coefficients[3] as number
  if (height <= 0) return { misfit: Number.POSITIVE_INFINITY, contrast: 0 }
  // Where contacts merge, the dip between two and so the contrast is about 0, however large the coefficient is.
  return { misfit: (residual * every) / variation, contrast: height * dipOf(contacts, width) }
}

/** By how much the sum of Gaussians is lower half way between the two middle contacts than at one of them. */
function dipOf(contacts: readonly number[], width: number): number {
  const middle = Math.floor((contacts.length - 1) / 2)
  const [a, b] = [contacts[middle] as number, contacts[middle + 1] as number]
  return contactsAt(a, contacts, width) - contactsAt((a + b) / 2, contacts, width)
}

/** Sum of the contacts' Gaussians at a step. @param width SD, in steps */
function contactsAt(at: number, contacts: readonly number[], width: number): number {
  let sum = 0
  for (const contact of contacts) {
    const deviations = (at - contact) / width
    if (deviations < 4 && deviations > -4) sum += Math.exp(-0.5 * deviations * deviations)
  }
  return sum
}

/** Logistic approximation of the Gaussian's cumulative distribution. */
function step(x: number): number {
  if (x > 5) return 1
  if (x < -5) return 0
  return 1 / (1 + Math.exp(-1.7 * x))
}

import type { FlagResult } from '../../src/report/result.ts'
import type { EarId } from '../ear-id.ts'
import type { EarState } from '../ear-state.ts'
import type { Look } from '../look.ts'
import type { Link } from './link.ts'

/** What the shown scan is compared with, beside it. */
export interface Comparison {
  /** Another scan, reference labels, or the ears as they were found. */
  readonly against: 'scan' | 'labels' | 'found'
  /** What a person calls it. */
  readonly name: string
  /** By the ears they are compared with; an ear that it does not show is left out. */
  readonly ears: Readonly<Partial<Record<EarId, ComparedEar>>>
  /** What was looked at before, to go back to. */
  readonly before?: Pick<Look, 'ear' | 'full'>
}

/** An ear beside the one it is compared with. */
export interface ComparedEar {
  /** Under the id and in the world of the ear it is compared with, so that places, rulers and crosshair are those of both. */
  readonly ear: EarState
  readonly link: Link
  /** By the quantity's id; null where labels do not distinguish the parts, so that nothing was measured. */
  readonly values: Values | null
  /** How its labels can be compared: by parts, as a whole, or not at all since they lie on another grid. */
  readonly labels: 'parts' | 'labyrinth' | 'other grid'
  /** What a reader should know of how it was read and found before using its numbers. */
  readonly flags: readonly Flag[]
}

export type Flag = Pick<FlagResult, 'severity' | 'text'>

/** Values by the quantity's id. */
export type Values = Readonly<Record<string, Value>>

export interface Value {
  /** null where it cannot be computed. */
  readonly value: number | null
  /** Standard deviation, where it is known. */
  readonly sd?: number | undefined
}

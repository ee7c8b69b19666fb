/** How far a measurement is to be trusted. */
export interface Uncertainty {
  /** Standard deviation, in the measurement's unit. */
  readonly sd: number
  /** The interval in which the truth lies with probability `level`. */
  readonly low: number
  readonly high: number
  readonly level: 0.9
}

/** Half the width of a normal distribution's 90 % interval, in standard deviations. */
export const halfWidth90 = 1.645

/** What is known of the quantity in a population. */
export interface Reference {
  readonly mean: number
  readonly sd: number
  readonly low?: number
  readonly high?: number
  /** Number of ears. */
  readonly n?: number
  readonly source: string
}

export type Unit = 'mm' | 'mm³' | '°' | 'turns'

/** What a measurement means; the same in every ear. */
export interface Quantity {
  readonly id: string
  readonly name: string
  readonly unit: Unit
  readonly definition: string
  readonly formula?: string
  readonly source: string
  /** What it is computed from: parts, landmarks or other quantities. */
  readonly inputs: readonly string[]
  readonly reference?: Reference
}

/** A quantity of one ear; `value` is null, with the reason, where it cannot be measured. */
export interface Measurement extends Quantity {
  readonly value: number | null
  readonly reason?: string
  readonly uncertainty?: Uncertainty
}

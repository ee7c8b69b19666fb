import data from './reference.json' with { type: 'json' }

/** What is known of a quantity in real ears. */
export interface Reference {
  readonly name: string
  readonly unit: 'mm' | 'mm³' | '°'
  readonly source: Source
  readonly mean: number
  readonly sd: number
  /** Least, every tenth, and greatest, where single ears are known. */
  readonly deciles?: readonly number[]
}

export type Source = keyof typeof data.sources
export type QuantityId = keyof typeof data.quantities

const { clicked, labyrinths, skeletons, published } = data.sources

/** Where real values come from, in words. */
export const sources: Readonly<Record<Source, string>> = {
  clicked: clicked.dataset,
  labyrinths: labyrinths.dataset,
  skeletons: skeletons.dataset,
  published: published.dataset
}

/** Real ears' means and standard deviations over ears. Angles between planes are acute. */
export const reference = data.quantities as Readonly<Record<QuantityId, Reference>>

/** Correlations over the ears of one source. */
export const correlations = data.correlations as unknown as readonly (readonly [QuantityId, QuantityId, number])[]

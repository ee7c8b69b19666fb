import type { Quantity, Reference } from './measurement.ts'
import data from './reference.json' with { type: 'json' }

type SourceId = keyof typeof data.sources

interface StoredReference {
  readonly mean: number
  readonly sd: number
  readonly low?: number
  readonly high?: number
  readonly source: string
}

const quantities: Readonly<Record<string, StoredReference>> = data.quantities

/** What is known of a quantity, by its id, in real ears of which it was measured in the same way; mostly nothing. */
function referenceOf(id: string): Reference | undefined {
  const stored = quantities[id]
  if (stored === undefined) return undefined
  const { dataset, n } = data.sources[stored.source as SourceId]
  return { ...stored, n, source: dataset }
}

/** A quantity with what is known of it in real ears. */
export function withReference(quantity: Quantity): Quantity {
  const reference = referenceOf(quantity.id)
  return reference === undefined ? quantity : { ...quantity, reference }
}

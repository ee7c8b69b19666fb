import type { Model } from '../analyze/model.ts'
import { ModelError } from '../core/errors.ts'

/** @param kind of the ears: generated or labelled */
export function tooFew({ segmenter }: Model, wanted: number, found: number, cases: number, kind: string): ModelError {
  const more = kind === 'generated' ? 'give more --cases' : 'give more labelled scans'
  return new ModelError(
    segmenter.source,
    `calibrating needs ${wanted} ears, but only ${found} of ${cases} ${kind} ones were found; ${more}, or train the model further`
  )
}

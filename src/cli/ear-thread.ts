import type { EarView } from '../analyze/segment/ear-view.ts'
import type { RefineView, RepeatedView } from '../analyze/segment/repeated-view.ts'
import type { Measurement } from '../measure/measurement.ts'
import { type MeasureRepeat, measureRepeat } from '../measure/uncertainty.ts'
import { openThread, type Thread } from '../node/thread.ts'

/** A view of an ear and what was measured of it. */
export interface MeasuredView {
  readonly view: EarView
  readonly measurements: readonly Measurement[]
}

/** A thread that refines and measures views of ears, while the analysis goes on in the main one. */
export interface EarThread {
  readonly refine: RefineView
  /** The measurements of a view that the thread has refined; another is measured here. */
  readonly measure: MeasureRepeat
  close(): Promise<unknown>
}

/**
 * Memory (MB) for what the thread has just made: less than Node's 48, most of which would stay filled with what is no longer
 * used, beside all that the main thread holds.
 */
const maxYoungGenerationSizeMb = 4

/** Starts no thread before there is a view to refine. */
export function openEarThread(module: URL = new URL('./ear-worker', import.meta.url)): EarThread {
  let thread: Thread<RepeatedView, MeasuredView | undefined> | undefined
  const measured = new WeakMap<object, readonly Measurement[]>()
  return {
    async refine(repeated) {
      thread ??= openThread(module, undefined, { maxYoungGenerationSizeMb })
      const answer = await thread.request(repeated)
      if (answer !== undefined) measured.set(answer.view, answer.measurements)
      return answer?.view
    },
    measure: (repeat) => measured.get(repeat) ?? measureRepeat(repeat),
    close: async () => thread?.close()
  }
}

import type { EarView } from '../analyze/segment/ear-view.ts'
import type { RepeatedView, ViewThread } from '../analyze/segment/repeated-view.ts'
import { measureEar } from '../measure/measure-ear.ts'
import type { KnownMeasurements } from '../measure/measure-findings.ts'
import type { Measurement } from '../measure/measurement.ts'
import { openThread } from '../node/thread.ts'
import { earFigures } from '../report/html/ear-figures.ts'

/** A view of an ear and what was measured of it. */
export interface MeasuredView {
  readonly view: EarView
  readonly measurements: readonly Measurement[]
}

/** A thread that refines and measures views of ears, while the main one outlines, measures and draws the ears themselves. */
export interface EarThread extends ViewThread {
  /** The measurements of views that the thread has refined, and of ears that were measured here meanwhile. */
  readonly known: KnownMeasurements
  close(): Promise<unknown>
}

/**
 * Memory (MB) for what the thread has just made: less than Node's 48, most of which would stay filled with what is no longer
 * used, beside all that the main thread holds.
 */
const maxYoungGenerationSizeMb = 4

/** Starts the thread at once: it loads its modules while the main one reads the scan, which leaves a core idle. */
export function openEarThread(module: URL = new URL('./ear-worker', import.meta.url)): EarThread {
  const thread = openThread<RepeatedView, MeasuredView | undefined>(module, undefined, { maxYoungGenerationSizeMb })
  const measured = new WeakMap<object, readonly Measurement[]>()
  return {
    async refine(repeated) {
      const answer = await thread.request(repeated)
      if (answer !== undefined) measured.set(answer.view.occupancy, answer.measurements)
      return answer?.view
    },
    meanwhile(ears, scan) {
      for (const ear of ears) {
        measured.set(ear.occupancy, measureEar(ear))
        // Kept for the report.
        earFigures(scan, ear)
      }
    },
    known: ({ occupancy }) => measured.get(occupancy),
    close: thread.close
  }
}

import { correctEar } from '../../src/analyze/correct.ts'
import type { EarFinding } from '../../src/analyze/findings.ts'
import type { EarEdit, Measurer, QuickMeasurements } from './analyst.ts'
import { correctionOf } from './corrected.ts'
import type { EarView } from './ear-view.ts'
import { quickValues } from './quick-values.ts'

/** An ear as it was found, seen once, and how the page sees it. */
export interface LentEar {
  readonly ear: EarFinding
  readonly view: EarView
}

/** The worker that only measures, so that values follow a hand while another worker is busy. */
export class MeasureDesk implements Measurer {
  #ears: readonly LentEar[] = []

  hold(port: MessagePort): Promise<void> {
    return new Promise((resolve) => {
      port.onmessage = ({ data }: MessageEvent<readonly LentEar[]>) => {
        this.#ears = data
        port.close()
        resolve()
      }
    })
  }

  async measure(edits: readonly EarEdit[]): Promise<readonly QuickMeasurements[]> {
    return this.#ears.map(({ ear, view }, n) => {
      const edit = edits[n]
      const now = edit === undefined ? ear : correctEar(ear, correctionOf(ear, edit, view))
      return quickValues(now)
    })
  }
}

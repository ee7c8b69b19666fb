import { correctEar } from '../../src/analyze/correct.ts'
import type { EarFinding } from '../../src/analyze/findings.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { PlanRequest } from '../../src/report/plan/plan-file.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { EditName, LabelChange } from '../corrections.ts'
import { editPart } from '../edit/edit-part.ts'
import type { EditedEar, EditedPart } from '../edit/edited-ear.ts'
import { withoutLoosePiece } from '../edit/loose-piece.ts'
import type { EarEdit, MeasurementWorker, QuickMeasurements } from './analysis-worker.ts'
import { answerPlan, type PlanAnswer } from './answer-plan.ts'
import { correctionOf } from './corrected.ts'
import type { EarView } from './ear-view.ts'
import { quickValues } from './quick-values.ts'
import { received } from './received.ts'

/** An ear as it was found, seen once, and how the page sees it. */
export interface SentEar {
  readonly ear: EarFinding
  readonly view: EarView
}

/** What the measurement worker does: what is quick, so that values and edits follow a hand while another worker is busy. */
export class MeasurementService implements MeasurementWorker {
  #ears: readonly SentEar[] = []

  async receiveEars(port: MessagePort): Promise<void> {
    this.#ears = await received<readonly SentEar[]>(port)
  }

  async measure(edits: readonly EarEdit[]): Promise<readonly QuickMeasurements[]> {
    return this.#ears.map(({ ear, view }, n) => {
      const edit = edits[n]
      const now = edit === undefined ? ear : correctEar(ear, correctionOf(ear, edit, view))
      return quickValues(now)
    })
  }

  async plan(result: AnalysisResult, request: PlanRequest): Promise<PlanAnswer> {
    return answerPlan(result, request)
  }

  async edit(ear: EditedEar, how: EditName, part: EditedPart): Promise<LabelChange | undefined> {
    return editPart(ear, how, part)
  }

  async removePiece(ear: Pick<EditedEar, 'id' | 'grid' | 'labels'>, place: Vector3): Promise<LabelChange | undefined> {
    return withoutLoosePiece(ear, place)
  }
}

import { planDrawing } from '../../src/report/plan/plan-drawing.ts'
import { createPlan, type PlanFile, type PlanRequest } from '../../src/report/plan/plan-file.ts'
import { type PlanFileName, planFiles } from '../../src/report/plan/plan-files.ts'
import type { AnalysisResult } from '../../src/report/result.ts'

/** Arrays laid into the cochleae of a result. */
export interface PlanAnswer {
  readonly plan: PlanFile
  /** As the command line writes them. */
  readonly files: Readonly<Record<PlanFileName, string>>
  /** SVG of each of the plan's ears, as the page shows them. */
  readonly drawings: readonly string[]
}

/** @throws as {@link createPlan} */
export function answerPlan(result: AnalysisResult, request: PlanRequest): PlanAnswer {
  const plan = createPlan(result, result.input.source, request)
  return {
    plan,
    files: planFiles(plan, result),
    drawings: plan.ears.map((ear) => planDrawing({ ...plan, ears: [ear] }, result, 'page'))
  }
}

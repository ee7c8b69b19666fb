import type { AnalysisResult } from '../result.ts'
import { planCsv } from './plan-csv.ts'
import { planDrawing } from './plan-drawing.ts'
import type { PlanFile } from './plan-file.ts'

/** The files of a plan. */
export const planFileNames = ['plan.csv', 'plan.svg', 'plan.json'] as const
export type PlanFileName = (typeof planFileNames)[number]

/** The files of a plan, as the command line writes them and the page saves them. @param result what was planned on */
export function planFiles(plan: PlanFile, result: AnalysisResult): Record<PlanFileName, string> {
  return {
    'plan.csv': planCsv(plan),
    'plan.svg': planDrawing(plan, result, 'file'),
    'plan.json': `${JSON.stringify(plan, null, 2)}\n`
  }
}

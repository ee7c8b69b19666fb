import type { AnalysisResult } from '../result.ts'

/** A scan of a cohort that was analysed. */
export interface DoneCase {
  readonly status: 'done'
  readonly id: string
  readonly path: string
  readonly result: AnalysisResult
  /** Where its report lies, relative to the cohort's folder. */
  readonly report: string
}

/** A scan of a cohort that could not be analysed. */
export interface FailedCase {
  readonly status: 'failed'
  readonly id: string
  readonly path: string
  /** What `otomark analyze` ends with for this scan. */
  readonly exitCode: number
  readonly message: string
}

export type CohortCase = DoneCase | FailedCase

/** What is known of a cohort. */
export interface Cohort {
  readonly cases: readonly CohortCase[]
  /** Number of scans that were not come to yet. */
  readonly waiting: number
}

export function doneCases({ cases }: Cohort): DoneCase[] {
  return cases.filter((one) => one.status === 'done')
}

export function failedCases({ cases }: Cohort): FailedCase[] {
  return cases.filter((one) => one.status === 'failed')
}

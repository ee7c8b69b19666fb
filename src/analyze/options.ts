import type { ProgressListener } from '../core/progress.ts'

export interface AnalyzeOptions {
  readonly progress?: ProgressListener
  /** Ends the analysis early: `analyze` then throws the signal's reason. */
  readonly signal?: AbortSignal
}

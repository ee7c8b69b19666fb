import type { ProgressListener } from '../core/progress.ts'

export interface AnalyzeOptions {
  readonly progress?: ProgressListener
  /** Ends the analysis early: `analyze` then throws the signal's reason. */
  readonly signal?: AbortSignal
  /** Whether each ear is predicted from further frames, for finer landmarks and the uncertainty of measurements. Default: true. */
  readonly augmentTestTime?: boolean
  /** Outlines, too, from the mean prediction of several views, turned and mirrored: test-time augmentation. Default: false. */
  readonly augment?: boolean
}

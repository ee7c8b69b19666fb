import type { ProgressListener } from '../core/progress.ts'

export interface AnalyzeOptions {
  readonly progress?: ProgressListener
  /** Ends the analysis early: `analyze` then throws the signal's reason. */
  readonly signal?: AbortSignal
  /**
   * Test-time augmentation: whether each ear is predicted from further frames, turned and mirrored, for finer landmarks and the
   * intervals of measurements, of which there are none without it. Default: true.
   */
  readonly augmentTestTime?: boolean
  /** Whether outlines, too, are taken from the mean of these predictions, as with `--tta`. Default: false. */
  readonly augmentOutlines?: boolean
  /** @deprecated Former name of `augmentOutlines`. */
  readonly augment?: boolean
}

import type { Geometry } from '../../core/geometry/geometry.ts'
import type { Landmark } from '../../core/landmark.ts'
import type { Tensor } from '../../runtime/session.ts'
import type { Sample, SampleParameters } from './sample.ts'

/** A sample made ready for a step, and what would make it again. */
export interface PreparedSample {
  readonly sample: Sample
  /** Index of its case in the case source. */
  readonly case: number
  readonly caseName: string
  readonly parameters: SampleParameters
}

/** A held-out case as the network sees it, unaugmented, and the truth on the same grid. */
export interface ValidationSample {
  /** [1, 1, D, H, W], in [-1, 1]. */
  readonly image: Tensor
  readonly geometry: Geometry
  /** Label numbers on the grid; undefined where the case is not outlined. */
  readonly labels: Uint8Array | undefined
  readonly landmarks: readonly Landmark[]
}

/** The samples of a step, of which there are as many as gradients accumulate over. */
export async function samplesOfStep(
  samples: SampleStream,
  step: number,
  accumulation: number
): Promise<PreparedSample[]> {
  const result: PreparedSample[] = []
  for (let index = 0; index < accumulation; index++) result.push(await samples.training(step * accumulation + index))
  return result
}

/** Where the loop takes its samples from; both calls are pure functions of the configuration and their argument. */
export interface SampleStream {
  training(step: number): Promise<PreparedSample>
  validation(index: number): Promise<ValidationSample>
  /** How many there are of these. */
  readonly validationCount: number
  close(): Promise<void>
}

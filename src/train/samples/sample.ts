import { landmarkKinds, parts } from '../../core/anatomy.ts'
import type { Geometry } from '../../core/geometry/geometry.ts'
import { fillBeyond } from '../../core/geometry/half-space.ts'
import { resample } from '../../core/geometry/resample.ts'
import type { Landmark } from '../../core/landmark.ts'
import type { Random } from '../../core/math/random.ts'
import type { Tensor } from '../../runtime/session.ts'
import type { TrainingCase } from '../cases/case-source.ts'
import type { TrainingConfiguration } from '../configuration.ts'
import { type Crop, resampleCropped, sampleCrop } from './crop.ts'
import { applyIntensity, type IntensityChanges, sampleIntensity } from './intensity.ts'
import { samplePlacement } from './placement.ts'
import { heatmaps, oneHot } from './targets.ts'

/** What was drawn for one sample. With its case it gives the same sample again. */
export interface SampleParameters {
  /** The grid laid into the case. */
  readonly geometry: Geometry
  readonly intensity: IntensityChanges
  /** How the scan is cut first, if it is. */
  readonly crop?: Crop
}

/** What one training step learns from. */
export interface Sample {
  /** [1, 1, D, H, W], in [-1, 1]. */
  readonly image: Tensor
  /** [1, classes, D, H, W], one-hot; all background where the case is not outlined. */
  readonly labels: Tensor
  /** A scalar: 1 where the labels are known, else 0. */
  readonly labelMask: Tensor
  /** [1, landmarks, D, H, W], unit peaks. */
  readonly heatmaps: Tensor
  /** [1, landmarks, 1, 1, 1]: 1 where the truth is known, also where it is known to be absent. */
  readonly landmarkMask: Tensor
}

export function sampleAugmentation(
  configuration: TrainingConfiguration,
  trainingCase: TrainingCase,
  random: Random
): SampleParameters {
  const { grid, augmentation } = configuration
  const geometry = samplePlacement(augmentation.placement, grid, trainingCase, random)
  const intensity = sampleIntensity(augmentation.intensity, random)
  const crop = augmentation.crop === undefined ? null : sampleCrop(augmentation.crop, random)
  return { geometry, intensity, ...(crop !== null && { crop }) }
}

export function applySample(
  { geometry, intensity, crop }: SampleParameters,
  { window, sigma }: TrainingConfiguration,
  trainingCase: TrainingCase
): Sample {
  const [width, height, depth] = geometry.size
  const tensor = (channels: number, data: Float32Array): Tensor => ({ dims: [1, channels, depth, height, width], data })
  const { scan, hidden } = trainingCase
  const labels = trainingCase.labels?.(geometry)
  const patch =
    crop === undefined
      ? resample(scan, geometry, intensity.outside)
      : resampleCropped(scan, geometry, labels, crop, intensity.outside)
  if (hidden !== undefined) fillBeyond(patch, hidden, intensity.outside)
  return {
    image: tensor(1, applyIntensity(patch, intensity, window)),
    labels: tensor(parts.length + 1, oneHot(labels ?? new Uint8Array(width * height * depth))),
    labelMask: { dims: [], data: Float32Array.of(trainingCase.labels === null ? 0 : 1) },
    heatmaps: tensor(landmarkKinds.length, heatmaps(geometry, trainingCase.landmarks, sigma)),
    landmarkMask: { dims: [1, landmarkKinds.length, 1, 1, 1], data: knownLandmarks(trainingCase.landmarks) }
  }
}

/** 1 for each landmark the case says anything about. */
function knownLandmarks(landmarks: readonly Landmark[]): Float32Array {
  return Float32Array.from(landmarkKinds, ({ id }) => (landmarks.some((landmark) => landmark.id === id) ? 1 : 0))
}

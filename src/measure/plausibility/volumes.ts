import { partLabel } from '../../core/anatomy.ts'
import { voxelVolume } from '../../core/geometry/geometry.ts'
import type { Flag, JudgedEar } from './flag.ts'
import { labyrinthVolume, type Spread } from './reference.ts'

/** Standard deviations beyond which an ear is flagged; a normal distribution has 1 in 1000 there. */
const farthest = 3.3

/** Scores are kept finite, so that they can be written as JSON. */
const maxScore = 99

/**
 * z-scores of the labyrinth's volume and, where the model was calibrated, of the parts' ratios, by name, at most 99.
 */
export function volumeScores({
  labels,
  calibration
}: Pick<JudgedEar, 'labels' | 'calibration'>): Readonly<Record<string, number>> {
  const counts = [0, 0, 0, 0]
  for (const label of labels.data) counts[label] = (counts[label] as number) + 1
  const volume = (label: number): number => (counts[label] as number) * voxelVolume(labels.geometry)
  const cochlea = volume(partLabel.cochlea)
  const vestibule = volume(partLabel.vestibule)
  const canals = volume(partLabel.semicircular_canals)
  const size = { labyrinth_volume: score(cochlea + vestibule + canals, labyrinthVolume) }
  if (calibration === undefined) return size
  const { cochleaToVestibule, canalsToVestibule, canalsToCochlea } = calibration.volumeRatios
  return {
    ...size,
    cochlea_to_vestibule: score(Math.log(cochlea / vestibule), cochleaToVestibule),
    canals_to_vestibule: score(Math.log(canals / vestibule), canalsToVestibule),
    canals_to_cochlea: score(Math.log(canals / cochlea), canalsToCochlea)
  }
}

/** Flags an ear whose volume, or whose parts' proportions, are no ordinary ear's. */
export function judgeVolumes(ear: JudgedEar): Flag[] {
  const outlying = Object.entries(volumeScores(ear)).filter(([, z]) => Math.abs(z) > farthest)
  if (outlying.length === 0) return []
  return [
    {
      id: 'possible_malformation',
      severity: 'warning',
      side: ear.side,
      text: `The ${ear.side} ear has an unusual size or proportions of its parts: malformed, or badly outlined.`,
      evidence: Object.fromEntries(outlying)
    }
  ]
}

function score(value: number, { mean, sd }: Spread): number {
  const z = (value - mean) / sd
  // A part that is missing altogether.
  return Number.isNaN(z) ? 0 : Math.max(-maxScore, Math.min(maxScore, z))
}

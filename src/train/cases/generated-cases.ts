import { generateCase } from '../../generate/case.ts'
import type { TrainingConfiguration } from '../configuration.ts'
import { absentLandmarks, type CaseSource, type TrainingCase } from './case-source.ts'

/** Index of the first held-out case, far above any that training reaches. */
const firstHeldOut = 1_000_000_000

/**
 * Cases drawn by the generator. Where there is no ear its landmarks are known to be absent.
 * @param heldOut how many cases are wanted to validate with; there are always more
 */
export function generatedCases({ seed, options }: TrainingConfiguration['cases'], heldOut: number): CaseSource {
  const draw = (index: number): TrainingCase => {
    const { scan, labels, landmarks, frame } = generateCase(seed, index, options)
    const name = `generated case ${index} of seed ${seed}`
    return { name, scan, labels, frame, landmarks: frame === null ? absentLandmarks : landmarks }
  }
  return {
    name: `generated cases, seed ${seed}`,
    draw,
    heldOut: { count: heldOut, draw: (index) => draw(firstHeldOut + index) }
  }
}

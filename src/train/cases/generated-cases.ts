import { generateCase } from '../../generate/case.ts'
import type { TrainingConfiguration } from '../configuration.ts'
import { absentLandmarks, type CaseSource, type TrainingCase } from './case-source.ts'

/** Index of the first held-out case, far above any that training reaches. */
const firstHeldOut = 1_000_000_000

/**
 * Cases made by the generator. Landmarks that no ear in it has are known to be absent.
 * @param heldOut how many cases are wanted to validate with; there are always more
 */
export function generatedCases({ seed, options }: TrainingConfiguration['cases'], heldOut: number): CaseSource {
  const draw = (index: number): TrainingCase => {
    const { scan, labels, ears } = generateCase(seed, index, options)
    const name = `generated case ${index} of seed ${seed}`
    const given = ears.flatMap((ear) => ear.landmarks)
    const landmarks = [...given, ...absentLandmarks.filter(({ id }) => !given.some((mark) => mark.id === id))]
    return { name, scan, labels, frames: ears.map(({ frame }) => frame), landmarks }
  }
  return {
    name: `generated cases, seed ${seed}`,
    draw,
    heldOut: { count: heldOut, draw: (index) => draw(firstHeldOut + index) }
  }
}

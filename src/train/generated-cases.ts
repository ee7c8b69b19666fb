import { landmarkKinds } from '../core/anatomy.ts'
import { generateCase } from '../generate/case.ts'
import type { CaseSource, TrainingCase } from './case-source.ts'
import type { TrainingConfiguration } from './configuration.ts'

/** Cases drawn by the generator. Where there is no ear its landmarks are known to be absent. */
export function generatedCases({ seed, options }: TrainingConfiguration['cases']): CaseSource {
  return {
    name: `generated cases, seed ${seed}`,
    draw(index): TrainingCase {
      const { scan, labels, landmarks, frame } = generateCase(seed, index, options)
      const absent = landmarkKinds.map(({ id }) => ({ id, status: 'undefined', confidence: 1 }) as const)
      return { scan, labels, frame, landmarks: frame === null ? absent : landmarks }
    }
  }
}

/** What a worker thread calls. */
export function openCases(configuration: TrainingConfiguration): CaseSource {
  return generatedCases(configuration.cases)
}

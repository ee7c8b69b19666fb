import { fillBeyond } from '../../core/geometry/half-space.ts'
import { resample } from '../../core/geometry/resample.ts'
import { createRandom } from '../../core/math/random.ts'
import type { CaseSource, TrainingCase } from '../cases/case-source.ts'
import type { TrainingConfiguration } from '../configuration.ts'
import { applyIntensity, unchanged } from './intensity.ts'
import { asTrueSide, samplePlacement } from './placement.ts'
import { caseOfStep, slotOf } from './pool.ts'
import { applySample, sampleAugmentation } from './sample.ts'
import type { PreparedSample, SampleStream, ValidationSample } from './stream.ts'

/** Streams of random numbers of the run's seed. */
const randomPath = { sample: 1, validation: 2 } as const

/** Samples prepared where they are asked for, in the caller's thread. */
export function prepareSamples(configuration: TrainingConfiguration, cases: CaseSource): SampleStream {
  const { seed, pool } = configuration
  const slots = new Map<number, { index: number; case: TrainingCase }>()

  /** A case, kept until another takes its slot of the pool. */
  async function pooledCase(index: number): Promise<TrainingCase> {
    const slot = slotOf(pool, index)
    const held = slots.get(slot)
    if (held?.index === index) return held.case
    const drawn = await cases.draw(index)
    slots.set(slot, { index, case: drawn })
    return drawn
  }

  return {
    async training(step): Promise<PreparedSample> {
      const index = caseOfStep(pool, step)
      const trainingCase = await pooledCase(index)
      const parameters = sampleAugmentation(configuration, trainingCase, createRandom(seed, randomPath.sample, step))
      const sample = applySample(parameters, configuration, trainingCase)
      return { sample, case: index, caseName: trainingCase.name, parameters }
    },

    async validation(index): Promise<ValidationSample> {
      const { grid, augmentation, window } = configuration
      const held = await cases.heldOut.draw(index)
      const random = createRandom(seed, randomPath.validation, index)
      const geometry = samplePlacement(asTrueSide(augmentation.placement), grid, held, random)
      const [width, height, depth] = grid.size
      const patch = resample(held.scan, geometry, unchanged.outside)
      if (held.hidden !== undefined) fillBeyond(patch, held.hidden, unchanged.outside)
      return {
        image: { dims: [1, 1, depth, height, width], data: applyIntensity(patch, unchanged, window) },
        geometry,
        labels: held.labels?.(geometry),
        landmarks: held.landmarks
      }
    },

    validationCount: cases.heldOut.count,

    async close() {
      slots.clear()
    }
  }
}

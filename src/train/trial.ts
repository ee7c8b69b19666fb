import { mean } from '../core/math/mean.ts'
import { createRandom } from '../core/math/random.ts'
import type { Runtime } from '../runtime/session.ts'
import type { CaseSource, TrainingCase } from './cases/case-source.ts'
import type { TrainingConfiguration } from './configuration.ts'
import { encodeTrainedModel } from './model.ts'
import { applySample, type Sample, sampleAugmentation } from './samples/sample.ts'
import { learningRateAt } from './schedule.ts'
import { createTrainer } from './trainer.ts'

/** What the parts of a run took when each was tried alone. */
export interface Trial {
  /** Seconds of the engine for one step. */
  readonly secondsPerStep: number
  /** Seconds of the engine to predict a held-out case. */
  readonly secondsPerValidation: number
  /** Seconds of one thread to draw or read a case. */
  readonly secondsPerCase: number
  /** Seconds of one thread to take a sample from a case. */
  readonly secondsPerSample: number
  /** Bytes of the scan of a case. */
  readonly bytesPerCase: number
  /** Most memory the process had, bytes. */
  readonly memory: number
}

/** Repetitions that count, after one that does not: it compiles code and allocates memory. */
const repetitions = { cases: 4, steps: 3, validations: 1 }

/**
 * Draws a few cases and takes a few steps, without writing anything.
 * @param onProgress gets what is done of `total` attempts
 */
export async function tryTraining(
  configuration: TrainingConfiguration,
  cases: CaseSource,
  runtime: Runtime,
  onProgress: (done: number, total: number) => void = () => {}
): Promise<Trial> {
  const total = repetitions.cases + repetitions.steps + repetitions.validations + 3
  let done = 0
  const advance = (): void => onProgress(++done, total)

  const random = createRandom(configuration.seed)
  const drawn: TrainingCase[] = []
  const samples: Sample[] = []
  const [drawing, sampling]: [number[], number[]] = [[], []]
  for (let index = 0; index <= repetitions.cases; index++) {
    drawing.push(await secondsOf(async () => drawn.push(await cases.draw(index))))
    const last = drawn.at(-1) as TrainingCase
    const take = async (): Promise<unknown> =>
      samples.push(applySample(sampleAugmentation(configuration, last, random), configuration, last))
    sampling.push(await secondsOf(take))
    advance()
  }

  const trainer = await createTrainer(configuration, runtime)
  const [stepping, validating]: [number[], number[]] = [[], []]
  try {
    for (let step = 0; step <= repetitions.steps; step++) {
      const given = Array.from(
        { length: configuration.accumulation },
        (_, index) => samples[(step + index) % samples.length] as Sample
      )
      stepping.push(await secondsOf(() => trainer.step(given, learningRateAt(configuration, step))))
      advance()
    }
    // While the trainer still holds its memory, as in a run.
    const nothing = { steps: 0, cases: cases.name, metrics: undefined, start: undefined }
    const session = await runtime.open(encodeTrainedModel(configuration, trainer.weights(), nothing))
    try {
      for (let n = 0; n <= repetitions.validations; n++) {
        validating.push(await secondsOf(() => session.run({ image: (samples[n] as Sample).image })))
        advance()
      }
    } finally {
      await session.release()
    }
  } finally {
    await trainer.release()
  }
  return {
    secondsPerStep: meanAfterFirst(stepping),
    secondsPerValidation: meanAfterFirst(validating),
    secondsPerCase: meanAfterFirst(drawing),
    secondsPerSample: meanAfterFirst(sampling),
    bytesPerCase: meanAfterFirst(drawn.map(({ scan }) => scan.data.byteLength)),
    memory: 1024 * process.resourceUsage().maxRSS
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

function meanAfterFirst([, ...counted]: readonly number[]): number {
  return mean(counted)
}

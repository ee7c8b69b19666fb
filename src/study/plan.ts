import type { ProgressListener } from '../core/progress.ts'
import { elementCount } from '../onnx/shape.ts'
import type { Runtime } from '../runtime/session.ts'
import { generatedCases } from '../train/cases/generated-cases.ts'
import type { TrainingConfiguration } from '../train/configuration.ts'
import { workOf } from '../train/plan.ts'
import { buildTrainingStep } from '../train/step.ts'
import { tryTraining } from '../train/trial.ts'
import type { Variation } from './expand.ts'
import type { OpenStudy } from './open-study.ts'

/** What a run of a variation is likely to take. */
export interface PlannedWork {
  readonly variation: Variation
  /** Of this variation, over all its seeds and splits. */
  readonly runs: number
  readonly parameters: number
  /** Of a step. */
  readonly gigaOperations: number
  /** Of the process, bytes. */
  readonly memory: number
  /** Of a run's training. */
  readonly seconds: number
}

/** Bytes of the program without a graph, as `otomark train --dry-run` of the smallest network shows. */
const ownMemory = 200 * 2 ** 20

/**
 * Estimates every variation from a trial of the base: the engine's time grows with the operations of a step, its memory
 * with the values of the graph; cases and samples take the time they take of the base.
 */
export async function planStudy(
  study: OpenStudy,
  runtime: Runtime,
  progress: ProgressListener
): Promise<PlannedWork[]> {
  const { threads } = study.specification
  const [base] = study.variations as [Variation]
  const limited = { ...runtime, open: (model: Uint8Array, more = {}) => runtime.open(model, { threads, ...more }) }
  // Of the recipe's generated cases: they are drawn in memory, where those of the study may not be on the disk yet.
  const cases = generatedCases({ ...base.configuration.cases, ...study.specification.training }, 1)
  const trial = await tryTraining(base.configuration, cases, limited, (done, total) =>
    progress({ stage: 'trying the base', done, total })
  )
  const baseWork = workOf(base.configuration)
  const baseValues = valuesIn(base.configuration)
  const shared = study.specification.training !== undefined
  return study.variations.map((variation) => {
    const { configuration } = variation
    const { parameters, gigaOperations, cases: drawn, samples } = workOf(configuration)
    const engine = configuration.steps * trial.secondsPerStep * (gigaOperations / baseWork.gigaOperations)
    return {
      variation,
      runs: study.runs.filter((run) => run.variation === variation).length,
      parameters,
      gigaOperations,
      memory: ownMemory + (trial.memory - ownMemory) * (valuesIn(configuration) / baseValues),
      seconds: engine + samples * trial.secondsPerSample + (shared ? 0 : drawn * trial.secondsPerCase)
    }
  })
}

/** Numbers in all results of a training step's graph. */
function valuesIn({ network, grid, loss, optimizer }: TrainingConfiguration): number {
  const { graph } = buildTrainingStep({ network, size: grid.size, loss, optimizer })
  return graph.nodes.reduce((sum, { result }) => sum + elementCount(result.shape), 0)
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { UsageError } from '../core/errors.ts'
import { readError } from '../io/file-error.ts'
import { nodeRuntime } from '../runtime/node.ts'
import { parseTrainingConfiguration, type TrainingConfiguration } from '../train/configuration.ts'
import { generatedCases } from '../train/generated-cases.ts'
import type { LogRecord, StepRecord } from '../train/log.ts'
import { train } from '../train/loop.ts'
import { prepareSamples } from '../train/samples/prepare.ts'
import type { SampleStream } from '../train/samples/stream.ts'
import { prepareSamplesInWorker } from '../train/samples/worker-stream.ts'
import type { ValidationMetrics } from '../train/validation.ts'
import { formatDuration } from './progress.ts'

interface TrainFlags {
  readonly output?: string
  readonly resume: boolean
}

/** `otomark train`: a model file from a recipe. */
export function trainCommand(): Command {
  return new Command('train')
    .description('Train a network on generated cases, as a recipe says; stop and resume at any time.')
    .argument('<recipe>', 'a JSON file such as models/recipes/outliner.json')
    .option('--output <folder>', 'gets model.onnx, checkpoint.safetensors, log.jsonl (default: runs/ and the name)')
    .option('--resume', 'go on from the checkpoint in the folder, if there is one', false)
    .action(trainRecipe)
}

async function trainRecipe(recipe: string, flags: TrainFlags): Promise<void> {
  const configuration = await readRecipe(recipe)
  const folder = flags.output ?? join('runs', configuration.name)
  const cases = generatedCases(configuration.cases)
  const samples = openSamples(configuration)
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    const outcome = await train({
      configuration,
      samples,
      cases: cases.name,
      runtime: nodeRuntime,
      folder,
      resume: flags.resume,
      signal: stop.signal,
      onRecord: createReporter(configuration.steps)
    })
    process.stdout.write(
      outcome.finished
        ? `${configuration.name}: ${outcome.steps} steps done; the model is ${join(folder, 'model.onnx')}\n`
        : `${configuration.name}: stopped at step ${outcome.steps}; go on with --resume\n`
    )
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    await samples.close()
  }
}

async function readRecipe(path: string): Promise<TrainingConfiguration> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw readError(path, error)
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`${path}: is not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
  return parseTrainingConfiguration(value, path)
}

function openSamples(configuration: TrainingConfiguration): SampleStream {
  if (configuration.workers === 0) return prepareSamples(configuration, generatedCases(configuration.cases))
  const fromSource = import.meta.url.endsWith('.ts')
  const casesModule = new URL(
    fromSource ? '../train/generated-cases.ts' : '../train/generated-cases.js',
    import.meta.url
  )
  return prepareSamplesInWorker(configuration, casesModule)
}

/** Steps whose means make one line. */
const stepsPerLine = 20

/** Tells the means of every twenty steps, and each validation, in a line. */
function createReporter(total: number): (record: LogRecord) => void {
  let recent: StepRecord[] = []
  return (record) => {
    if (record.kind === 'validation') {
      process.stderr.write(`step ${record.step}: held-out cases: ${describeMetrics(record.metrics)}\n`)
    } else if (record.kind === 'step') {
      recent.push(record)
      if (record.step % stepsPerLine !== 0 && record.step !== total) return
      process.stderr.write(`${describeSteps(recent, total)}\n`)
      recent = []
    } else if (record.step > 0) {
      process.stderr.write(`resuming after step ${record.step}\n`)
    }
  }
}

function describeSteps(records: readonly StepRecord[], total: number): string {
  const mean = (read: (record: StepRecord) => number): number =>
    records.reduce((sum, record) => sum + read(record), 0) / records.length
  const { step, learningRate } = records.at(-1) as StepRecord
  const seconds = mean((record) => record.seconds)
  const losses = `loss ${mean((r) => r.loss).toFixed(3)} (labels ${mean((r) => r.lossLabels).toFixed(3)}, landmarks ${mean((r) => r.lossLandmarks).toFixed(3)})`
  const waiting = Math.round(100 * mean((record) => record.idle))
  const left = formatDuration(1000 * seconds * (total - step))
  return `step ${step}/${total}: ${losses}, rate ${learningRate.toExponential(1)}, ${seconds.toFixed(2)} s a step (${waiting} % waiting), ${left} left`
}

function describeMetrics({ dice, falseShare, landmarkError, peak }: ValidationMetrics): string {
  const figure = (value: number | null, digits: number): string => (value === null ? '–' : value.toFixed(digits))
  const each = [dice.cochlea, dice.vestibule, dice.semicircular_canals].map((value) => figure(value, 3)).join(' / ')
  return (
    `Dice ${figure(dice.labyrinth, 3)} (${each}), landmarks ${figure(landmarkError.all, 2)} mm off, ` +
    `peaks ${figure(peak, 2)}, false voxels ${figure(falseShare === null ? null : 100 * falseShare, 2)} %`
  )
}

import { mean } from '../core/math/mean.ts'
import type { CaseSource } from '../train/cases/case-source.ts'
import type { TrainingConfiguration } from '../train/configuration.ts'
import type { LogRecord, StepRecord } from '../train/log.ts'
import type { ValidationMetrics } from '../train/metrics.ts'
import type { Estimate, TrainingWork } from '../train/plan.ts'
import type { Trial } from '../train/trial.ts'
import { formatDuration } from './progress.ts'

/** Steps whose means make one line. */
const stepsPerLine = 20

/** Prints what it learns from, the means of every twenty steps, and each validation, in a line. */
export function createReporter(total: number): (record: LogRecord) => void {
  let recent: StepRecord[] = []
  return (record) => {
    if (record.kind === 'validation') {
      process.stderr.write(`step ${record.step}: held-out cases: ${describeMetrics(record.metrics)}\n`)
    } else if (record.kind === 'step') {
      recent.push(record)
      if (record.step % stepsPerLine !== 0 && record.step !== total) return
      process.stderr.write(`${describeSteps(recent, total)}\n`)
      recent = []
    } else {
      process.stderr.write(`${record.step > 0 ? `resuming after step ${record.step}; ` : ''}cases: ${record.cases}\n`)
    }
  }
}

/** What `--dry-run` prints before it has tried anything. */
export function describeWork(configuration: TrainingConfiguration, work: TrainingWork, cases: CaseSource): string {
  const { name, network, grid, pool, steps, accumulation, workers, validation, checkpointEvery } = configuration
  const perStep = accumulation === 1 ? 'one sample each' : `${accumulation} samples each`
  return `${name}: a plan; nothing is written\n${asRows([
    ['network', `${network.levels} levels, ${network.features} features, ${whole(work.parameters)} parameters`],
    ['grid', `${grid.size.join(' × ')} voxels of ${grid.spacing} mm`],
    ['work', `${whole(steps)} steps of ${work.gigaOperations.toPrecision(3)} GFLOP, ${perStep}`],
    ['data', cases.name],
    ['pool', `${pool.size} cases at a time, ${pool.reuse} samples of each: ${whole(work.cases)} cases`],
    ['preparation', workers === 0 ? 'between the steps' : `beside the engine, threads: ${workers}`],
    [
      'validation',
      `every ${validation.every} steps, ${work.validations} times; held-out cases: ${cases.heldOut.count}`
    ],
    ['checkpoints', `every ${checkpointEvery} steps: ${work.checkpoints} times`]
  ])}`
}

/** What `--dry-run` prints after its trial. */
export function describeEstimate(trial: Trial, expected: Estimate): string {
  const seconds = (value: number): string => `${value < 10 ? value.toPrecision(2) : value.toFixed(0)} s`
  return asRows([
    [
      'trial',
      `engine ${seconds(trial.secondsPerStep)} a step; one thread ${seconds(trial.secondsPerCase)} a case and ` +
        `${seconds(trial.secondsPerSample)} a sample`
    ],
    ['time', `about ${formatDuration(1000 * expected.seconds)}, ${seconds(expected.secondsPerStep)} a step`],
    ['memory', `about ${(expected.memory / 2 ** 30).toFixed(1)} GiB`]
  ])
}

function asRows(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([key, text]) => `  ${key.padEnd(13)}${text}\n`).join('')
}

function whole(value: number): string {
  return value.toLocaleString('en')
}

function describeSteps(records: readonly StepRecord[], total: number): string {
  const of = (read: (record: StepRecord) => number): number => mean(records.map(read))
  const { step, learningRate } = records.at(-1) as StepRecord
  const seconds = of((record) => record.seconds)
  const losses = `loss ${of((r) => r.loss).toFixed(3)} (labels ${of((r) => r.lossLabels).toFixed(3)}, landmarks ${of((r) => r.lossLandmarks).toFixed(3)})`
  const waiting = Math.round((100 * of((record) => record.seconds * record.idle)) / seconds)
  const left = formatDuration(1000 * seconds * (total - step))
  return `step ${step}/${total}: ${losses}, rate ${learningRate.toExponential(1)}, ${seconds.toFixed(2)} s a step (${waiting} % waiting), ${left} left`
}

function describeMetrics({ dice, labyrinth, falseShare, landmarkError, landmarksFound }: ValidationMetrics): string {
  const figure = (value: number | null, digits: number): string => (value === null ? '–' : value.toFixed(digits))
  const percent = (value: number | null, digits: number): string => figure(value === null ? null : 100 * value, digits)
  const each = [dice.cochlea, dice.vestibule, dice.semicircular_canals].map((value) => figure(value, 3)).join(' / ')
  return (
    `Dice ${figure(dice.labyrinth, 3)} (${each}), surface ${figure(labyrinth.averageSurfaceDistance, 2)} mm, ` +
    `landmarks ${figure(landmarkError.all, 2)} mm off, ${percent(landmarksFound, 0)} % found, ` +
    `false voxels ${percent(falseShare, 2)} %`
  )
}

import type { TrainingConfiguration } from '../train/configuration.ts'
import type { LogRecord, StepRecord } from '../train/log.ts'
import type { ValidationMetrics } from '../train/metrics.ts'
import type { TrainingPlan } from '../train/plan.ts'
import { formatDuration } from './progress.ts'

/** Steps whose means make one line. */
const stepsPerLine = 20

/** Tells the means of every twenty steps, and each validation, in a line. */
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
    } else if (record.step > 0) {
      process.stderr.write(`resuming after step ${record.step}\n`)
    }
  }
}

/** What `--dry-run` prints. */
export function describePlan(configuration: TrainingConfiguration, plan: TrainingPlan, data: string): string {
  const { name, network, grid, pool, workers, validation, checkpointEvery } = configuration
  const rows: [string, string][] = [
    [
      'network',
      `${network.levels} levels, ${network.features} features, ${plan.parameters.toLocaleString('en')} parameters`
    ],
    ['grid', `${grid.size.join(' × ')} voxels of ${grid.spacing} mm`],
    ['work', `${plan.gigaOperations.toFixed(1)} GFLOP a step, ${plan.steps.toLocaleString('en')} steps`],
    ['data', data],
    [
      'pool',
      `${pool.size} cases at a time, ${pool.reuse} samples of each, prepared by ${workers || 'no'} thread(s) beside`
    ],
    ['validation', `every ${validation.every} steps on ${plan.validationCases} cases`],
    ['checkpoints', `every ${checkpointEvery} steps, ${plan.checkpoints} in all`],
    ['memory', `${(plan.memory / 2 ** 30).toFixed(1)} GiB at the most in the trial`],
    [
      'speed',
      `${plan.secondsPerStep.toFixed(2)} s a step in the trial, ${Math.round(100 * plan.idle)} % of it waiting for samples`
    ],
    ['time', `about ${formatDuration(1000 * plan.seconds)}`]
  ]
  const lines = rows.map(([key, text]) => `  ${key.padEnd(12)}${text}`)
  return `${name}: the plan; nothing was written\n${lines.join('\n')}\n`
}

function describeSteps(records: readonly StepRecord[], total: number): string {
  const mean = (read: (record: StepRecord) => number): number =>
    records.reduce((sum, record) => sum + read(record), 0) / records.length
  const { step, learningRate } = records.at(-1) as StepRecord
  const seconds = mean((record) => record.seconds)
  const losses = `loss ${mean((r) => r.loss).toFixed(3)} (labels ${mean((r) => r.lossLabels).toFixed(3)}, landmarks ${mean((r) => r.lossLandmarks).toFixed(3)})`
  const waiting = Math.round((100 * mean((record) => record.seconds * record.idle)) / seconds)
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

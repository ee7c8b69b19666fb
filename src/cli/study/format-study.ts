import { describeChange } from '../../study/changes.ts'
import type { OpenStudy, StudyRun } from '../../study/open-study.ts'
import type { PlannedWork } from '../../study/plan.ts'
import type { RunState } from '../../study/run-folder.ts'
import { formatDuration } from '../progress.ts'

/** A run for people: variation, seed, split, and its folder's name. */
export function nameRun({ variation, seed, split, hash }: StudyRun): string {
  return `${variation.name}, seed ${seed}${split === null ? '' : `, ${split.name}`} (${hash})`
}

/** What `plan` prints. */
export function describePlan(study: OpenStudy, planned: readonly PlannedWork[]): string {
  const rows = planned.map(({ variation, runs, parameters, gigaOperations, memory, seconds }) => [
    variation.name,
    `${runs}`,
    parameters.toLocaleString('en'),
    gigaOperations.toPrecision(3),
    `${(memory / 2 ** 30).toFixed(1)} GiB`,
    formatDuration(1000 * seconds),
    variation.changes.map(describeChange).join('; ')
  ])
  const head = ['variation', 'runs', 'parameters', 'GFLOP', 'memory', 'time a run', 'changes']
  const widths = head.map((text, at) => Math.max(text.length, ...rows.map((row) => (row[at] as string).length)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) =>
        at === 0 || at === cells.length - 1 ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number)
      )
      .join('  ')
      .trimEnd()
  const total = planned.reduce((sum, { runs, seconds }) => sum + runs * seconds, 0)
  return (
    `${study.specification.name}: a plan; nothing is written\n${[head, ...rows].map(line).join('\n')}\n` +
    `${study.runs.length} runs, about ${formatDuration(1000 * total)} of training one after another, each on ` +
    `${study.specification.threads} thread${study.specification.threads === 1 ? '' : 's'}\n`
  )
}

/** What `status` prints: how many runs are how far, and each that failed or is under way. */
export function describeStatus(study: OpenStudy, states: ReadonlyMap<string, RunState>): string {
  const count = (status: RunState['status']): number =>
    [...states.values()].filter((one) => one.status === status).length
  const named = new Set<string>()
  const lines = study.runs.flatMap((run) => {
    const state = states.get(run.hash)
    if (state === undefined || named.has(run.hash)) return []
    named.add(run.hash)
    const description = describeState(state)
    return description === undefined ? [] : [`  ${nameRun(run)}: ${description}\n`]
  })
  const counts = (['done', 'running', 'begun', 'failed', 'waiting'] as const).map((one) => `${count(one)} ${one}`)
  return `${study.specification.name}: ${states.size} runs: ${counts.join(', ')}\n${lines.join('')}`
}

function describeState(state: RunState): string | undefined {
  switch (state.status) {
    case 'running':
      return `running, ${state.by}`
    case 'begun':
      return `begun, lacks ${state.lacks.join(', ')}`
    case 'failed':
      return `failed (exit code ${state.exitCode}): ${state.message}`
    default:
      return undefined
  }
}

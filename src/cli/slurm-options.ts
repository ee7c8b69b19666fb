import { type Command, InvalidArgumentError, Option } from 'commander'
import { UsageError } from '../core/errors.ts'
import type { FollowOptions } from '../node/slurm/run-on-slurm.ts'
import type { SlurmOptions } from '../node/slurm/script.ts'
import { wholeNumber } from './parsers.ts'

/** The flags of a command whose work a cluster can do. */
export interface ExecutorFlags {
  readonly executor: 'local' | 'slurm'
  readonly perTask: number
  readonly memory: string
  readonly time: string
  readonly partition?: string
  readonly sbatch: readonly string[]
  readonly attempts: number
}

export function executorOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--executor <name>', 'where it runs: in this process, or as a job array of Slurm')
        .choices(['local', 'slurm'])
        .default('local')
    )
    .option('--per-task <number>', 'scans or runs per array task', wholeNumber(1), 1)
    .option('--memory <size>', 'of a task, as sbatch --mem takes it', sbatchValue, '4G')
    .option('--time <limit>', 'of a task, as sbatch --time takes it', sbatchValue, '4:00:00')
    .option('--partition <name>', 'of the cluster', sbatchValue)
    .option(
      '--sbatch <option>',
      'a further option of sbatch, such as --sbatch=--account=ears; again for more',
      several,
      []
    )
    .option('--attempts <number>', 'maximum number of submissions, while tasks leave work undone', wholeNumber(1), 3)
}

/** @param threads processors of a task */
export function slurmOptionsOf(
  { perTask, memory, time, partition, sbatch }: ExecutorFlags,
  threads: number
): SlurmOptions {
  return { perTask, memory, time, threads, lines: sbatch, ...(partition !== undefined && { partition }) }
}

/** How a job is followed: a line on stderr at every change. */
export function followOptionsOf({ attempts }: ExecutorFlags, signal: AbortSignal): FollowOptions {
  const every = 1000 * Number(process.env.OTOMARK_SLURM_SECONDS ?? 10)
  if (!(every > 0)) throw new UsageError('OTOMARK_SLURM_SECONDS: is not a number of seconds')
  return { attempts, every, signal, log: (line) => process.stderr.write(`otomark: ${line}\n`) }
}

/** The words that start this program again, as a user could type them. */
export function ownCommand(): string[] {
  return [process.execPath, ...process.execArgv, process.argv[1] as string]
}

function sbatchValue(text: string): string {
  if (/^[\w:.,-]+$/.test(text)) return text
  throw new InvalidArgumentError('contains characters that sbatch would misread')
}

function several(text: string, before: readonly string[]): string[] {
  if (/^--?[^\n\r]+$/.test(text)) return [...before, text]
  throw new InvalidArgumentError('is not an option of sbatch')
}

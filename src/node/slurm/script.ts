/** What a cluster is asked for. */
export interface SlurmOptions {
  /** Pieces of work, such as runs or scans, that a task does one after another. */
  readonly perTask: number
  /** Of a task, as `sbatch --mem` takes it, such as 4G. */
  readonly memory: string
  /** Limit of a task, as `sbatch --time` takes it, such as 2:00:00. */
  readonly time: string
  readonly partition?: string
  /** Processors of a task. */
  readonly threads: number
  /** Further options of sbatch, each a line of its own, such as `--account=ears`. */
  readonly lines: readonly string[]
}

/** A job array: its name, and for each task the command it runs, word by word. */
export interface JobArray {
  readonly name: string
  /** Where it runs, and where its script and logs lie. */
  readonly workingFolder: string
  readonly folder: string
  readonly commands: readonly (readonly string[])[]
}

/**
 * The batch script of a job array. Every task is one command as a user could type it; it is taken by its number from
 * the script, so that nothing else is needed.
 */
export function batchScript({ name, workingFolder, folder, commands }: JobArray, options: SlurmOptions): string {
  const { memory, time, partition, threads, lines } = options
  const settings = [
    `--job-name=${name}`,
    `--array=0-${commands.length - 1}`,
    `--chdir=${workingFolder}`,
    `--output=${folder}/%A_%a.log`,
    `--cpus-per-task=${threads}`,
    `--mem=${memory}`,
    `--time=${time}`,
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...lines
  ]
  return [
    '#!/bin/bash',
    ...settings.map((line) => `#SBATCH ${line}`),
    'case "$SLURM_ARRAY_TASK_ID" in',
    ...commands.map((words, task) => `${task}) exec ${words.map(quoted).join(' ')} ;;`),
    'esac',
    ''
  ].join('\n')
}

/** A word as the shell reads it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Work dealt out to tasks, `perTask` pieces each. */
export function dealOut<T>(pieces: readonly T[], perTask: number): T[][] {
  return Array.from({ length: Math.ceil(pieces.length / perTask) }, (_, task) =>
    pieces.slice(task * perTask, (task + 1) * perTask)
  )
}

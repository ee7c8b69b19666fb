import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ResourceError } from '../../core/errors.ts'
import { errorCode } from '../../io/file-error.ts'

const run = promisify(execFile)

/** Submits a batch script. @returns the job's number @throws ResourceError when Slurm refuses it or is not there */
export async function submit(script: string): Promise<string> {
  try {
    const { stdout } = await run('sbatch', ['--parsable', script])
    return (stdout.trim().split(';')[0] ?? '').trim()
  } catch (cause) {
    throw new ResourceError(`submitting ${script}: ${errorText(cause)}`, { cause })
  }
}

/**
 * The tasks of a job array that wait or run.
 * @returns undefined when the controller does not answer, as while it is restarted: nothing is known then
 */
export async function tasksLeft(job: string): Promise<number | undefined> {
  try {
    const { stdout } = await run('squeue', ['--noheader', '--array', `--jobs=${job}`, '--format=%i'])
    return stdout.split('\n').filter((line) => line.trim() !== '').length
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') throw new ResourceError(`following job ${job}: ${errorText(cause)}`, { cause })
    // A job that ended some minutes ago is forgotten by the controller.
    return /invalid job id/i.test(errorText(cause)) ? 0 : undefined
  }
}

/** Why tasks wait, as Slurm says it, such as (Resources); each reason once. */
export async function reasonsToWait(job: string): Promise<string[]> {
  const words = ['--noheader', '--states=PENDING', `--jobs=${job}`, '--format=%r']
  const { stdout } = await run('squeue', words).catch(() => ({ stdout: '' }))
  return [...new Set(stdout.split('\n').filter((line) => line.trim() !== ''))].sort()
}

function errorText(error: unknown): string {
  if (errorCode(error) === 'ENOENT') return 'Slurm is not installed here: sbatch and squeue are not found'
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return text.trim().replace(/\s*\n\s*/g, ' ')
}

import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { readJson } from '../../io/json.ts'
import { diskFiles } from '../file-access.ts'
import { makeFolder, writeFileAtomically } from '../write-file.ts'
import { reasonsToWait, submit, tasksLeft } from './queue.ts'
import { batchScript, dealOut, type SlurmOptions } from './script.ts'

/** Work in pieces that lie on the disk when they are done. */
export interface Work<Piece> {
  readonly name: string
  /** Gets `slurm/` with scripts and logs, and remembers the job. */
  readonly folder: string
  /** The pieces that are not done, as the disk shows it. */
  left(): Promise<readonly Piece[]>
  /** Removes what a task that was ended left in the way of another, such as its lock. */
  clear(piece: Piece): void
  /** The command that does some pieces, word by word. */
  command(pieces: readonly Piece[]): readonly string[]
}

export interface FollowOptions {
  /** How often what is left is submitted, the first time included. */
  readonly attempts: number
  /** Between two queries of the queue, ms. */
  readonly every: number
  readonly signal: AbortSignal
  log(line: string): void
}

const jobRecord = z.strictObject({ format: z.literal('otomark-slurm-job'), version: z.literal(1), job: z.string() })

/**
 * Does work as a Slurm job array: submits what is not done, follows it, and submits what a task that was ended has
 * left, until all is done or it was tried often enough. A job that an earlier call submitted and that still waits or
 * runs is followed, not submitted again. A stop signal ends the following; the job goes on.
 * @throws ResourceError when Slurm is not there or refuses the job
 */
export async function runOnSlurm<Piece>(work: Work<Piece>, slurm: SlurmOptions, options: FollowOptions): Promise<void> {
  const folder = join(work.folder, 'slurm')
  await makeFolder(folder)
  const earlier = await rememberedJob(folder)
  if (earlier !== undefined && (await tasksLeft(earlier)) !== 0) {
    options.log(`job ${earlier} of an earlier call is under way`)
    await follow(earlier, options)
  }
  for (let attempt = 1; attempt <= options.attempts && !options.signal.aborted; attempt++) {
    const left = await work.left()
    if (left.length === 0) return
    for (const piece of left) work.clear(piece)
    const job = await submitWork(work, left, folder, slurm)
    options.log(`job ${job}: ${left.length} to do, ${Math.ceil(left.length / slurm.perTask)} tasks, logs in ${folder}`)
    await follow(job, options)
  }
}

async function submitWork<Piece>(
  work: Work<Piece>,
  left: readonly Piece[],
  folder: string,
  slurm: SlurmOptions
): Promise<string> {
  const commands = dealOut(left, slurm.perTask).map((pieces) => work.command(pieces))
  const script = join(folder, 'job.sh')
  await writeFileAtomically(
    script,
    batchScript({ name: work.name, workingFolder: process.cwd(), folder, commands }, slurm)
  )
  const job = await submit(script)
  const record = { format: 'otomark-slurm-job', version: 1, job }
  await writeFileAtomically(join(folder, 'job.json'), `${JSON.stringify(record, null, 2)}\n`)
  return job
}

/** Waits until no task of a job waits or runs. */
async function follow(job: string, { every, signal, log }: FollowOptions): Promise<void> {
  let last: string | undefined
  while (!signal.aborted) {
    const left = await tasksLeft(job)
    if (left === 0) return
    const reasons = left === undefined ? [] : await reasonsToWait(job)
    const line =
      left === undefined
        ? `job ${job}: the controller does not answer; asking again`
        : `job ${job}: ${left} tasks left${reasons.length > 0 ? ` (waiting: ${reasons.join(', ')})` : ''}`
    if (line !== last) log(line)
    last = line
    await setTimeout(every, undefined, { signal }).catch(() => {})
  }
  log(`job ${job} goes on; the same command follows it, scancel ${job} ends it`)
}

async function rememberedJob(folder: string): Promise<string | undefined> {
  const value = await readJson(diskFiles, join(folder, 'job.json')).catch(() => undefined)
  return jobRecord.safeParse(value).data?.job
}

/**
 * Computes a subject's forward pass or training step twice and sends the most memory this process held, MiB. Started by
 * bench/memory.ts, in a process that does nothing else.
 */
import { z } from 'zod'
import { networkConfiguration } from '../src/network/configuration.ts'
import { peakMemory } from './memory.ts'
import { openForward, openStep } from './subject.ts'

const task = z
  .object({
    name: z.string(),
    network: networkConfiguration,
    size: z.tuple([z.number(), z.number(), z.number()]),
    work: z.enum(['forward', 'plainForward', 'step']),
    threads: z.number()
  })
  .parse(JSON.parse(process.argv[2] ?? ''))
const subject = { ...task, works: [] }

const side =
  task.work === 'step'
    ? await openStep(subject, task.threads)
    : await openForward(subject, task.threads, { lowered: task.work === 'forward' })
for (let run = 0; run < 2; run++) await side.run()
process.send?.(await peakMemory())
await side.release()

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { startPeer } from './peer.ts'
import { inputsOf, type Subject, settings, type Work } from './subject.ts'

/** The most memory one side's process ever held, its program and libraries included. */
export interface Peak {
  readonly name: string
  /** MiB. */
  readonly amount: number
}

/** The most memory this process ever held, MiB, as Linux counts it (VmHWM). */
export async function peakMemory(): Promise<number> {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile('/proc/self/status', 'utf8')) ?? []
  if (kibibytes === undefined) throw new Error('/proc/self/status does not tell the peak of memory')
  return Number(kibibytes) / 1024
}

/** The peak of each side, ours first: each computes the work twice in a process of its own, with what that work needs. */
export async function peaksOf(subject: Subject, work: Work, threads: number): Promise<Peak[]> {
  const peaks = [{ name: 'otomark', amount: await ownPeak(subject, work, threads) }]
  if (work === 'forward') {
    peaks.push({ name: 'onnxruntime, plain graph', amount: await ownPeak(subject, 'plainForward', threads) })
  }
  for (const compile of [false, true]) {
    const amount = await peerPeak(subject, work, threads, compile).catch((error: unknown) => {
      console.log(`PyTorch is skipped: ${error instanceof Error ? error.message : error} (see bench/README.md)`)
    })
    if (amount !== undefined) peaks.push(amount)
  }
  return peaks
}

async function peerPeak(subject: Subject, work: Work, threads: number, compile: boolean): Promise<Peak> {
  const peer = await startPeer(
    { threads, network: subject.network, ...settings, compile, clock: 'wall' },
    inputsOf(subject, work)
  )
  try {
    return { name: peer.name, amount: await peer.peak(work) }
  } finally {
    await peer.close()
  }
}

async function ownPeak(subject: Subject, work: Work | 'plainForward', threads: number): Promise<number> {
  const script = fileURLToPath(new URL('own-memory.ts', import.meta.url))
  const child = fork(script, [JSON.stringify({ ...subject, work, threads })])
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the process that measures otomark's memory ended with ${code}`)
  })
  const [peak] = await Promise.race([once(child, 'message'), ended])
  await ended.catch(() => {})
  return z.number().parse(peak)
}

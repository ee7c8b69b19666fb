import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Tensor } from '../src/runtime/session.ts'
import type { Clock } from './clock.ts'

const script = fileURLToPath(new URL('peers/unet_torch.py', import.meta.url))

/** The network in PyTorch, in a process of its own. */
export interface Peer {
  /** Such as `torch-2.9.0 eager`. */
  readonly name: string
  /** Seconds of a forward pass, and the largest difference of its outputs from those it was given. */
  forward(): Promise<{ seconds: number; difference: number }>
  /** Seconds of a forward pass whose image and outputs stay where it computes. */
  resident(): Promise<number>
  /** Seconds of a training step, and the loss before it. */
  step(): Promise<{ seconds: number; loss: number }>
  /** Computes a work twice and tells the most memory the process ever held, MiB. */
  peak(work: 'forward' | 'step'): Promise<number>
  close(): Promise<void>
}

/** What the peer is given besides tensors; see `Peer.prepare` of unet_torch.py. */
export interface PeerSettings {
  readonly threads: number
  readonly network: object
  readonly loss: object
  readonly optimizer: object
  readonly learningRate: number
  /** Through torch.compile instead of operator by operator. */
  readonly compile: boolean
  readonly clock: Clock
  /** Where it computes; `cuda` throws where there is no such card. The processor when left out. */
  readonly device?: 'cpu' | 'cuda'
  /** What convolutions are computed in: `tf32` and `half` use a card's matrix units. Single precision when left out. */
  readonly precision?: 'single' | 'tf32' | 'half'
}

/**
 * Starts the peer. Its Python is OTOMARK_PEER_PYTHON, else `python3`; bench/README.md says how to make one.
 * @param tensors `image` and each `weight.NAME`; for a step `labels` and `heatmaps`; to compare outputs, our
 *   `output.labels` and `output.landmarks`
 * @throws Error saying why there is no peer
 */
export async function startPeer(settings: PeerSettings, tensors: ReadonlyMap<string, Tensor>): Promise<Peer> {
  const python = process.env.OTOMARK_PEER_PYTHON ?? 'python3'
  const folder = await mkdtemp(join(tmpdir(), 'otomark-bench-'))
  // Threads that wait by spinning take the processor's time without work.
  const env = settings.clock === 'processor' ? { ...process.env, OMP_WAIT_POLICY: 'PASSIVE' } : process.env
  const child = spawn(python, [script], { env })
  const conversation = converse(child)
  const close = async (): Promise<void> => {
    child.stdin.end()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const files: Record<string, { path: string; dims: readonly number[] }> = {}
    for (const [name, { dims, data }] of tensors) {
      const path = join(folder, `${Object.keys(files).length}.f32`)
      await writeFile(path, data)
      files[name] = { path, dims }
    }
    const { version } = z
      .object({ version: z.string() })
      .parse(await conversation({ do: 'prepare', tensors: files, ...settings }))
    return {
      name: `torch-${version} ${settings.compile ? 'compile' : 'eager'}${settings.device === 'cuda' ? `, cuda ${settings.precision}` : ''}`,
      forward: async () => forwardReply.parse(await conversation({ do: 'forward' })),
      resident: async () => z.number().parse(await conversation({ do: 'resident' })),
      step: async () => stepReply.parse(await conversation({ do: 'step' })),
      peak: async (work) => z.number().parse(await conversation({ do: 'peak', work })),
      close
    }
  } catch (error) {
    await close()
    throw error
  }
}

const forwardReply = z.object({ seconds: z.number(), difference: z.number() })
const stepReply = z.object({ seconds: z.number(), loss: z.number() })

/** Asks the process one line and waits for one line; a process that ends instead fails with the last line of its stderr. */
function converse(child: ChildProcessWithoutNullStreams): (request: object) => Promise<unknown> {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let errorOutput = ''
  child.stderr.on('data', (text: Buffer) => {
    errorOutput += text.toString()
  })
  child.stdin.on('error', () => {})
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      reject(new Error(errorOutput.trim().split('\n').at(-1) || `the peer ended with ${code}`))
    )
  })
  ended.catch(() => {})
  return async (request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`)
    const line = await Promise.race([lines.next(), ended])
    return line.done ? ended : JSON.parse(line.value)
  }
}

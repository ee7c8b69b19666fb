/**
 * Times forward pass and training step through Node's WebGPU provider, with each lowering of convolutions, beside the
 * CPU: `npx tsx bench/webgpu.ts`; see bench/README.md. Ends with exit code 5 where there is no graphics adapter.
 */
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { ResourceError } from '../src/core/errors.ts'
import { median } from '../src/core/math/quantile.ts'
import { nodeRuntime, nodeWebgpuRuntime } from '../src/runtime/node.ts'
import type { Runtime, Tensor } from '../src/runtime/session.ts'
import { commonSubject, type Ours, openOurs, type Subject } from './subject.ts'

/** Largest difference of answers and of losses that rounding explains. */
const tolerance = 1e-3

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    edges: { type: 'string', default: '64,96' },
    features: { type: 'string', default: '16' },
    repeats: { type: 'string', default: '7' }
  }
})
const repeats = Number(values.repeats)

const sides: readonly { readonly name: string; readonly runtime: Runtime }[] = [
  { name: 'webgpu, kernel', runtime: withConvolutions('plain') },
  { name: 'webgpu, products', runtime: withConvolutions('products') },
  { name: 'cpu', runtime: nodeRuntime }
]

interface Measurement {
  readonly name: string
  readonly unit: 's'
  readonly seconds: number
}

try {
  const measurements: Measurement[] = []
  for (const edge of values.edges.split(',').map(Number)) {
    measurements.push(...(await measure(commonSubject(edge, Number(values.features), ['forward', 'step']))))
  }
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(measurements, null, 2)}\n`)
} catch (error) {
  if (!(error instanceof ResourceError)) throw error
  console.log(`Nothing is measured. ${error.message}`)
  process.exitCode = error.exitCode
}

/** One side after the other, so that the memory of a graphics card holds one at a time. */
async function measure(subject: Subject): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  const results: { name: string; answer: Tensor; loss: number }[] = []
  for (const { name, runtime } of sides) {
    const ours = await openOurs(subject, availableParallelism(), { runtime })
    try {
      const forward = await medianSeconds(ours.forward)
      const losses: number[] = []
      const step = await medianSeconds(() => stepOf(ours, losses))
      results.push({ name, answer: ours.tensors.get('answer.labels') as Tensor, loss: losses[0] as number })
      for (const [work, seconds] of Object.entries({ forward, step })) {
        const row = `${work}-${subject.name}, ${name}`
        console.log(`${row}: ${seconds.toFixed(4)} s`)
        measurements.push({ name: row, unit: 's', seconds })
      }
    } finally {
      await ours.close()
    }
  }
  assertSame(results)
  return measurements
}

function assertSame(results: readonly { name: string; answer: Tensor; loss: number }[]): void {
  const cpu = results.at(-1)
  for (const { name, answer, loss } of results) {
    const difference = answer.data.reduce(
      (most, x, at) => Math.max(most, Math.abs(x - (cpu?.answer.data[at] ?? Number.NaN))),
      Math.abs(loss - (cpu?.loss ?? Number.NaN))
    )
    if (!(difference < tolerance)) throw new Error(`${name} answers otherwise than the CPU: by ${difference}`)
  }
}

async function stepOf(ours: Ours, losses: number[]): Promise<number> {
  const { seconds, loss } = await ours.step()
  losses.push(loss)
  return seconds
}

/** The median of the runs after the first, which compiles the shaders. */
async function medianSeconds(run: () => Promise<number>): Promise<number> {
  await run()
  const seconds: number[] = []
  while (seconds.length < repeats) seconds.push(await run())
  return median(seconds)
}

function withConvolutions(convolution: 'plain' | 'products'): Runtime {
  return {
    ...nodeWebgpuRuntime,
    target: async () => ({ ...(await nodeWebgpuRuntime.target()), forms: { convolution } })
  }
}

/**
 * Times forward pass and training step on a graphics card through Node's WebGPU provider, with each lowering of
 * convolutions, beside PyTorch on the same card and the processor: `npx tsx bench/webgpu.ts`; see bench/README.md. Ends
 * with exit code 5 where there is no graphics adapter.
 */
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { ResourceError } from '../src/core/errors.ts'
import { median } from '../src/core/math/quantile.ts'
import { forms } from '../src/onnx/lowering/forms.ts'
import { nodeWebgpuRuntime } from '../src/runtime/node.ts'
import type { Runtime, Tensor } from '../src/runtime/session.ts'
import { type PeerSettings, startPeer } from './peer.ts'
import {
  commonSubject,
  inputsOf,
  openForward,
  openStep,
  operationsOf,
  type Side,
  type Subject,
  settings,
  timed
} from './subject.ts'

/** Largest difference of outputs and of losses that rounding explains. */
const tolerances = { single: 1e-3, tf32: 0.03, half: 0.1 }

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    edges: { type: 'string', default: '64,96' },
    features: { type: 'string', default: '16' },
    repeats: { type: 'string', default: '7' },
    /** What the card can do at most in single precision, 10¹² operations a second. */
    peak: { type: 'string' }
  }
})
const repeats = Number(values.repeats)

interface Measurement {
  readonly name: string
  readonly unit: 's'
  readonly seconds: number
  /** 10¹² operations a second, of a forward pass. */
  readonly teraflops?: number
}

/** What the processor computes: all others must give the same. */
interface Expected {
  readonly outputs: Record<string, Tensor>
  readonly loss: number
}

const measurements: Measurement[] = []
try {
  for (const edge of values.edges.split(',').map(Number)) {
    const subject = commonSubject(edge, Number(values.features), ['forward', 'step'])
    const outputs = await timeForward(subject)
    const loss = await timeSteps(subject)
    await timePeers(subject, { outputs, loss })
  }
} catch (error) {
  if (!(error instanceof ResourceError)) throw error
  console.log(`Nothing is measured. ${error.message}`)
  process.exitCode = error.exitCode
} finally {
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(measurements, null, 2)}\n`)
}

/** One side after the other, so that the memory of a card holds one at a time. Gives the processor's outputs. */
async function timeForward(subject: Subject): Promise<Record<string, Tensor>> {
  const expected = await withSide(openForward(subject, availableParallelism()), async (side) => {
    record(`forward-${subject.name}, cpu`, await medianSeconds(side))
    return side.run()
  })
  for (const convolution of Object.keys(forms.convolution.webgpu)) {
    const runtime = withForms({ convolution })
    for (const precision of ['single', 'half'] as const) {
      const name = `forward-${subject.name}, webgpu, ${convolution}, ${precision}`
      const half = precision === 'half'
      await unlessMissing(name, async () => {
        await withSide(openForward(subject, 1, { runtime, half }), async (side) => {
          assertNear(name, differenceOf(await side.run(), expected), tolerances[precision])
          record(name, await medianSeconds(side))
        })
        await withSide(openForward(subject, 1, { runtime, half, summed: true }), async (side) =>
          recordRate(`${name}, outputs stay on the card`, await medianSeconds(side), subject, precision)
        )
      })
    }
  }
  return expected
}

/** Gives the processor's loss. */
async function timeSteps(subject: Subject): Promise<number> {
  const cpu = await withSide(openStep(subject, availableParallelism()), async (side) => {
    const { loss } = await side.run()
    record(`step-${subject.name}, cpu`, await medianSeconds(side))
    return loss
  })
  for (const convolution of Object.keys(forms.convolution.webgpu)) {
    for (const weightGradient of Object.keys(forms.weightGradient.webgpu).filter((form) => form !== 'plain')) {
      const name = `step-${subject.name}, webgpu, ${convolution}, gradients by ${weightGradient}`
      await withSide(openStep(subject, 1, withForms({ convolution, weightGradient })), async (side) => {
        const { loss } = await side.run()
        assertNear(name, loss - cpu, tolerances.single)
        record(name, await medianSeconds(side))
      })
    }
  }
  return cpu
}

/** PyTorch on the same card, operator by operator, with its matrix units (tf32, half) and without. */
async function timePeers(subject: Subject, expected: Expected): Promise<void> {
  const given = Object.entries(expected.outputs).map(([name, tensor]): [string, Tensor] => [`output.${name}`, tensor])
  const tensors = new Map([...inputsOf(subject, 'step'), ...given])
  const common = { threads: availableParallelism(), network: subject.network, ...settings, compile: false }
  for (const precision of ['single', 'tf32', 'half'] as const) {
    const request: PeerSettings = { ...common, clock: 'wall', device: 'cuda', precision }
    const peer = await startPeer(request, tensors).catch((error: unknown) => {
      console.log(`PyTorch is skipped: ${error instanceof Error ? error.message : error} (see bench/README.md)`)
    })
    if (peer === undefined) return
    const tolerance = tolerances[precision]
    try {
      const name = `forward-${subject.name}, ${peer.name}`
      assertNear(name, (await peer.forward()).difference, tolerance)
      record(name, await medianOf(async () => (await peer.forward()).seconds))
      recordRate(`${name}, outputs stay on the card`, await medianOf(peer.resident), subject, precision)
      const step = `step-${subject.name}, ${peer.name}`
      assertNear(step, (await peer.step()).loss - expected.loss, tolerance)
      record(step, await medianOf(async () => (await peer.step()).seconds))
    } finally {
      await peer.close()
    }
  }
}

function assertNear(name: string, difference: number, tolerance: number): void {
  if (!(Math.abs(difference) < tolerance)) throw new Error(`${name}: differs from the CPU by ${difference}`)
}

function record(name: string, seconds: number): void {
  console.log(`${name}: ${seconds.toFixed(4)} s`)
  measurements.push({ name, unit: 's', seconds })
}

/** Of a forward pass also how many operations a second that is, and in single precision the share of the card's peak. */
function recordRate(name: string, seconds: number, subject: Subject, precision: keyof typeof tolerances): void {
  const teraflops = operationsOf(subject) / seconds / 1e12
  const isShared = values.peak !== undefined && precision === 'single'
  const share = isShared ? `, ${((100 * teraflops) / Number(values.peak)).toFixed(1)} % of the peak` : ''
  console.log(`${name}: ${seconds.toFixed(4)} s, ${teraflops.toFixed(2)} Tflop/s${share}`)
  measurements.push({ name, unit: 's', seconds, teraflops })
}

function differenceOf(found: Record<string, Tensor>, expected: Record<string, Tensor>): number {
  const differences = Object.entries(expected).map(([name, { data }]) =>
    data.reduce((most, x, at) => Math.max(most, Math.abs(x - (found[name]?.data[at] ?? Number.NaN))), 0)
  )
  return Math.max(...differences)
}

async function withSide<T, R>(opening: Promise<Side<T>>, work: (side: Side<T>) => Promise<R>): Promise<R> {
  const side = await opening
  try {
    return await work(side)
  } finally {
    await side.release()
  }
}

/** Cards differ in what they can do: half precision is an extension. */
async function unlessMissing(name: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!(error instanceof Error && error.message.includes('device does not support'))) throw error
    console.log(`${name}: this adapter has no half precision`)
  })
}

function medianSeconds({ run }: Side<unknown>): Promise<number> {
  return medianOf(async () => (await timed(run)).seconds)
}

/** The median of the runs after the first, which compiles the shaders. */
async function medianOf(run: () => Promise<number>): Promise<number> {
  await run()
  const seconds: number[] = []
  while (seconds.length < repeats) seconds.push(await run())
  return median(seconds)
}

function withForms(chosen: { convolution: string; weightGradient?: string }): Runtime {
  return { ...nodeWebgpuRuntime, target: async () => ({ ...(await nodeWebgpuRuntime.target()), forms: chosen }) }
}

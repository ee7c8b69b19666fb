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

/** Largest difference of answers and of losses that rounding explains, in single and in half precision. */
const tolerances = { single: 1e-3, half: 0.1 }

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

const measurements: Measurement[] = []
try {
  for (const edge of values.edges.split(',').map(Number)) {
    const subject = commonSubject(edge, Number(values.features), ['forward', 'step'])
    const answers = await timeForward(subject)
    await timeSteps(subject)
    await timePeers(subject, answers)
  }
} catch (error) {
  if (!(error instanceof ResourceError)) throw error
  console.log(`Nothing is measured. ${error.message}`)
  process.exitCode = error.exitCode
} finally {
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(measurements, null, 2)}\n`)
}

/** One side after the other, so that the memory of a card holds one at a time. Gives the processor's answers. */
async function timeForward(subject: Subject): Promise<Record<string, Tensor>> {
  const operations = operationsOf(subject)
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
          const difference = differenceOf(await side.run(), expected)
          if (!(difference < tolerances[precision])) throw new Error(`${name}: differs from the CPU by ${difference}`)
          record(name, await medianSeconds(side))
        })
        await withSide(openForward(subject, 1, { runtime, half, summed: true }), async (side) =>
          record(`${name}, answers stay on the card`, await medianSeconds(side), operations)
        )
      })
    }
  }
  return expected
}

async function timeSteps(subject: Subject): Promise<void> {
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
        if (!(Math.abs(loss - cpu) < tolerances.single)) throw new Error(`${name}: loss ${loss}, the CPU's is ${cpu}`)
        record(name, await medianSeconds(side))
      })
    }
  }
}

/** PyTorch on the same card, operator by operator, with its matrix units (tf32, half) and without. */
async function timePeers(subject: Subject, answers: Record<string, Tensor>): Promise<void> {
  const given = Object.entries(answers).map(([name, tensor]): [string, Tensor] => [`answer.${name}`, tensor])
  const tensors = new Map([...inputsOf(subject, 'step'), ...given])
  for (const precision of ['single', 'tf32', 'half'] as const) {
    const common = { threads: availableParallelism(), network: subject.network, ...settings, compile: false }
    const request: PeerSettings = { ...common, clock: 'wall', device: 'cuda', precision }
    try {
      const peer = await startPeer(request, tensors)
      const seconds = async (run: () => Promise<number>): Promise<number> => medianOf(run)
      record(`forward-${subject.name}, ${peer.name}`, await seconds(async () => (await peer.forward()).seconds))
      const resident = await seconds(peer.resident)
      record(`forward-${subject.name}, ${peer.name}, answers stay on the card`, resident, operationsOf(subject))
      record(`step-${subject.name}, ${peer.name}`, await seconds(async () => (await peer.step()).seconds))
      await peer.close()
    } catch (error) {
      console.log(`PyTorch is skipped: ${error instanceof Error ? error.message : error} (see bench/README.md)`)
      return
    }
  }
}

function record(name: string, seconds: number, operations?: number): void {
  const teraflops = operations === undefined ? undefined : operations / seconds / 1e12
  const share =
    values.peak === undefined ? '' : `, ${((100 * (teraflops ?? 0)) / Number(values.peak)).toFixed(1)} % of the peak`
  console.log(
    `${name}: ${seconds.toFixed(4)} s${teraflops === undefined ? '' : `, ${teraflops.toFixed(2)} Tflop/s${share}`}`
  )
  measurements.push({ name, unit: 's', seconds, ...(teraflops !== undefined && { teraflops }) })
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

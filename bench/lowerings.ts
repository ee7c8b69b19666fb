import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ResourceError } from '../src/core/errors.ts'
import { createRandom } from '../src/core/math/random.ts'
import { encodeGraph } from '../src/onnx/encode.ts'
import { gradients } from '../src/onnx/gradients.ts'
import { Graph, type Value } from '../src/onnx/graph.ts'
import { fastestName } from '../src/onnx/lowering/fastest-form.ts'
import { forms, type MeasuredForms } from '../src/onnx/lowering/forms.ts'
import { lower } from '../src/onnx/lowering/lower.ts'
import { measured } from '../src/onnx/lowering/measured.ts'
import type { Operation } from '../src/onnx/lowering/rewrite.ts'
import { leakyRelu } from '../src/onnx/operators/activation.ts'
import { multiply } from '../src/onnx/operators/arithmetic.ts'
import { conv } from '../src/onnx/operators/conv.ts'
import { instanceNormalization } from '../src/onnx/operators/instance-normalization.ts'
import { total } from '../src/onnx/operators/reduce.ts'
import { elementCount, type Shape } from '../src/onnx/shape.ts'
import { nodeRuntime, nodeWebgpuRuntime } from '../src/runtime/node.ts'
import type { Runtime, Session, Tensor } from '../src/runtime/session.ts'
import { wasmInNode } from './wasm.ts'

const table = fileURLToPath(new URL('../src/onnx/lowering/measured.ts', import.meta.url))

/** Channels, outputs and edge of the grid: the levels of networks of 16 and 12 features, going down and up. */
const sizes = [
  [1, 16, 96],
  [16, 16, 96],
  [32, 16, 96],
  [16, 16, 64],
  [32, 32, 48],
  [64, 32, 48],
  [64, 64, 24],
  [128, 128, 12],
  [128, 128, 8],
  [12, 12, 64],
  [24, 12, 64],
  [24, 24, 32],
  [48, 48, 16],
  [96, 96, 8]
] as const

/** The giant kernel of a weight gradient that is not lowered is not waited for beyond this edge. */
const largestPlainGradient = 16

/** What takes little is run more often than is asked for: its least time is soon found. */
const secondsForSmallOnes = 2

/**
 * Measures all forms on the CPU, wasm and, where there is a graphics adapter, WebGPU, and writes the table anew.
 * @param only leaves the rows of providers whose name does not hold this as they are
 */
export async function writeMeasuredLowerings(threads: number, repeats: number, only: string): Promise<void> {
  const rows: MeasuredForms[] = []
  for (const runtime of [nodeRuntime, wasmInNode(threads), nodeWebgpuRuntime]) {
    const { provider } = await runtime.target()
    const anew = provider.includes(only) ? await measureProvider(runtime, threads, repeats) : undefined
    rows.push(...(anew ?? measured.filter((row) => row.provider === provider)))
  }
  const source = `import type { MeasuredForms } from './forms.ts'

/** How long each form took, in milliseconds; written by \`npm run bench -- --lowerings\`, not by hand. */
export const measured: readonly MeasuredForms[] = ${JSON.stringify(rows, null, 2)}
`
  writeFileSync(table, source)
  spawnSync('npx', ['biome', 'check', '--write', table], { stdio: 'ignore' })
}

/** Undefined, with a word why, where the machine has no such provider. */
async function measureProvider(
  runtime: Runtime,
  threads: number,
  repeats: number
): Promise<MeasuredForms[] | undefined> {
  const rows: MeasuredForms[] = []
  try {
    for (const operation of Object.keys(forms) as Operation[]) {
      for (const size of sizes) rows.push(await measure(runtime, operation, size, threads, repeats))
    }
    return rows
  } catch (error) {
    if (!(error instanceof ResourceError)) throw error
    console.log(`${runtime.name} is not measured anew. ${error.message}`)
    return undefined
  }
}

async function measure(
  runtime: Runtime,
  operation: Operation,
  [channels, outputs, edge]: readonly [number, number, number],
  threads: number,
  repeats: number
): Promise<MeasuredForms> {
  const { provider } = await runtime.target()
  const names = Object.keys(forms[operation][provider]).filter(
    (form) => operation !== 'weightGradient' || form !== 'plain' || edge <= largestPlainGradient
  )
  const graph = operation === 'convolution' ? layers(channels, outputs, edge) : gradient(channels, outputs, edge)
  const sessions = new Map<string, Session>()
  for (const form of names) {
    const model = encodeGraph(lower(graph, { ...(await runtime.target()), forms: { [operation]: form } }), {
      order: 'running'
    })
    sessions.set(form, await runtime.open(model, { threads, keepMemory: true, asWritten: true }))
  }
  const feeds = Object.fromEntries(graph.inputs.map(({ name, shape }) => [name, noise(shape)]))
  const milliseconds = await bestByTurns(sessions, feeds, repeats)
  for (const session of sessions.values()) await session.release()
  const size = { channels, outputs, places: 27, voxels: edge ** 3 }
  const row = { provider, operation, ...size, milliseconds }
  const times = names.map((form) => `${form} ${milliseconds[form]}`).join(', ')
  console.log(`${provider}, ${operation}, ${channels} → ${outputs} at ${edge}³, ms: ${times}`)
  console.log(`  ${fastestName([row], provider, operation, size)}`)
  return row
}

/** The least time of each session, run by turns for some seconds; the first turn does not count. */
async function bestByTurns(
  sessions: ReadonlyMap<string, Session>,
  feeds: Readonly<Record<string, Tensor>>,
  repeats: number
): Promise<Record<string, number>> {
  const best: Record<string, number> = {}
  const end = performance.now() + secondsForSmallOnes * 1000
  for (let turn = 0; turn <= repeats || performance.now() < end; turn++) {
    for (const [form, session] of sessions) {
      const start = performance.now()
      await session.run(feeds)
      const taken = Number((performance.now() - start).toPrecision(3))
      best[form] = turn < 2 ? taken : Math.min(best[form] ?? taken, taken)
    }
  }
  return best
}

/** Convolution, normalization, rectifier and another convolution, as a network has them. */
function layers(channels: number, outputs: number, edge: number): Graph {
  const graph = new Graph()
  const ones = graph.input('ones', [outputs])
  const first = conv(graph, graph.input('value', volume(channels, edge)), weight(graph, 'first', channels, outputs))
  const activated = leakyRelu(graph, instanceNormalization(graph, first, ones, ones), 0.01)
  graph.output('result', conv(graph, activated, weight(graph, 'second', outputs, outputs)))
  return graph
}

function gradient(channels: number, outputs: number, edge: number): Graph {
  const graph = new Graph()
  const kernel = weight(graph, 'weight', channels, outputs)
  const result = conv(graph, graph.input('value', volume(channels, edge)), kernel)
  const loss = total(graph, multiply(graph, result, graph.input('upstream', volume(outputs, edge))))
  graph.output('result', gradients(graph, loss, [kernel])[0] as Value)
  return graph
}

function weight(graph: Graph, name: string, channels: number, outputs: number): Value {
  return graph.input(name, [outputs, channels, 3, 3, 3])
}

function volume(channels: number, edge: number): Shape {
  return [1, channels, edge, edge, edge]
}

function noise(dims: Shape): Tensor {
  const random = createRandom(1, elementCount(dims))
  return { dims, data: Float32Array.from({ length: elementCount(dims) }, () => random.uniform()) }
}

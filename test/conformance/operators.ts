import { createRandom } from '../../src/core/math/random.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { gradients } from '../../src/onnx/gradients.ts'
import { Graph } from '../../src/onnx/graph.ts'
import { lower } from '../../src/onnx/lowering/lower.ts'
import { multiply } from '../../src/onnx/operators/arithmetic.ts'
import { total } from '../../src/onnx/operators/reduce.ts'
import { elementCount, type Shape } from '../../src/onnx/shape.ts'
import type { Runtime, Tensor } from '../../src/runtime/session.ts'
import { activationCases } from './operators/activation.ts'
import { arithmeticCases } from './operators/arithmetic.ts'
import { blockCases } from './operators/blocks.ts'
import { convolutionCases } from './operators/convolution.ts'
import { normalizationCases } from './operators/normalization.ts'
import type { OperatorCase } from './operators/operator-case.ts'
import { poolingCases } from './operators/pooling.ts'
import type { Exact } from './operators/reference.ts'
import { shapeCases } from './operators/shape.ts'

export type { OperatorCase } from './operators/operator-case.ts'

/** Every operator and block, in every variation a network can have. */
export const operatorCases: readonly OperatorCase[] = [
  ...arithmeticCases,
  ...activationCases,
  ...shapeCases,
  ...convolutionCases,
  ...poolingCases,
  ...normalizationCases,
  ...blockCases
]

/** Largest error that is accepted, as a share of the largest number it could be in. */
export interface Tolerance {
  readonly value: number
  readonly gradient: number
}

/** What float32 keeps of sums of a few hundred products. */
export const float32Tolerance: Tolerance = { value: 1e-5, gradient: 5e-5 }

/** Reach of the central differences, which are taken of the float64 reference. */
const finiteStep = 1e-5

/**
 * Runs an operator and its gradient in a runtime and compares them with the case's reference in float64 and with that
 * reference's central finite differences. The loss is a random projection of the result.
 * @returns what is wrong, in sentences; empty when nothing is
 */
export async function checkOperator(
  runtime: Runtime,
  operator: OperatorCase,
  tolerance: Tolerance = float32Tolerance
): Promise<string[]> {
  const { shapes, differentiable = true, build } = operator
  const { inputs, projection, value, slopes } = expectedOf(operator)

  const graph = new Graph()
  const values = shapes.map((shape, index) => graph.input(`input${index}`, shape))
  const result = build(graph, ...values)
  graph.output('result', result)
  if (differentiable) {
    const loss = total(graph, multiply(graph, result, graph.constant(result.shape, projection)))
    for (const [index, gradient] of gradients(graph, loss, values).entries()) {
      graph.output(`gradient${index}`, gradient)
    }
  }
  const session = await runtime.open(encodeGraph(lower(graph, await runtime.target())), { threads: 1 })
  const feeds = inputs.map(({ dims, data }, index) => [`input${index}`, { dims, data: Float32Array.from(data) }])
  const found = await session.run(Object.fromEntries(feeds)).finally(() => session.release())

  const errors = [compared('the value', found.result, value, tolerance.value)]
  for (const [index, slope] of slopes.entries()) {
    errors.push(compared(`gradient ${index}`, found[`gradient${index}`], slope, tolerance.gradient))
  }
  return errors.filter((error) => error !== undefined)
}

/** What a case gives in float64. */
interface Expected {
  readonly inputs: readonly Exact[]
  readonly projection: Float64Array
  readonly value: Exact
  /** Of the projected value, for each input; none where it has no gradient. */
  readonly slopes: readonly Exact[]
}

/** Differences are taken for every number of every input: once, whatever runtimes are compared. */
const known = new WeakMap<OperatorCase, Expected>()

function expectedOf(operator: OperatorCase): Expected {
  const before = known.get(operator)
  if (before !== undefined) return before
  const { shapes, range = [-2, 2], differentiable = true, reference } = operator
  const inputs = shapes.map((shape, index) => spacedNumbers(shape, range, index))
  const value = reference(...inputs)
  const projection = projectionFor(value.dims)
  const project = (): number => inner(reference(...inputs).data, projection)
  const slopeOf = ({ dims, data }: Exact): Exact => ({ dims, data: finiteDifferences(project, data) })
  const expected = { inputs, projection, value, slopes: differentiable ? inputs.map(slopeOf) : [] }
  known.set(operator, expected)
  return expected
}

/** Evenly spaced float32 numbers in a random order: no two are so close that a finite difference reaches across. */
function spacedNumbers(dims: Shape, [low, high]: readonly [number, number], stream: number): Exact {
  const random = createRandom(5, stream)
  const count = elementCount(dims)
  const data = Float64Array.from({ length: count }, (_, at) => Math.fround(low + ((high - low) * (at + 0.37)) / count))
  for (let at = count - 1; at > 0; at--) {
    const other = random.integer(0, at)
    const kept = data[at] as number
    data[at] = data[other] as number
    data[other] = kept
  }
  return { dims, data }
}

function projectionFor(dims: Shape): Float64Array {
  const random = createRandom(6)
  return Float64Array.from({ length: elementCount(dims) }, () => Math.fround(random.uniform(-1, 1)))
}

/** The central difference of a function for each number it depends on, which is moved and put back. */
function finiteDifferences(evaluate: () => number, numbers: Float64Array): Float64Array {
  return Float64Array.from(numbers, (number, at) => {
    numbers[at] = number + finiteStep
    const above = evaluate()
    numbers[at] = number - finiteStep
    const below = evaluate()
    numbers[at] = number
    return (above - below) / (2 * finiteStep)
  })
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, at) => sum + x * (b[at] as number), 0)
}

function compared(what: string, found: Tensor | undefined, expected: Exact, tolerance: number): string | undefined {
  if (found === undefined) return `${what} is missing`
  if (found.dims.join() !== expected.dims.join()) {
    return `${what} has the shape [${found.dims.join(', ')}], not [${expected.dims.join(', ')}]`
  }
  const size = expected.data.reduce((most, x) => Math.max(most, Math.abs(x)), 1)
  const errors = expected.data.map((x, at) => Math.abs(x - (found.data[at] as number)) / size)
  const worst = errors.reduce((most, error) => (error <= most ? most : error), 0)
  if (worst <= tolerance) return undefined
  const at = errors.indexOf(worst)
  return `${what} is ${found.data[at]} at ${at}, not ${expected.data[at]}: off by ${worst.toExponential(1)} of ${size}`
}

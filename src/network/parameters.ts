import { createRandom } from '../core/math/random.ts'
import { elementCount, type Shape } from '../onnx/shape.ts'
import type { Tensor } from '../runtime/session.ts'

/**
 * What a parameter does, which fixes how it starts and whether it decays: `weight` of a hidden convolution, `head` for
 * the weight of an output, `scale` and `bias` of normalizations and outputs, `slope` of a PReLU; and the running `mean`
 * and `variance` of a batch normalization, which are not trained but collected.
 */
export type ParameterRole = 'weight' | 'head' | 'scale' | 'bias' | 'slope' | 'mean' | 'variance'

/** A stored tensor of a network. */
export interface Parameter {
  readonly name: string
  readonly shape: Shape
  readonly role: ParameterRole
}

/** Whether a parameter follows the gradient; running statistics do not. */
export function isTrained({ role }: Parameter): boolean {
  return role !== 'mean' && role !== 'variance'
}

/** Starting value of the parameters that do not start at random; the slope is that of He et al. 2015. */
const fixedStarts = { scale: 1, bias: 0, slope: 0.25, mean: 0, variance: 1 }

/**
 * Starting values: weights normal with standard deviation √(2 / inputs of one output) (He et al. 2015), heads a tenth
 * of √(1 / inputs), so that training starts near even odds and empty heatmaps; scales 1, biases 0, slopes 1/4. Each
 * parameter draws from a stream of its own.
 */
export function initialValues(parameters: readonly Parameter[], seed: number): Map<string, Tensor> {
  return new Map(
    parameters.map(({ name, shape, role }, index) => {
      const data = new Float32Array(elementCount(shape))
      if (role === 'weight' || role === 'head') {
        const random = createRandom(seed, index)
        const inputs = elementCount(shape.slice(1))
        const deviation = role === 'head' ? 0.1 * Math.sqrt(1 / inputs) : Math.sqrt(2 / inputs)
        for (let at = 0; at < data.length; at++) data[at] = random.normal(0, deviation)
      } else data.fill(fixedStarts[role])
      return [name, { dims: shape, data }]
    })
  )
}

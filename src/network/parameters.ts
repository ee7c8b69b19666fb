import { createRandom } from '../core/random.ts'
import { elementCount, type Shape } from '../onnx/shape.ts'
import type { Tensor } from '../runtime/session.ts'

/**
 * What a parameter does, which fixes how it starts and whether it decays: `weight` of a hidden convolution, `head` for
 * the weight of an output, `scale` and `bias` of normalizations and outputs.
 */
export type ParameterRole = 'weight' | 'head' | 'scale' | 'bias'

/** A trainable tensor of a network. */
export interface Parameter {
  readonly name: string
  readonly shape: Shape
  readonly role: ParameterRole
}

/**
 * Starting values: weights normal with standard deviation √(2 / inputs of one output) (He et al. 2015), heads a tenth
 * of √(1 / inputs), so that training starts near even odds and empty heatmaps; scales 1, biases 0. Each parameter draws
 * from a stream of its own.
 */
export function initialValues(parameters: readonly Parameter[], seed: number): Map<string, Tensor> {
  return new Map(
    parameters.map(({ name, shape, role }, index) => {
      const data = new Float32Array(elementCount(shape))
      if (role === 'scale') data.fill(1)
      if (role === 'weight' || role === 'head') {
        const random = createRandom(seed, index)
        const inputs = elementCount(shape.slice(1))
        const deviation = role === 'head' ? 0.1 * Math.sqrt(1 / inputs) : Math.sqrt(2 / inputs)
        for (let at = 0; at < data.length; at++) data[at] = random.normal(0, deviation)
      }
      return [name, { dims: shape, data }]
    })
  )
}

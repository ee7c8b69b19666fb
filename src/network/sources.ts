import type { Value } from '../onnx/graph.ts'
import type { Shape } from '../onnx/shape.ts'
import type { ParameterRole } from './parameters.ts'

/** Where a network takes a stored tensor from: a trained weight, a graph input, a list being written. */
export type ParameterSource = (name: string, shape: Shape, role: ParameterRole) => Value

/** Where a network in training takes numbers from that are uniform in [0, 1) and drawn anew for every step. */
export type NoiseSource = (name: string, shape: Shape) => Value

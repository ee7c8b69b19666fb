import type { Vector3 } from '../../core/math/vector.ts'
import type { PerAxis } from '../../onnx/operators/resample.ts'

/** Numbers for the axes i, j, k in a tensor's order D, H, W. */
export function depthFirst([i, j, k]: Vector3): PerAxis {
  return [k, j, i]
}

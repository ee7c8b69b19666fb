import type { Node } from '../graph.ts'
import { elementCount } from '../shape.ts'
import { blockedConv } from './blocked-conv.ts'
import { convAsPlanes } from './conv-as-planes.ts'
import { convAsProducts } from './conv-as-products.ts'
import { convolutionOf, isGiantKernel } from './convolution.ts'
import { giantKernelConvWithin } from './giant-kernel-conv.ts'
import { giantKernelConvByPlanes } from './giant-kernel-conv-by-planes.ts'
import type { Operation, Provider, Rewrite } from './rewrite.ts'

/** What decides which form of a convolution is fastest. */
export interface ConvolutionSize {
  readonly channels: number
  readonly outputs: number
  /** Places of the kernel. */
  readonly places: number
  /** Voxels of the larger grid. */
  readonly voxels: number
}

const asItIs: Rewrite = () => undefined

/**
 * The forms an operation may take for each provider, the one that needs the least memory first. All are proved equal to
 * the plain graph by test; which one is taken is measured (measured.ts).
 */
export const forms = {
  convolution: {
    cpu: { blocked: blockedConv, plain: asItIs },
    wasm: { plain: asItIs, products: convAsProducts },
    webgpu: { plain: asItIs, planes: convAsPlanes, products: convAsProducts }
  },
  weightGradient: {
    cpu: {
      'slabs of 4 million': giantKernelConvWithin(4e6),
      'slabs of 16 million': giantKernelConvWithin(16e6),
      plain: asItIs
    },
    wasm: { 'slabs of 16 million': giantKernelConvWithin(16e6), plain: asItIs },
    webgpu: {
      'slabs of 64 million': giantKernelConvWithin(64e6),
      planes: giantKernelConvByPlanes,
      plain: asItIs
    }
  }
} satisfies Record<Operation, Record<Provider, Readonly<Record<string, Rewrite>>>>

/** What a node is; undefined for one that there is nothing to choose for. The gradient of a weight has a giant kernel. */
export function operationOf(node: Node): Operation | undefined {
  const convolution = convolutionOf(node)
  if (convolution === undefined) return undefined
  return isGiantKernel(convolution, node) ? 'weightGradient' : 'convolution'
}

/** How long the forms of an operation took for one size. */
export interface MeasuredForms extends ConvolutionSize {
  readonly provider: Provider
  readonly operation: Operation
  readonly milliseconds: Readonly<Record<string, number>>
}

export function sizeOf(node: Node, operation: Operation): ConvolutionSize {
  const [value, weight] = node.inputs as [Node['result'], Node['result']]
  const result = elementCount(node.result.shape.slice(2))
  const kernel = elementCount(weight.shape.slice(2))
  return operation === 'weightGradient'
    ? {
        channels: value.shape[0] as number,
        outputs: weight.shape[0] as number,
        places: result,
        voxels: kernel * (weight.shape[1] as number)
      }
    : { channels: weight.shape[1] as number, outputs: weight.shape[0] as number, places: kernel, voxels: result }
}

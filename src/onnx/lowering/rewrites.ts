import { blockedConcat } from './blocked-concat.ts'
import { blockedConv, blockedPointwiseConv } from './blocked-conv.ts'
import { blockedMaxPool } from './blocked-max-pool.ts'
import { blockedNormalization } from './blocked-normalization.ts'
import { blockedTransposedConv } from './blocked-transposed-conv.ts'
import { centredInstanceNormalization } from './centred-instance-normalization.ts'
import { convAsProducts } from './conv-as-products.ts'
import { giantKernelConv } from './giant-kernel-conv.ts'
import type { Provider, Rewrite, Target } from './rewrite.ts'
import { separateGroups } from './separate-groups.ts'
import { unitTranspose } from './unit-transpose.ts'

/** The rewrites for a target, those tried first at the front. */
export function rewritesFor({ provider, convolutions }: Target): readonly Rewrite[] {
  return provider === 'webgpu' && convolutions === 'products'
    ? [...rewrites.webgpu, convAsProducts]
    : rewrites[provider]
}

const rewrites: Readonly<Record<Provider, readonly Rewrite[]>> = {
  cpu: [
    unitTranspose,
    giantKernelConv,
    blockedConv,
    blockedPointwiseConv,
    blockedNormalization,
    blockedMaxPool,
    blockedTransposedConv,
    blockedConcat
  ],
  wasm: [unitTranspose, giantKernelConv, centredInstanceNormalization],
  webgpu: [unitTranspose, giantKernelConv, separateGroups]
}

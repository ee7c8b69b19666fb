import { blockedConcat } from './blocked-concat.ts'
import { blockedPointwiseConv } from './blocked-conv.ts'
import { blockedElementwise, blockedMean } from './blocked-elementwise.ts'
import { blockedMaxPool } from './blocked-max-pool.ts'
import { blockedNormalization } from './blocked-normalization.ts'
import { blockedSlice } from './blocked-slice.ts'
import { blockedTransposedConv } from './blocked-transposed-conv.ts'
import { centredInstanceNormalization } from './centred-instance-normalization.ts'
import { fastestForm } from './fastest-form.ts'
import type { Provider, Rewrite } from './rewrite.ts'
import { separateGroups } from './separate-groups.ts'
import { unitTranspose } from './unit-transpose.ts'

/** The rewrites for each provider, those tried first at the front. */
export const rewrites: Readonly<Record<Provider, readonly Rewrite[]>> = {
  cpu: [
    unitTranspose,
    fastestForm,
    blockedPointwiseConv,
    blockedNormalization,
    blockedMaxPool,
    blockedTransposedConv,
    blockedConcat,
    blockedSlice,
    blockedElementwise,
    blockedMean
  ],
  wasm: [unitTranspose, fastestForm, centredInstanceNormalization],
  webgpu: [unitTranspose, fastestForm, separateGroups]
}

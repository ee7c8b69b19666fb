import { z } from 'zod'
import { couplingConfiguration } from './coupling.ts'
import { heatmapLossConfiguration } from './heatmap-loss.ts'
import { labelLossConfiguration } from './label-loss.ts'

/** What training minimizes. */
export const lossConfiguration = z.strictObject({
  labels: labelLossConfiguration.prefault({}),
  heatmaps: heatmapLossConfiguration.prefault({}),
  coupling: couplingConfiguration.prefault({})
})

export type LossConfiguration = z.infer<typeof lossConfiguration>

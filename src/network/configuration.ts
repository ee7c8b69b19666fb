import { z } from 'zod'

/** The shape of a network: a 3-D U-Net with a label head and a landmark head. */
export const networkConfiguration = z.strictObject({
  inputChannels: z.int().min(1).default(1),
  /** Resolutions, the full one included; each halves the one before. */
  levels: z.int().min(1).max(7).default(4),
  /** Channels at full resolution; doubled at every level below. */
  features: z.int().min(1).default(8),
  /** Edge of the convolution kernels in voxels. */
  kernel: z.union([z.literal(1), z.literal(3), z.literal(5)]).default(3),
  convolutionsPerLevel: z.int().min(1).max(4).default(2),
  normalization: z.enum(['instance', 'group', 'none']).default('instance'),
  /** Groups of channels that share statistics where the normalization is 'group'. */
  groups: z.int().min(1).default(4),
  activation: z.enum(['relu', 'leaky_relu']).default('leaky_relu'),
  upsampling: z.enum(['nearest', 'linear', 'transposed']).default('transposed'),
  /** Labels, background included; 0 leaves the label head out. */
  classes: z.int().min(0).default(4),
  /** Heatmaps; 0 leaves the landmark head out. */
  landmarks: z.int().min(0).default(3)
})

export type NetworkConfiguration = z.infer<typeof networkConfiguration>
/** What a user may write: anything left out has a default. */
export type NetworkConfigurationInput = z.input<typeof networkConfiguration>

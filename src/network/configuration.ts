import { z } from 'zod'

/** The shape of a network: a 3-D U-Net with a label head and a landmark head. */
export const networkConfiguration = z
  .strictObject({
    inputChannels: z.int().min(1).default(1).describe('channels of the image'),
    levels: z.int().min(1).max(7).default(4).describe('resolutions; each below the first halves the one above it'),
    features: z.int().min(1).default(8).describe('channels at full resolution; doubled at every level below'),
    kernel: z
      .union([z.literal(1), z.literal(3), z.literal(5)])
      .default(3)
      .describe('edge of the convolution kernels, voxels'),
    convolutionsPerLevel: z.int().min(1).max(4).default(2).describe('convolutions at a level, on the way down and up'),
    normalization: z.enum(['instance', 'group', 'none']).default('instance').describe('what follows a convolution'),
    groups: z.int().min(1).default(4).describe("channel groups that share statistics under 'group' normalization"),
    activation: z.enum(['relu', 'leaky_relu']).default('leaky_relu').describe('what follows the normalization'),
    upsampling: z
      .enum(['nearest', 'linear', 'transposed'])
      .default('transposed')
      .describe('how the grid is doubled on the way up: repeated, interpolated, or by a learned convolution'),
    classes: z.int().min(0).default(4).describe('labels, background included; 0 leaves the label head out'),
    landmarks: z.int().min(0).default(3).describe('heatmaps; 0 leaves the landmark head out')
  })
  .refine(({ normalization, groups, features }) => normalization !== 'group' || features % groups === 0, {
    message: 'must divide the features',
    path: ['groups']
  })

export type NetworkConfiguration = z.infer<typeof networkConfiguration>
/** What a user may write: anything left out has a default. */
export type NetworkConfigurationInput = z.input<typeof networkConfiguration>

import { z } from 'zod'
import type { Vector3 } from '../core/math/vector.ts'

const kernelEdge = z.union([z.literal(1), z.literal(3), z.literal(5), z.literal(7)])
const stride = z.union([z.literal(1), z.literal(2)])

/** The shape of a network: a 3-D U-Net with a label head and a landmark head. */
export const networkConfiguration = z
  .strictObject({
    inputChannels: z.int().min(1).max(64).default(1).describe('channels of the image'),
    levels: z
      .int()
      .min(1)
      // Aborts, as what depends on it counts up to it.
      .max(7, { abort: true })
      .default(4)
      .describe('resolutions; each below the first is coarser than the one above'),
    strides: z
      .array(z.tuple([stride, stride, stride]))
      .optional()
      .describe(
        'for each level below the first, whether it halves the grid (2) or keeps it (1) along i, j and k; all are ' +
          'halved everywhere if left out'
      ),
    features: z.int().min(1).max(1024).default(8).describe('channels at full resolution; doubled at every level below'),
    kernel: z
      .union([kernelEdge, z.tuple([kernelEdge, kernelEdge, kernelEdge])])
      .default(3)
      .describe('edge of the convolution kernels, voxels; three numbers for the edges along i, j and k'),
    dilation: z.int().min(1).max(8).default(1).describe('voxels from one element of a kernel to the next'),
    convolution: z
      .enum(['full', 'depthwise_separable'])
      .default('full')
      .describe(
        'one convolution over space and channels, or one over space for each channel and one over channels for each ' +
          'voxel (Chollet 2017)'
      ),
    convolutionGroups: z
      .int()
      .min(1)
      .default(1)
      .describe('channel groups that are convolved apart from each other (Xie et al. 2017); never those of the image'),
    convolutionsPerLevel: z.int().min(1).max(4).default(2).describe('convolutions at a level, on the way down and up'),
    block: z
      .enum(['plain', 'residual', 'dense'])
      .default('plain')
      .describe(
        "how a level's convolutions are connected: one after the other, with a shortcut around them (He et al. 2016), " +
          'or each to all before it (Huang et al. 2017)'
      ),
    squeezeExcitation: z
      .int()
      .min(0)
      .default(0)
      .describe(
        "each level's channels are weighted by what the whole grid shows (Hu et al. 2018); how many times fewer " +
          'channels decide on the weights, 0 for no such weighting'
      ),
    normalization: z
      .enum(['instance', 'group', 'batch', 'layer', 'none'])
      .default('instance')
      .describe('what follows a convolution'),
    groups: z
      .int()
      .min(1)
      .max(1024)
      .default(4)
      .describe("channel groups that share statistics under 'group' normalization"),
    activation: z
      .enum(['relu', 'leaky_relu', 'prelu', 'elu', 'gelu', 'silu', 'mish'])
      .default('leaky_relu')
      .describe('what follows the normalization'),
    dropout: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe("probability that a channel of a level's result is set to zero in training (Tompson et al. 2015)"),
    downsampling: z
      .enum(['max', 'average', 'strided'])
      .default('max')
      .describe('how the grid is made coarser on the way down: maxima, means, or a learned convolution'),
    upsampling: z
      .enum(['nearest', 'linear', 'transposed', 'resize_convolution'])
      .default('transposed')
      .describe(
        'how the grid is made finer on the way up: repeated, interpolated, by a learned convolution, or repeated and ' +
          'then convolved (Odena et al. 2016)'
      ),
    attentionGates: z
      .boolean()
      .default(false)
      .describe('whether the way up decides which voxels of the way down it takes in (Oktay et al. 2018)'),
    classes: z.int().min(0).max(256).default(4).describe('labels, background included; 0 leaves the label head out'),
    labelHead: z
      .enum(['softmax', 'sigmoid'])
      .default('softmax')
      .describe('whether a voxel has one of the classes, or each class but the background is a question of its own'),
    deepSupervision: z
      .int()
      .min(0)
      .default(0)
      .describe('coarser levels that have a label head of their own in training (Lee et al. 2015), finest first'),
    landmarks: z.int().min(0).max(64).default(3).describe('heatmaps; 0 leaves the landmark head out')
  })
  .refine(({ strides, levels }) => strides === undefined || strides.length === levels - 1, {
    message: 'must be one triple for each level below the first',
    path: ['strides']
  })
  .refine(({ dilation, kernel }) => dilation === 1 || [kernel].flat().some((edge) => edge > 1), {
    message: 'must be 1 for kernels of one voxel',
    path: ['dilation']
  })
  .refine(({ convolutionGroups, features }) => features % convolutionGroups === 0, {
    message: 'must divide the features',
    path: ['convolutionGroups']
  })
  .refine(({ convolutionGroups, convolution }) => convolutionGroups === 1 || convolution === 'full', {
    message: "must be 1 for 'depthwise_separable' convolutions, which treat each channel apart already",
    path: ['convolutionGroups']
  })
  .refine(({ squeezeExcitation, features }) => squeezeExcitation === 0 || features % squeezeExcitation === 0, {
    message: 'must divide the features',
    path: ['squeezeExcitation']
  })
  .refine(({ normalization, groups, features }) => normalization !== 'group' || features % groups === 0, {
    message: 'must divide the features',
    path: ['groups']
  })
  .refine(({ labelHead, classes }) => labelHead === 'softmax' || classes !== 1, {
    message: "must be more than the background for a 'sigmoid' head, or 0 for no label head",
    path: ['classes']
  })
  .refine(({ deepSupervision, classes }) => deepSupervision === 0 || classes > 0, {
    message: 'must be 0 without a label head',
    path: ['deepSupervision']
  })
  .refine(({ deepSupervision, levels }) => deepSupervision === 0 || deepSupervision <= levels - 2, {
    message: 'must be less than the levels below the first: the coarsest has no head',
    path: ['deepSupervision']
  })

export type NetworkConfiguration = z.infer<typeof networkConfiguration>
/** What a user may write: anything left out has a default. */
export type NetworkConfigurationInput = z.input<typeof networkConfiguration>

/** How many times coarser a level is than the one above it, along i, j, k. */
export function strideAt({ strides }: NetworkConfiguration, level: number): Vector3 {
  return strides?.[level - 1] ?? [2, 2, 2]
}

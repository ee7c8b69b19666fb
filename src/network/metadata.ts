import { z } from 'zod'
import { calibration } from './calibration.ts'
import { networkConfiguration } from './configuration.ts'

/** Voxels along an edge of what a network sees at once. */
const gridEdge = z.int().positive().max(1024, { abort: true })

const triple = z.tuple([z.number(), z.number(), z.number()])

/** Roles as otomark 0.1 wrote them into model files and recipes, and what they are called since. */
const formerRoles: Readonly<Record<string, string>> = { finder: 'detector', outliner: 'segmenter' }

/** What a network does: find ears in a scan, or segment and mark one ear. Former names are read. */
export const networkRole = z.preprocess(
  (role) => (typeof role === 'string' ? (formerRoles[role] ?? role) : role),
  z.enum(['detector', 'segmenter'])
)

/** What a model file says about itself. */
export const modelMetadata = z
  .strictObject({
    format: z.literal('otomark-model'),
    version: z.literal(1),
    name: z.string().min(1),
    role: networkRole,
    network: networkConfiguration,
    /** The voxels the network sees. */
    grid: z.strictObject({
      /** Voxels along i, j, k. */
      size: z.tuple([gridEdge, gridEdge, gridEdge]),
      /** Edge of a voxel in mm. */
      spacing: z.number().positive(),
      /** Whose axes the grid follows: the world's (LPS) or the ear's (EarFrame). */
      frame: z.enum(['LPS', 'ear']),
      /** Middle of the grid from the middle of the vestibule, mm along those axes; a detector, which slides, has zeros. */
      center: triple
    }),
    /** Hounsfield units mapped linearly to −1 and 1; clamped outside. */
    window: z.strictObject({ low: z.number(), high: z.number() }).refine(({ low, high }) => low < high, {
      message: 'low must be below high'
    }),
    /** Names of the classes, background first; empty without a label head. */
    labels: z.array(z.string()),
    /** Names of the heatmaps; empty without a landmark head. */
    landmarks: z.array(z.string()),
    /** Standard deviation of a landmark's heatmap in mm. */
    heatmapSigma: z.number().positive(),
    training: z.strictObject({
      /** The configuration the weights were trained with, as text that `otomark train` reads. */
      recipe: z.string(),
      steps: z.int().min(0),
      seed: z.int(),
      /** What it learned from, in words. */
      data: z.string(),
      /** The model whose weights it began with, where it did not begin anew. */
      start: z.strictObject({ file: z.string(), sha256: z.string() }).optional()
    }),
    /** Results on cases the training did not see. */
    metrics: z.record(z.string(), z.number()),
    /** A segmenter's, by `otomark calibrate`; without one, measurements have no intervals. */
    calibration: calibration.optional(),
    /** Version of otomark that wrote the file. */
    software: z.string()
  })
  .refine(({ labels, network }) => labels.length === network.classes, {
    message: "must name each of the network's classes",
    path: ['labels']
  })
  .refine(({ landmarks, network }) => landmarks.length === network.landmarks, {
    message: "must name each of the network's heatmaps",
    path: ['landmarks']
  })

export type ModelMetadata = z.infer<typeof modelMetadata>

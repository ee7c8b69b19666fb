import { z } from 'zod'
import { currentMeasurementId } from '../core/former-ids.ts'
import { flagIds } from '../measure/plausibility/flag.ts'
import { ductResult } from './duct-result.ts'
import { implantResult } from './implant-result.ts'

const vector = z.tuple([z.number(), z.number(), z.number()])
const position = vector.describe('world position in LPS millimetres')
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const probability = z.number().min(0).max(1)
/** Of a landmark. */
const score = z
  .number()
  .min(0)
  .max(1)
  .describe("a score, not a probability: the height of the heatmap's peak × the share of the map that lies near it")

const landmark = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('defined'),
    position,
    voxel: vector.describe('continuous voxel index (i, j, k) in the scan; voxel centres are whole numbers'),
    confidence: score,
    byHand: z.literal(true).optional().describe('a person placed it: its score is none, and stands as 1')
  }),
  z.strictObject({ status: z.literal('undefined'), confidence: score })
])

const measurement = z
  .strictObject({
    id: z.preprocess((id) => (typeof id === 'string' ? currentMeasurementId(id) : id), z.string()),
    name: z.string(),
    unit: z.enum(['mm', 'mm³', '°', 'turns']),
    definition: z.string(),
    formula: z.string().optional(),
    source: z.string(),
    inputs: z.array(z.string()).describe('parts, landmarks or measurements it is computed from'),
    reference: z
      .strictObject({
        mean: z.number(),
        sd: z.number().positive(),
        low: z.number().optional(),
        high: z.number().optional(),
        n: z.int().optional().describe('number of ears'),
        source: z.string()
      })
      .optional()
      .describe('what is known of it in a population'),
    value: z.number().nullable().describe('null where it cannot be measured'),
    reason: z.string().optional().describe('why it cannot be measured'),
    z: z.number().optional().describe('(value − mean) / SD of the reference'),
    uncertainty: z
      .strictObject({ sd: z.number().min(0), low: z.number(), high: z.number(), level: z.literal(0.9) })
      .optional()
      .describe('the truth lies between low and high with probability `level`')
  })
  .describe('one quantity of an ear, its meaning and how far it is to be trusted')

const insertion = z
  .strictObject({
    length: z.number().positive().describe('mm of electrode inside the cochlea, measured from the round window'),
    source: z.string(),
    rows: z.array(
      z.strictObject({
        depth: z.number().describe('mm along the lateral wall from the round window'),
        angle: z.number().describe('° about the modiolar axis from the round window'),
        frequency: z.number().describe('Hz at that place along the organ of Corti')
      })
    )
  })
  .describe('where an electrode along the lateral wall would lie')

const surface = z.strictObject({
  triangles: z.int().min(0),
  closed: z.boolean().describe('every edge lies in exactly two triangles'),
  shells: z.int().min(0).describe('separate closed shells'),
  genus: z.int().nullable().describe('handles of all shells together; null for a surface that is not closed')
})

/** Normals of canals that otomark 0.1 wrote, under the name the superior one has since. */
function withSuperior(normals: unknown): unknown {
  if (typeof normals !== 'object' || normals === null || !('anterior' in normals)) return normals
  const { anterior: superior, ...rest } = normals
  return { superior, ...rest }
}

const ear = z.strictObject({
  side: z.enum(['left', 'right']),
  sideConfidence: probability,
  frame: z
    .strictObject({
      origin: position.describe('about the middle of the vestibule, LPS mm'),
      lateral: vector,
      anterior: vector,
      superior: vector.describe('along the normal of the lateral semicircular canal')
    })
    .describe('where the ear lies and how it is turned; unit vectors in LPS'),
  residual: z.number().min(0).describe('RMS distance of the ear from the mean ear, mm'),
  landmarks: z.strictObject({ helicotrema: landmark, oval_window: landmark, round_window: landmark }),
  volumes: z
    .strictObject({
      cochlea: z.number().min(0),
      vestibule: z.number().min(0),
      semicircular_canals: z.number().min(0),
      labyrinth: z.number().min(0)
    })
    .describe('mm³: sum of the probabilities of voxels × volume of a voxel'),
  surfaces: z
    .strictObject({ labyrinth: surface, cochlea: surface, vestibule: surface, semicircular_canals: surface })
    .describe('topology of the surfaces; a whole labyrinth is one shell of genus 3, a handle for each canal'),
  directions: z
    .strictObject({
      modiolarAxis: vector.nullable().describe("from the cochlea's base to its apex"),
      canalNormals: z
        .preprocess(
          withSuperior,
          z.strictObject({ superior: vector.nullable(), posterior: vector.nullable(), lateral: vector.nullable() })
        )
        .describe('of the planes of the semicircular canals; the lateral one points up, the others laterally')
    })
    .describe('unit vectors in LPS; null where too little is seen'),
  measurements: z.array(measurement),
  duct: ductResult.optional(),
  electrode: insertion.optional(),
  before: z
    .strictObject({
      source: z.string().describe('the scan before surgery, as the user named it'),
      residual: z
        .number()
        .min(0)
        .describe('mm that edges of bone lie apart after registration: 75 % of them do not exceed it'),
      correlation: z.number().describe("of the two scans' values at the edges of bone"),
      matrix: z.array(z.number()).length(9).describe('row-major; rotates places of that scan'),
      offset: vector.describe('mm that are added then, LPS')
    })
    .optional()
    .describe(
      'where the ear was outlined in a scan from before surgery: that, and how its bone was registered to this one'
    ),
  implant: implantResult.optional().describe('absent where no metal lies in the cochlea')
})

const network = z.strictObject({
  name: z.string(),
  file: z.string(),
  sha256,
  trainingSeed: z.int()
})

export const flag = z
  .strictObject({
    id: z.enum([...flagIds, 'before', 'electrode', 'input', 'uncalibrated']),
    severity: z
      .enum(['warning', 'note'])
      .describe('warning: do not use the numbers unseen; note: they may be less exact'),
    side: z.enum(['left', 'right']).optional().describe('the ear it is about; none where it is about the whole scan'),
    text: z.string(),
    place: vector.optional().describe('where it is to be seen, LPS mm'),
    evidence: z
      .record(z.string(), z.number())
      .describe(
        'what it rests on, by name: distances in mm, volumes in mm³, angles in degrees, scores in standard deviations'
      )
  })
  .describe('a doubt about the scan or an ear')

/** The model of a result that otomark 0.1 wrote, under the names its networks have since. */
function upgradeModelNames(model: unknown): unknown {
  if (typeof model !== 'object' || model === null || !('finder' in model && 'outliner' in model)) return model
  const { finder: detector, outliner: segmenter, ...rest } = model
  return { ...rest, detector, segmenter }
}

/** What `result.json` holds. */
export const analysisResult = z
  .strictObject({
    format: z.literal('otomark-result'),
    version: z.literal(1),
    notice: z.string(),
    software: z.strictObject({ name: z.literal('otomark'), version: z.string() }),
    input: z.strictObject({
      source: z.string().describe('the input as the user named it'),
      format: z.enum(['nifti', 'nrrd', 'metaimage', 'dicom']),
      series: z
        .strictObject({ uid: z.string().optional(), number: z.string(), description: z.string().optional() })
        .optional()
        .describe('the DICOM series; UID and description only where they were asked for'),
      identifiers: z
        .record(z.string(), z.string())
        .optional()
        .describe('of patient and study, by DICOM keyword, where they were asked for (--keep-identifiers)'),
      size: vector.describe('voxels along i, j, k'),
      spacing: vector.describe('mm'),
      origin: position.describe('centre of voxel (0, 0, 0), LPS mm'),
      direction: z
        .array(z.number())
        .length(9)
        .describe('row-major; its columns are the directions of i, j and k in LPS')
    }),
    model: z.preprocess(upgradeModelNames, z.strictObject({ detector: network, segmenter: network })),
    threads: z
      .int()
      .positive()
      .optional()
      .describe(
        'that the networks were given, or the processors there were: another number takes sums in another order, which shows in last digits'
      ),
    intervals: z
      .strictObject({
        generatedEars: z.int().positive(),
        labelled: z
          .strictObject({
            ears: z.int().positive(),
            name: z.string(),
            voxelEdge: z.number().positive().optional().describe('longest edge of the voxels of their scans, mm'),
            clinicalVoxelEdge: z
              .number()
              .positive()
              .optional()
              .describe('the same of clinical scans simulated from these, mm')
          })
          .optional()
          .describe('real ears that people labelled, on which intervals were widened until they hold')
      })
      .optional()
      .describe('what the 90 % intervals of measurements were calibrated on; absent where there are none'),
    augmented: z
      .literal(true)
      .optional()
      .describe('outlined from the mean prediction of several views, turned and mirrored'),
    ears: z.array(ear).min(1).max(2),
    flags: z.array(flag).describe('what a reader should know before using the numbers'),
    timings: z.array(z.strictObject({ stage: z.string(), seconds: z.number().min(0) }))
  })
  .describe('Result of one analysis by otomark. All positions are LPS millimetres.')

export type AnalysisResult = z.infer<typeof analysisResult>
export type EarResult = z.infer<typeof ear>
export type LandmarkResult = z.infer<typeof landmark>
export type FlagResult = z.infer<typeof flag>

/** Stands in every result. */
export const notice = 'Research software, not a medical device. Not for diagnosis or treatment.'

/**
 * The JSON Schema of `result.json`, as it lies in the documentation.
 *
 * @example
 * ```ts
 * import { resultSchema } from 'otomark'
 *
 * console.log(JSON.stringify(resultSchema()))
 * ```
 */
export function resultSchema(): object {
  return z.toJSONSchema(analysisResult)
}

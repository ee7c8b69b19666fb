import { z } from 'zod'
import type { EarFinding, Findings } from '../../analyze/findings.ts'
import { GeometryError, InputError } from '../../core/errors.ts'
import { createGeometry, type Geometry, voxelCount } from '../../core/geometry/geometry.ts'
import type { Landmark } from '../../core/landmark.ts'
import { schemaFaults } from '../../core/schema-faults.ts'
import type { Scan, Volume } from '../../core/volume.ts'
import { electrodeArray } from '../../electrode/array.ts'
import type { ElectrodeCorrection } from '../../implant/find/find-in-ears.ts'
import type { DicomOrigin } from '../../io/dicom/origin.ts'
import type { ScanSource } from '../../io/scan-source.ts'
import { calibration } from '../../network/calibration.ts'
import type { ResultModel } from '../create-result.ts'

/** The form in which sessions are kept; another number is another form. */
export const sessionVersion = 1

/** A scan, its findings and a person's corrections: enough to continue without running a network. */
export interface Session {
  /** What the person called the scan. */
  readonly name: string
  readonly scan: Scan
  readonly source: ScanSource
  /** Of a scan from DICOM. */
  readonly origin?: DicomOrigin | undefined
  readonly model: ResultModel
  /** As the networks left it. */
  readonly found: Omit<Findings, 'labels'>
  /** As the person left them, one for each ear that was found. */
  readonly corrected: readonly CorrectedEar[]
  /** What a reader of the result should know of corrections; null without any. */
  readonly note: string | null
  /** The page's own record of every change, by which it makes and takes back changes again. */
  readonly log: readonly unknown[]
  /** `corrections.json`: the record for readers; null where nothing was changed. */
  readonly record: unknown
}

export interface CorrectedEar {
  readonly landmarks: readonly Landmark[]
  /** In a box of the scan's voxels; null where nothing was painted. */
  readonly labels: Volume<Uint8Array> | null
  /** What they said of the electrode array; absent in sessions from before there was that, and where they said nothing. */
  readonly electrode?: ElectrodeCorrection
}

const vector = z.tuple([z.number(), z.number(), z.number()])
const matrix = z.tuple([
  ...[z.number(), z.number(), z.number()],
  ...[z.number(), z.number(), z.number()],
  ...[z.number(), z.number(), z.number()]
] as const)
const share = z.number().min(0).max(1)
const side = z.enum(['left', 'right'])

const geometry = z
  .strictObject({ size: vector, spacing: vector, origin: vector, direction: matrix })
  .transform((parts, context): Geometry => {
    try {
      return createGeometry(parts)
    } catch (error) {
      if (!(error instanceof GeometryError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
      return z.NEVER
    }
  })

const labels = volumeOf(z.instanceof(Uint8Array).refine((data) => data.every((label) => label <= 3)))

const landmarkId = z.enum(['helicotrema', 'oval_window', 'round_window'])
/** A landmark as sessions and their records of corrections hold it. */
export const keptLandmark = z.discriminatedUnion('status', [
  z.strictObject({
    id: landmarkId,
    status: z.literal('defined'),
    position: vector,
    confidence: share,
    byHand: z.literal(true).exactOptional()
  }),
  z.strictObject({ id: landmarkId, status: z.literal('undefined'), confidence: share })
])
const landmarks = z.array(keptLandmark).length(3)

const contact = z.strictObject({
  order: z.int().positive(),
  number: z.int().positive().exactOptional(),
  position: vector,
  confidence: share,
  byHand: z.literal(true).exactOptional(),
  inside: z.strictObject({ angle: z.number(), depth: z.number(), frequency: z.number() }).exactOptional()
})

/** An electrode array with its contacts as sessions and their records of corrections hold it. */
const keptElectrode = z.strictObject({
  status: z.literal('found'),
  array: electrodeArray,
  isGiven: z.boolean(),
  alternatives: z.array(electrodeArray),
  score: share,
  contacts: z.array(contact).min(1).max(64),
  remarks: z.array(z.string()),
  contactRemarks: z.array(z.string())
})

/** What a person said of an electrode array, as sessions and their records of corrections hold it. */
export const keptElectrodeCorrection = z.strictObject({
  array: electrodeArray.nullable(),
  placed: keptElectrode.nullable()
})

const occupancy = z
  .strictObject({ geometry, parts: z.array(z.instanceof(Float32Array)).length(3) })
  .refine(
    ({ geometry: grid, parts }) => parts.every(({ length }) => length === voxelCount(grid)),
    'does not fill its grid'
  )
  .refine(
    ({ parts }) => parts.every((shares) => shares.every((value) => value >= 0 && value <= 1)),
    'holds what is no share'
  )

const view = {
  frame: z.strictObject({ side, origin: vector, direction: matrix }),
  landmarks,
  occupancy,
  voxelEdge: z.number().positive(),
  calibration: calibration.optional()
}

const mesh = z
  .strictObject({
    vertices: z.union([z.instanceof(Float32Array), z.instanceof(Float64Array)]),
    triangles: z.instanceof(Uint32Array)
  })
  .refine(({ vertices, triangles }) => triangles.every((vertex) => vertex < vertices.length / 3))

const ear = z.strictObject({
  ...view,
  side,
  sideConfidence: share,
  residual: z.number(),
  score: z.number(),
  labels,
  before: z
    .strictObject({
      source: z.string(),
      map: z.strictObject({ matrix, offset: vector }),
      residual: z.number(),
      correlation: z.number()
    })
    .exactOptional(),
  repeats: z.array(z.looseObject(view)),
  surfaces: z.strictObject({
    labyrinth: mesh,
    parts: z.strictObject({ cochlea: mesh, vestibule: mesh, semicircular_canals: mesh })
  })
})

const network = z.strictObject({
  source: z.string(),
  sha256: z.string(),
  threads: z.int().positive().exactOptional(),
  metadata: z.strictObject({
    name: z.string(),
    training: z.strictObject({ seed: z.int() }),
    calibration: calibration.exactOptional()
  })
})

type Attributes = { readonly [keyword: string]: string | readonly Attributes[] }
const attributes: z.ZodType<Attributes> = z.lazy(() => z.record(z.string(), z.union([z.string(), z.array(attributes)])))

const origin = z.strictObject({
  seriesUid: z.string(),
  attributes,
  planes: z.array(
    z.strictObject({
      sopClass: z.string(),
      sopInstance: z.string(),
      frame: z.int().positive().exactOptional(),
      columns: z.int().positive(),
      rows: z.int().positive(),
      position: vector,
      rowDirection: vector,
      columnDirection: vector,
      columnSpacing: z.number().positive(),
      rowSpacing: z.number().positive(),
      thickness: z.number().exactOptional()
    })
  )
})

const source = z.strictObject({
  path: z.string(),
  format: z.enum(['nifti', 'nrrd', 'metaimage', 'dicom']),
  series: z
    .strictObject({
      uid: z.string(),
      number: z.string(),
      description: z.string(),
      sliceThickness: z.number().exactOptional(),
      laterality: side.exactOptional()
    })
    .exactOptional(),
  notes: z.array(z.string())
})

const session = z
  .strictObject({
    format: z.literal('otomark-session'),
    version: z.literal(sessionVersion),
    software: z.string(),
    name: z.string(),
    scan: volumeOf(z.union([z.instanceof(Int16Array), z.instanceof(Float32Array)])),
    source,
    origin: origin.exactOptional(),
    model: z.strictObject({ detector: network, segmenter: network }),
    found: z.strictObject({
      ears: z.array(ear).min(1).max(2),
      notes: z.array(z.string()).exactOptional(),
      timings: z.array(z.strictObject({ stage: z.string(), seconds: z.number() }))
    }),
    corrected: z.array(
      z.strictObject({
        landmarks,
        labels: labels.nullable(),
        electrode: keptElectrodeCorrection.exactOptional()
      })
    ),
    note: z.string().nullable(),
    log: z.array(z.unknown()),
    record: z.unknown()
  })
  .refine(({ found, corrected }) => found.ears.length === corrected.length)

/**
 * A session from what was read of it, checked.
 * @param path the file or the place it comes from, for messages
 * @throws InputError if it is no session, is damaged, or was saved by a version of otomark that is not understood
 */
export function parseSession(value: unknown, path: string): Session {
  const parsed = session.safeParse(value)
  if (parsed.success) return parsed.data
  const at = parsed.error.issues[0]?.path ?? []
  const known = at.join() === 'version' || at.join() === 'format'
  const problem = known
    ? 'was saved by a version of otomark that this one does not understand; analyse the scan anew'
    : `is a damaged session (${schemaFaults(session, value)[0]}); analyse the scan anew`
  throw new InputError(path, problem, { cause: parsed.error })
}

function volumeOf<T extends Scan['data'] | Uint8Array>(data: z.ZodType<T>) {
  return z
    .strictObject({ geometry, data })
    .refine(({ geometry: grid, data: voxels }) => voxels.length === voxelCount(grid), 'does not fill its grid')
}

/** What is kept of an ear: all that measuring and correcting it need. */
export function keptEar(found: EarFinding): EarFinding {
  const { side: onSide, sideConfidence, residual, score, labels: outlined, before, repeats, surfaces } = found
  return {
    ...keptView(found),
    side: onSide,
    sideConfidence,
    residual,
    score,
    labels: outlined,
    ...(before !== undefined && { before }),
    repeats: repeats.map(keptView),
    surfaces
  }
}

function keptView({
  frame,
  landmarks: marks,
  occupancy: occupied,
  voxelEdge,
  calibration: fitted
}: EarFinding['repeats'][number]) {
  const { side: onSide, origin: middle, direction } = frame
  return {
    frame: { side: onSide, origin: middle, direction },
    landmarks: marks,
    occupancy: occupied,
    voxelEdge,
    ...(fitted !== undefined && { calibration: fitted })
  }
}

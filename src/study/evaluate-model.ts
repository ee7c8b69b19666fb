import { componentMask, labyrinthComponents, mainComponent } from '../analyze/predict/labyrinth-components.ts'
import { labyrinthProbability, type Prediction } from '../analyze/predict/prediction.ts'
import { readLandmark } from '../analyze/predict/read-out.ts'
import { labelsOnScan, pasteLabels } from '../analyze/segment/labels-on-scan.ts'
import type { CaseFiles } from '../cases/case-files.ts'
import type { FileNote } from '../cases/file-note.ts'
import { findCases } from '../cases/find-cases.ts'
import type { Observation, ObservedEar, OutlinedEar } from '../cases/observed-ear.ts'
import { landmarkKinds, parts } from '../core/anatomy.ts'
import { OtomarkError } from '../core/errors.ts'
import { type Geometry, voxelCount } from '../core/geometry/geometry.ts'
import { resample } from '../core/geometry/resample.ts'
import { createRandom } from '../core/math/random.ts'
import { createVolume, type Scan } from '../core/volume.ts'
import { evaluateCase } from '../evaluate/evaluate-case.ts'
import type { CaseEvaluation } from '../evaluate/evaluation.ts'
import { nameOf } from '../io/file-access.ts'
import { decodeModel } from '../network/model-file.ts'
import { diskFiles } from '../node/file-access.ts'
import { readCase } from '../node/read-case.ts'
import { readBytes } from '../node/read-file.ts'
import type { Runtime, Session } from '../runtime/session.ts'
import { earTruth } from '../train/cases/labelled-ear.ts'
import { applyIntensity, unchanged } from '../train/samples/intensity.ts'
import { samplePlacement } from '../train/samples/placement.ts'
import type { JudgedSet } from './case-sets.ts'
import type { StudySpecification } from './specification.ts'

/** How the cases of a set were done. */
export interface SetEvaluation {
  readonly cases: CaseEvaluation[]
  readonly failed: { readonly id: string; readonly message: string }[]
  /** What to know of how the cases were read. */
  readonly notes: string[]
}

export interface EvaluationOptions {
  /** How far the ear's frame is off. */
  readonly pose: StudySpecification['pose']
  readonly runtime: Runtime
  readonly threads: number
  readonly signal?: AbortSignal
}

/**
 * Evaluates a segmenter without the detector: each ear is predicted once, from its true frame with a random error like that of a
 * detector, the same for every model. Logits are resampled to the scan's grid and compared with the truth there, so that networks
 * on different grids, and those with one head, are comparable. A case that cannot be evaluated is skipped with its reason.
 * @throws the signal's reason when it was stopped
 */
export async function evaluateModel(path: string, set: JudgedSet, options: EvaluationOptions): Promise<SetEvaluation> {
  const bytes = await readBytes(path)
  const { metadata } = decodeModel(bytes, path)
  const { cases, notes } = await findCases(diskFiles, set.folder)
  const session = await options.runtime.open(bytes, { threads: options.threads })
  const all = new Set(notes)
  const result: Omit<SetEvaluation, 'notes'> = { cases: [], failed: [] }
  try {
    for (const [at, one] of cases.entries()) {
      options.signal?.throwIfAborted()
      if (set.cases !== null && !set.cases.includes(one.id)) continue
      try {
        const note: FileNote = (file, text) => all.add(`${one.id}: ${nameOf(file)}: ${text}`)
        result.cases.push(await judgeCase(one, at, session, metadata, options.pose, note))
      } catch (error) {
        if (!(error instanceof OtomarkError)) throw error
        result.failed.push({ id: one.id, message: error.message.replaceAll(set.folder, set.name) })
      }
    }
  } finally {
    await session.release()
  }
  return { ...result, notes: [...all] }
}

type Metadata = ReturnType<typeof decodeModel>['metadata']

async function judgeCase(
  one: CaseFiles,
  at: number,
  session: Session,
  metadata: Metadata,
  pose: StudySpecification['pose'],
  note: FileNote
): Promise<CaseEvaluation> {
  const { scan, truth } = await readCase(one, note)
  const source = one.scan ?? one.id
  const whole = createVolume(scan.geometry, new Uint8Array(scan.data.length))
  const ears: ObservedEar[] = []
  for (const [ear, observed] of truth.ears.entries()) {
    const { frame } = earTruth(knownEar(observed, truth.outlined), source)
    const seen = { name: one.id, scan, labels: null, landmarks: [], frames: [frame] }
    const placement = { frame: 'ear', ...pose, limit: 2.5, wrongSide: 0 } as const
    const geometry = samplePlacement(placement, metadata.grid, seen, createRandom(at, ear))
    const prediction = await predict(session, metadata, scan, geometry)
    if (metadata.network.classes > 0) outline(prediction, whole)
    ears.push({ side: frame.side, place: frame.origin, landmarks: marks(prediction, metadata) })
  }
  const predicted: Observation = { labels: whole, outlined: 'parts', ears, unpredicted: unpredictedBy(metadata) }
  return evaluateCase(one.id, predicted, truth)
}

/** What a network has no head for is not judged; it would count as missed. */
function unpredictedBy({ network }: Metadata): NonNullable<Observation['unpredicted']> {
  const { classes, landmarks } = network
  return [...(classes > 0 ? [] : (['labels'] as const)), ...(landmarks > 0 ? [] : (['landmarks'] as const))]
}

/** An ear outlined as a whole has no centroids of parts: its landmarks alone say how it lies. */
function knownEar(ear: OutlinedEar, outlined: Observation['outlined']): OutlinedEar {
  return outlined === 'labyrinth' ? { ...ear, centroids: new Map() } : ear
}

async function predict(session: Session, metadata: Metadata, scan: Scan, geometry: Geometry): Promise<Prediction> {
  const [width, height, depth] = geometry.size
  const count = voxelCount(geometry)
  // What lies beyond a scan is unknown, as where a scan is analysed: its border is repeated.
  const patch = resample(scan, geometry, 'nearest')
  const image = { dims: [1, 1, depth, height, width], data: applyIntensity(patch, unchanged, metadata.window) }
  const { labels, landmarks } = await session.run({ image })
  const channel = (data: Float32Array, n: number): Float32Array => data.subarray(n * count, (n + 1) * count)
  const logits = (data: Float32Array): Float32Array[] =>
    parts.map(({ label }) => {
      const background = channel(data, 0)
      return channel(data, label).map((value, at) => value - (background[at] as number))
    })
  return {
    geometry,
    logits: labels === undefined ? [] : logits(labels.data),
    heatmaps: landmarks === undefined ? [] : landmarkKinds.map((_, n) => channel(landmarks.data, n))
  }
}

/** Writes the labels of the component the grid was laid around into those of the whole scan. */
function outline(prediction: Prediction, whole: ReturnType<typeof createVolume<Uint8Array>>): void {
  const components = labyrinthComponents(prediction.geometry, labyrinthProbability(prediction))
  const main = mainComponent(components)
  if (main === undefined) return
  const labels = labelsOnScan(prediction, componentMask(components, main), whole.geometry)
  if (labels !== undefined) pasteLabels(whole, labels)
}

/** Landmarks looked for in the whole grid, as a network without a label head must. */
function marks(prediction: Prediction, { heatmapSigma, network }: Metadata): ObservedEar['landmarks'] {
  if (network.landmarks === 0) return []
  const everywhere = new Uint8Array(voxelCount(prediction.geometry)).fill(1)
  return landmarkKinds.map((_, kind) => readLandmark(prediction, kind, heatmapSigma, everywhere))
}

import type { Model, Network } from '../../src/analyze/model.ts'
import { earGrid } from '../../src/analyze/predict/network-input.ts'
import type { Prediction } from '../../src/analyze/predict/prediction.ts'
import { landmarkKinds, parts, type Side } from '../../src/core/anatomy.ts'
import {
  applyAffine,
  containsPoint,
  type Geometry,
  geometryAround,
  indexFromWorld,
  voxelCount
} from '../../src/core/geometry/geometry.ts'
import { smooth } from '../../src/core/image/filter.ts'
import {
  add,
  fromColumns,
  identity3,
  type Matrix3,
  multiply,
  transform,
  type Vector3
} from '../../src/core/math/vector.ts'
import type { Scan } from '../../src/core/volume.ts'
import type { EarFrame } from '../../src/ear/ear-frame.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labelsOf, rasteriseLabyrinth } from '../../src/generate/anatomy/labyrinth.ts'
import type { LabyrinthShape } from '../../src/generate/anatomy/shape.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { meanParameters } from '../../src/generate/sample/shape-parameters.ts'
import { type ModelMetadata, modelMetadata } from '../../src/network/model-file.ts'
import { knownCalibration } from '../support/known-calibration.ts'

/** An ear of known place and shape, which the networks below see without error. */
export interface KnownEar {
  readonly frame: EarFrame
  readonly shape: LabyrinthShape
}

export const meanShape = createShape(meanParameters)

/** A head as most lie in a scanner: x lateral, y anterior, z superior of each ear, in LPS. */
export function uprightFrame(side: Side, origin: Vector3): EarFrame {
  const lateral: Vector3 = side === 'right' ? [-1, 0, 0] : [1, 0, 0]
  return { side, origin, direction: fromColumns(lateral, [0, -1, 0], [0, 0, 1]) }
}

export function turned(frame: EarFrame, rotation: Matrix3): EarFrame {
  return { ...frame, direction: multiply(rotation, frame.direction) }
}

/** The three landmarks in LPS mm, in the order of the anatomy table. */
export function trueLandmarks({ frame, shape }: KnownEar): Vector3[] {
  return [shape.helicotrema, shape.ovalWindow, shape.roundWindow].map((point) =>
    add(frame.origin, transform(frame.direction, point))
  )
}

/** True label numbers on a grid. */
export function trueLabels({ frame, shape }: KnownEar, grid: Geometry): Uint8Array {
  return labelsOf(rasteriseLabyrinth(createCanvas(grid, frame), shape, 1))
}

export const detectorMetadata = metadata('detector', 'LPS', [48, 48, 48], 0.8, [0, 0, 0], 1.6)
export const segmenterMetadata: ModelMetadata = {
  ...metadata('segmenter', 'ear', [56, 64, 64], 0.3, [0, 0, 1], 1),
  calibration: knownCalibration
}

/** Grids as fine as those of the model that comes with otomark; most of an analysis grows with their voxels. */
export const fineGrids = { detector: detectorMetadata, segmenter: segmenterMetadata }

/** An ear on these is found as well, and its outline is some percent off. */
const coarseGrids: typeof fineGrids = {
  detector: metadata('detector', 'LPS', [40, 40, 40], 1, [0, 0, 0], 1.6),
  segmenter: { ...metadata('segmenter', 'ear', [42, 48, 48], 0.4, [0, 0, 1], 1), calibration: knownCalibration }
}

/** A model whose networks predict the ground truth of the given ears, and nothing else. */
export function groundTruthModel(
  ears: readonly KnownEar[],
  {
    seenByDetector = ears,
    grids = coarseGrids
  }: { seenByDetector?: readonly KnownEar[]; grids?: typeof fineGrids } = {}
): Model {
  return {
    detector: knowingNetwork(grids.detector, seenByDetector),
    segmenter: knowingNetwork(grids.segmenter, ears)
  }
}

export function knowingNetwork(description: ModelMetadata, ears: readonly KnownEar[]): Network {
  return {
    source: `${description.role}.onnx`,
    sha256: (description.role === 'detector' ? 'f' : '0').repeat(64),
    metadata: description,
    predict: async ({ geometry }) => knownPrediction(geometry, ears, description.heatmapSigma),
    close: async () => {}
  }
}

/** What the segmenter predicts of an ear in its own frame. */
export function segmenterPrediction(ear: KnownEar): Promise<Prediction> {
  const network = knowingNetwork(segmenterMetadata, [ear])
  const geometry = earGrid(network, ear.frame)
  return network.predict({ geometry, data: new Float32Array(voxelCount(geometry)) })
}

/** The inside and the bone of labels in these greys, blurred by an SD in voxels. */
export function scanOfLabels(
  labels: Uint8Array,
  geometry: Geometry,
  { inside, bone, sd }: { readonly inside: number; readonly bone: number; readonly sd: number }
): Scan {
  const sharp = Float32Array.from(labels, (label) => (label === 0 ? bone : inside))
  return { geometry, data: smooth(sharp, geometry.size, [sd, sd, sd]) }
}

/** A mask that leaves nothing out. */
export function everywhere(geometry: Geometry): Uint8Array {
  return new Uint8Array(voxelCount(geometry)).fill(1)
}

/** A scan of solid bone: the ground-truth networks need no more. */
export function boneScan(center: Vector3, size: Vector3, spacing: Vector3, direction: Matrix3 = identity3): Scan {
  const geometry = geometryAround(center, size, spacing, direction)
  return { geometry, data: new Int16Array(voxelCount(geometry)).fill(1000) }
}

function knownPrediction(geometry: Geometry, ears: readonly KnownEar[], sigma: number): Prediction {
  const logits = parts.map(() => new Float32Array(voxelCount(geometry)).fill(-10))
  const heatmaps = landmarkKinds.map(() => new Float32Array(voxelCount(geometry)))
  for (const ear of ears) {
    if (!reaches(geometry, ear)) continue
    const field = rasteriseLabyrinth(createCanvas(geometry, ear.frame), ear.shape, 1)
    // The vestibule takes what its bodies cover, as in the true labels.
    const fields = [field.cochlea, field.vestibule, field.canals]
    fields.forEach((distances, part) => {
      const target = logits[part] as Float32Array
      for (let at = 0; at < target.length; at++) {
        const covered = part !== 1 && (field.vestibule[at] as number) <= 0
        const distance = covered ? 1 : (distances[at] as number)
        target[at] = Math.max(target[at] as number, distance >= 1 ? -10 : -10 * distance)
      }
    })
    trueLandmarks(ear).forEach((place, kind) => {
      addGaussian(heatmaps[kind] as Float32Array, geometry, place, sigma)
    })
  }
  return { geometry, logits, heatmaps }
}

function reaches(geometry: Geometry, { frame }: KnownEar): boolean {
  const wide = geometryAround(
    applyAffine({ matrix: identity3, offset: [0, 0, 0] }, middleOf(geometry)),
    [geometry.size[0] + 60, geometry.size[1] + 60, geometry.size[2] + 60],
    geometry.spacing,
    geometry.direction
  )
  return containsPoint(wide, frame.origin)
}

function middleOf({ origin, direction, size, spacing }: Geometry): Vector3 {
  const half = size.map((n, axis) => ((n - 1) / 2) * (spacing[axis] as number)) as unknown as Vector3
  return add(origin, transform(direction, half))
}

function addGaussian(target: Float32Array, geometry: Geometry, place: Vector3, sigma: number): void {
  const [nx, ny, nz] = geometry.size
  const peak = applyAffine(indexFromWorld(geometry), place)
  const along = (count: number, axis: 0 | 1 | 2): number[] =>
    Array.from({ length: count }, (_, at) =>
      Math.exp(-0.5 * (((at - peak[axis]) * geometry.spacing[axis]) / sigma) ** 2)
    )
  const [x, y, z] = [along(nx, 0), along(ny, 1), along(nz, 2)]
  let at = 0
  for (const deep of z)
    for (const high of y) for (const wide of x) target[at] = (target[at++] as number) + deep * high * wide
}

function metadata(
  role: ModelMetadata['role'],
  frame: ModelMetadata['grid']['frame'],
  size: [number, number, number],
  spacing: number,
  center: [number, number, number],
  heatmapSigma: number
): ModelMetadata {
  return modelMetadata.parse({
    format: 'otomark-model',
    version: 1,
    name: `analytic ${role}`,
    role,
    network: {},
    grid: { size, spacing, frame, center },
    window: { low: -1000, high: 3000 },
    labels: ['background', ...parts.map(({ id }) => id)],
    landmarks: landmarkKinds.map(({ id }) => id),
    heatmapSigma,
    training: { recipe: '{}', steps: 0, seed: 7, data: 'none' },
    metrics: {},
    software: '0.0.0'
  })
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/analyze/analyze.ts'
import type { EarFinding, Findings } from '../../src/analyze/findings.ts'
import { NoEarError, ResourceError, UsageError } from '../../src/core/errors.ts'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { createRandom, randomRotation } from '../../src/core/math/random.ts'
import { distance, multiply, type Vector3 } from '../../src/core/math/vector.ts'
import { meshVolume } from '../../src/core/mesh/mesh.ts'
import type { ProgressEvent } from '../../src/core/progress.ts'
import type { Scan } from '../../src/core/volume.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { sampleShapeParameters } from '../../src/generate/sample/shape-parameters.ts'
import {
  boneScan,
  fineGrids,
  groundTruthModel,
  type KnownEar,
  meanShape,
  trueLabels,
  trueLandmarks,
  turned,
  uprightFrame
} from './analytic-network.ts'

describe('analyze', () => {
  it('determines the side, marks and segments an ear of any shape and orientation in any grid', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 10_000 }), fc.boolean(), async (seed, left) => {
        const random = createRandom(seed)
        const origin: Vector3 = [random.uniform(-60, 60), random.uniform(-60, 60), random.uniform(-60, 60)]
        const frame = turned(uprightFrame(left ? 'left' : 'right', origin), randomRotation(random))
        const ear = { frame, shape: createShape(sampleShapeParameters(random)) }
        const flip = random.pick([1, -1])
        const direction = multiply(randomRotation(random), [flip, 0, 0, 0, 1, 0, 0, 0, 1])
        const spacing: Vector3 = [random.uniform(0.2, 0.5), random.uniform(0.2, 0.25), random.uniform(0.4, 0.7)]
        const size = spacing.map((mm) => Math.round(30 / mm)) as unknown as Vector3
        const center: Vector3 = [origin[0] + random.uniform(-2, 2), origin[1], origin[2] + random.uniform(-2, 2)]
        const scan = boneScan(center, size, spacing, direction)
        const findings = await analyze(scan, groundTruthModel([ear], { grids: fineGrids }))
        expectFound(findings, scan, [ear])
      }),
      { numRuns: 3 }
    )
  })

  it('finds a right and a left ear in a scan of a whole head', async () => {
    const ears = [
      { frame: uprightFrame('right', [-41, 3, 5]), shape: meanShape },
      { frame: uprightFrame('left', [40, 1, 4]), shape: meanShape }
    ]
    const scan = boneScan([0, 0, 0], [160, 64, 64], [0.75, 0.75, 0.75])
    const findings = await analyze(scan, groundTruthModel(ears, { grids: fineGrids }))
    expectFound(findings, scan, ears)
    expect(findings.timings.map(({ stage }) => stage)).toEqual(['detect', 'segment', 'augment', 'refine'])
  })

  it('follows the segmenter where the detector took a right ear for a left one', async () => {
    const ear = { frame: uprightFrame('right', [3, 2, 1]), shape: meanShape }
    const mistaken = { frame: uprightFrame('left', [3, 2, 1]), shape: meanShape }
    const scan = boneScan([0, 0, 0], [120, 120, 120], [0.25, 0.25, 0.25])
    const model = groundTruthModel([ear], { seenByDetector: [mistaken], grids: fineGrids })
    expectFound(await analyze(scan, model), scan, [ear])
  })

  it('finds nothing where there is nothing, and where there is no bone', async () => {
    const scan = boneScan([0, 0, 0], [60, 60, 60], [0.6, 0.6, 0.6])
    expect((await analyze(scan, groundTruthModel([]))).ears).toEqual([])
    const ear = { frame: uprightFrame('right', [0, 0, 0]), shape: meanShape }
    const water = { ...scan, data: scan.data.map(() => -1) }
    const findings = await analyze(water, groundTruthModel([ear]))
    expect(findings.ears).toEqual([])
    expect(findings.labels.data.some((label) => label !== 0)).toBe(false)
  })

  it('finds an ear that the field of view cuts, and reports what lies outside as not found', async () => {
    const ear = { frame: uprightFrame('right', [0, 0, 0]), shape: meanShape }
    // Ends 4 mm anterior of the vestibule: the apex of the cochlea lies 6 mm anterior.
    const scan = boneScan([0, 11, 0], [120, 120, 120], [0.25, 0.25, 0.25])
    const { ears } = await analyze(scan, groundTruthModel([ear]))
    expect(ears.map(({ side }) => side)).toEqual(['right'])
    expect(ears[0]?.landmarks.map(({ status }) => status)).toEqual(['undefined', 'defined', 'defined'])
  })

  it('refuses slices that are too thick, fields of view that are too small, and scans of a whole body', async () => {
    const thick = boneScan([0, 0, 0], [64, 64, 28], [0.5, 0.5, 4])
    await expect(analyze(thick, groundTruthModel([]))).rejects.toThrow(NoEarError)
    await expect(analyze(thick, groundTruthModel([]))).rejects.toThrow(/4\.00 mm apart, too coarse/)
    const tiny = boneScan([0, 0, 0], [20, 20, 20], [0.3, 0.3, 0.3])
    await expect(analyze(tiny, groundTruthModel([]))).rejects.toThrow(/only 6 × 6 × 6 mm/)
    const body = boneScan([0, 0, 0], [180, 150, 350], [2, 2, 2])
    await expect(analyze(withNoise(body), groundTruthModel([]))).rejects.toThrow(ResourceError)
  })

  it('stops when its signal is aborted and says how far it has come', async () => {
    const scan = boneScan([0, 0, 0], [180, 100, 100], [0.6, 0.6, 0.6])
    const controller = new AbortController()
    const shares: number[] = []
    const progress = ({ done, total }: { done: number; total: number }): void => {
      shares.push(done / total)
      if (done === 3) controller.abort(new Error('enough'))
    }
    await expect(analyze(scan, groundTruthModel([]), { progress, signal: controller.signal })).rejects.toThrow('enough')
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.length).toBe(4)
  })

  it('says whether outlines are the mean of several views, and refuses that mean without the views', async () => {
    const water = { ...boneScan([0, 0, 0], [50, 50, 50], [0.6, 0.6, 0.6]), data: new Int16Array(50 ** 3).fill(-1) }
    const model = groundTruthModel([])
    expect(await analyze(water, model)).not.toHaveProperty('augmented')
    expect(await analyze(water, model, { augmentOutlines: true })).toMatchObject({ augmented: true })
    expect(await analyze(water, model, { augment: true })).toMatchObject({ augmented: true })
    const without = { augmentOutlines: true, augmentTestTime: false }
    await expect(analyze(water, model, without)).rejects.toThrow(UsageError)
  })

  it('stops also before there is anything to do, and during the last ear', async () => {
    const water = { ...boneScan([0, 0, 0], [50, 50, 50], [0.6, 0.6, 0.6]), data: new Int16Array(50 ** 3).fill(-1) }
    const stopped = AbortSignal.abort(new Error('enough'))
    await expect(analyze(water, groundTruthModel([]), { signal: stopped })).rejects.toThrow('enough')

    const ear = { frame: uprightFrame('right', [0, 0, 0]), shape: meanShape }
    const scan = boneScan([0, 0, 0], [60, 60, 60], [0.6, 0.6, 0.6])
    const controller = new AbortController()
    const progress = ({ stage, done, total }: ProgressEvent): void => {
      if (stage === 'segmenting ears' && done === total) controller.abort(new Error('enough'))
    }
    await expect(analyze(scan, groundTruthModel([ear]), { progress, signal: controller.signal })).rejects.toThrow(
      'enough'
    )
  })
})

/** No padding: what repeats itself exactly is taken for what was not recorded. */
function withNoise({ geometry, data }: Scan): Scan {
  return { geometry, data: data.map((value, at) => value + (at % 7) + (at % 11)) }
}

function expectFound(findings: Findings, scan: Scan, ears: readonly KnownEar[]): void {
  expect(findings.ears.map(({ side }) => side).sort()).toEqual(ears.map(({ frame }) => frame.side).sort())
  expect(findings.labels.geometry).toBe(scan.geometry)
  const expected = new Uint8Array(findings.labels.data.length)
  for (const ear of ears) {
    const found = findings.ears.find(({ side }) => side === ear.frame.side) as EarFinding
    trueLandmarks(ear).forEach((truth, n) => {
      const landmark = found.landmarks[n]
      expect(landmark?.status === 'defined' ? distance(landmark.position, truth) : Infinity).toBeLessThan(0.1)
      expect(landmark?.confidence).toBeGreaterThan(0.8)
    })
    expect(found.sideConfidence).toBeGreaterThan(0.7)
    const volume = trueVolume(ear)
    expect(Math.abs(meshVolume(found.surfaces.labyrinth) / volume - 1)).toBeLessThan(0.05)
    for (const [at, label] of trueLabels(ear, scan.geometry).entries()) if (label !== 0) expected[at] = label
  }
  expect(dice(findings.labels.data, expected)).toBeGreaterThan(0.93)
}

/** Volume of the labyrinth in mm³ on a grid of 0.2 mm. */
function trueVolume(ear: KnownEar): number {
  const grid = geometryAround(ear.frame.origin, [90, 100, 100], [0.2, 0.2, 0.2], ear.frame.direction)
  return trueLabels(ear, grid).reduce((count, label) => count + (label === 0 ? 0 : 1), 0) * 0.2 ** 3
}

/** Overlap of the labelled voxels that carry the same label in both. */
function dice(a: Uint8Array, b: Uint8Array): number {
  let [same, all] = [0, 0]
  for (const [at, label] of a.entries()) {
    all += (label === 0 ? 0 : 1) + (b[at] === 0 ? 0 : 1)
    if (label !== 0 && label === b[at]) same++
  }
  return (2 * same) / all
}

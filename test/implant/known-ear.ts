import { occupancyOfLabels } from '../../src/analyze/segment/occupancy.ts'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { identity3 } from '../../src/core/math/vector.ts'
import type { Volume } from '../../src/core/volume.ts'
import type { EarFrame } from '../../src/ear/ear-frame.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labelsOf, rasteriseLabyrinth } from '../../src/generate/anatomy/labyrinth.ts'
import type { LabyrinthShape } from '../../src/generate/anatomy/shape.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { meanParameters } from '../../src/generate/sample/shape-parameters.ts'
import type { MeasuredEar } from '../../src/measure/measured-ear.ts'
import { knownCalibration } from '../support/known-calibration.ts'

export const meanLabyrinth = createShape(meanParameters)
export const rightFrame: EarFrame = { side: 'right', origin: [0, 0, 0], direction: identity3 }
export const leftFrame: EarFrame = { side: 'left', origin: [0, 0, 0], direction: [-1, 0, 0, 0, 1, 0, 0, 0, 1] }

/** An ear's true labels on a grid of 0.3 mm about the world's origin. */
export function trueLabels(frame: EarFrame = rightFrame, shape: LabyrinthShape = meanLabyrinth): Volume<Uint8Array> {
  const geometry = geometryAround([0, 0, 0], [80, 80, 80], [0.3, 0.3, 0.3], identity3)
  return { geometry, data: labelsOf(rasteriseLabyrinth(createCanvas(geometry, frame), shape, 0.7)) }
}

/** An ear as its true labels and landmarks have it. */
export function trueEar(frame: EarFrame = rightFrame, shape: LabyrinthShape = meanLabyrinth): MeasuredEar {
  const sign = frame.side === 'left' ? -1 : 1
  const landmarks = [
    { id: 'helicotrema' as const, place: shape.helicotrema },
    { id: 'oval_window' as const, place: shape.ovalWindow },
    { id: 'round_window' as const, place: shape.roundWindow }
  ].map(({ id, place: [x, y, z] }) => ({
    id,
    position: [sign * x, y, z] as const,
    status: 'defined' as const,
    confidence: 1
  }))
  const occupancy = occupancyOfLabels(trueLabels(frame, shape))
  return { frame, landmarks, occupancy, calibration: knownCalibration, voxelEdge: 0.3 }
}

import { expect, it } from 'vitest'
import { parts } from '../../src/core/anatomy.ts'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { addVoxel, centroidOf, noVoxels, volumeOf } from '../../src/core/image/moments.ts'
import { distance, identity3 } from '../../src/core/math/vector.ts'
import type { EarFrame } from '../../src/ear/ear-frame.ts'
import { meanEar } from '../../src/ear/mean-ear.ts'
import { meanShape, trueLabels } from '../analyze/analytic-network.ts'

it('holds the landmarks and part centroids of the generator at the mean of the population', () => {
  const frame: EarFrame = { side: 'right', origin: [0, 0, 0], direction: identity3 }
  const grid = geometryAround([0, -0.5, 1], [75, 85, 80], [0.2, 0.2, 0.2], identity3)
  const moments = [0, ...parts].map(noVoxels)
  trueLabels({ frame, shape: meanShape }, grid).forEach((label, at) => {
    addVoxel(moments[label] ?? noVoxels(), grid.size, at, 1)
  })
  let labyrinth = 0
  for (const { id, label } of parts) {
    const part = moments[label] ?? noVoxels()
    labyrinth += volumeOf(part, grid)
    expect(distance(centroidOf(part, grid), meanEar[id])).toBeLessThan(0.03)
  }
  // Whole labyrinth 187 ± 24 mm³ (71 real ears).
  expect(labyrinth).toBeGreaterThan(175)
  expect(labyrinth).toBeLessThan(200)
  expect(distance(meanShape.helicotrema, meanEar.helicotrema)).toBeLessThan(1e-3)
  expect(distance(meanShape.ovalWindow, meanEar.oval_window)).toBeLessThan(1e-3)
  expect(distance(meanShape.roundWindow, meanEar.round_window)).toBeLessThan(1e-3)
})

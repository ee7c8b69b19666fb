/**
 * The points of src/ear/mean-ear.json: `npx tsx studies/population/mean-ear.ts` prints the landmarks of the generator's mean
 * labyrinth, and the centroids of its parts on a grid of 0.1 mm, in the frame of a right ear, mm. The cochlea's is that of its
 * turns, without the hollow under the cupula.
 */
import { type PartId, parts } from '../../src/core/anatomy.ts'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { addVoxel, centroidOf, noVoxels } from '../../src/core/image/moments.ts'
import { identity3, type Vector3 } from '../../src/core/math/vector.ts'
import type { EarPointId } from '../../src/ear/mean-ear.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labelsOf, rasteriseLabyrinth } from '../../src/generate/anatomy/labyrinth.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { meanParameters } from '../../src/generate/sample/shape-parameters.ts'

const edge = 0.1
const grid = geometryAround([0, -0.4, 1.1], [200, 220, 210], [edge, edge, edge], identity3)
const shape = createShape(meanParameters)
const { cupula: _, ...turns } = shape
const canvas = createCanvas(grid, { origin: [0, 0, 0], direction: identity3 })
const labels = labelsOf(rasteriseLabyrinth(canvas, turns, 0.65))

const points: Record<EarPointId, Vector3> = {
  helicotrema: shape.helicotrema,
  oval_window: shape.ovalWindow,
  round_window: shape.roundWindow,
  cochlea: centroid('cochlea'),
  vestibule: centroid('vestibule'),
  semicircular_canals: centroid('semicircular_canals')
}
for (const [id, point] of Object.entries(points)) {
  process.stdout.write(`"${id}": [${point.map((mm) => Number(mm.toFixed(3))).join(', ')}]\n`)
}

function centroid(id: PartId): Vector3 {
  const { label } = parts.find((part) => part.id === id) as (typeof parts)[number]
  const moments = noVoxels()
  for (let at = 0; at < labels.length; at++) if (labels[at] === label) addVoxel(moments, grid.size, at, 1)
  return centroidOf(moments, grid)
}

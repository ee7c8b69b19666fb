/**
 * How near the generator can come to real labyrinths: `npx tsx studies/shape-coverage/cover.ts FOLDER`. Its parameters
 * are fitted to each real surface; then distances are measured both ways.
 */
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { mean } from '../../src/core/math/mean.ts'
import { median, quantile } from '../../src/core/math/quantile.ts'
import { add, identity3, transform, type Vector3 } from '../../src/core/math/vector.ts'
import { surfaceNets } from '../../src/core/mesh/surface-nets.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { type LabyrinthDistance, labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { rasteriseLabyrinth } from '../../src/generate/anatomy/labyrinth.ts'
import type { LabyrinthShape } from '../../src/generate/anatomy/shape.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { fitShape } from './fit-shape.ts'
import { type RealSurface, readRealSurfaces } from './real-surfaces.ts'

const parts = ['cochlea', 'vestibule', 'canals'] as const

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('give the folder that holds labyrinth-meshes and temporal-bones')
console.log(
  `| surface | to the generator, mm | 95 %, mm | back, mm | ${parts.join(', mm | ')}, mm | farthest mode, SD |`
)
console.log(`|---|---|---|---|${parts.map(() => '---').join('|')}|---|`)
const means = (await readRealSurfaces(folder)).map(cover)
console.log(`Median ${median(means).toFixed(3)} mm, worst ${Math.max(...means).toFixed(3)} mm`)

/** Fits one surface and prints its row; returns the mean distance of its points to the generator's surface, mm. */
function cover({ name, points }: RealSurface): number {
  const { parameters, rotation, shift } = fitShape(points)
  const shape = createShape(parameters)
  const placed = points.map((point) => add(transform(rotation, point), shift))
  const distances = placed.map((point) => labyrinthDistance(shape, point, 3))
  const away = distances.map(({ whole }) => Math.abs(whole))
  const byPart = parts.map((part) =>
    mean(away.filter((_, n) => nearestPart(distances[n] as LabyrinthDistance) === part))
  )
  const back = mean(surfacePoints(shape).map((point) => nearest(point, placed)))
  const farthest = Math.max(...parameters.modes.map(Math.abs))
  const cells = [mean(away), quantile(away, 0.95), back, ...byPart].map((mm) => mm.toFixed(3))
  console.log(`| ${name} | ${cells.join(' | ')} | ${farthest.toFixed(1)} |`)
  return mean(away)
}

function nearestPart(distance: LabyrinthDistance): (typeof parts)[number] {
  return parts.reduce((best, part) => (distance[part] < distance[best] ? part : best))
}

/** Points of the shape's surface in the ear frame, mm, about 0.2 mm apart. */
function surfacePoints(shape: LabyrinthShape): Vector3[] {
  const geometry = geometryAround([1, 0, 1], [90, 110, 90], [0.2, 0.2, 0.2], identity3)
  const canvas = createCanvas(geometry, { origin: [0, 0, 0], direction: identity3 })
  const data = rasteriseLabyrinth(canvas, shape, 1).whole.map((mm) => -mm)
  const { vertices } = surfaceNets({ geometry, data }, 0)
  return Array.from(
    { length: vertices.length / 3 },
    (_, n) => [...vertices.slice(3 * n, 3 * n + 3)] as unknown as Vector3
  )
}

/** Distance to the nearest of the points: at most half their spacing more than to the surface they lie on. */
function nearest([x, y, z]: Vector3, points: readonly Vector3[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const [px, py, pz] of points) least = Math.min(least, (px - x) ** 2 + (py - y) ** 2 + (pz - z) ** 2)
  return Math.sqrt(least)
}

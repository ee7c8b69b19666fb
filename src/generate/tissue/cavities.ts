import type { Random } from '../../core/random.ts'
import { add, scale, type Vector3 } from '../../core/vector.ts'
import { blend, forEachVoxel } from '../canvas.ts'
import { cone, ellipsoid, type Solid, union, widen } from './primitives.ts'
import type { Scene } from './scene.ts'

/** Outward directions of the window niches in the ear frame (population means). */
const ovalWindowNormal: Vector3 = [0.83, 0.01, -0.55]
const roundWindowNormal: Vector3 = [0.45, -0.75, -0.48]

/**
 * Air: tympanic cavity, attic and antrum, ear canal, the niches of both windows, and mastoid cells from none to a
 * honeycomb that may reach the petrous apex.
 */
export function paintCavities(scene: Scene): void {
  const { densities, random } = scene
  paintCells(scene)
  const drum = random.uniform(5.5, 8)
  paintSolid(scene, union(tympanum(random)), densities.cavity, random.uniform(0.5, 1.3), 0.8)
  const outerEnd = jitter(random, [26, -9, -13], 2.5)
  paintSolid(
    scene,
    cone(jitter(random, [drum + 1, 1, -5], 1), outerEnd, random.uniform(2.5, 4.5), random.uniform(3, 5)),
    random.chance(0.1) ? densities.soft : densities.air,
    2,
    0.5
  )
  for (const [window, normal] of [
    [scene.shape.ovalWindow, ovalWindowNormal],
    [scene.shape.roundWindow, roundWindowNormal]
  ] as const) {
    const inner = add(window, scale(normal, random.uniform(0.5, 0.9)))
    const outer = add(window, scale(normal, random.uniform(2.5, 4.5)))
    const filled = random.chance(0.15) ? densities.soft : densities.cavity
    paintSolid(scene, cone(inner, outer, random.uniform(0.4, 0.9), random.uniform(0.7, 1.4)), filled, 0.1, 0.15)
  }
}

function tympanum(random: Random): Solid[] {
  const width = random.uniform(0.8, 1.3)
  const at = (center: Vector3, semi: Vector3): Solid => ellipsoid(jitter(random, center, 0.8), scale(semi, width))
  return [
    at([4.5, 3.5, -4], [2.4, 5.5, 4.5]),
    at([5, 6, -7], [2.6, 3.5, 3.5]),
    at([7.5, 2.5, 0.5], [2.6, 3.6, 3]),
    cone(
      jitter(random, [7.5, 1, 1], 0.7),
      jitter(random, [10, -8, 3], 1.5),
      random.uniform(1.2, 2.5),
      random.uniform(2, 5)
    )
  ]
}

/** Air cells: the ridges of a random texture thin out into walls between them. */
function paintCells(scene: Scene): void {
  const { canvas, field, toLabyrinth, densities, random, texture } = scene
  const pneumatization = random.uniform(-0.5, 1.25)
  const wall = random.uniform(0.1, 0.35)
  const keepAway = random.uniform(0.8, 2.4)
  const petrousApex = random.chance(0.25) ? random.uniform(0, 0.8) : -1
  const hypotympanum = random.chance(0.5) ? random.uniform(0, 0.7) : -1
  if (pneumatization <= 0 && petrousApex <= 0 && hypotympanum <= 0) return
  const cells = scene.random.chance(0.5) ? texture.medium : mixed(texture.medium, texture.fine)
  const solidAt = (x: number, y: number, z: number): number => {
    const mastoid = pneumatization - Math.hypot((x - 13) / 12, (y + 9) / 12, (z + 1) / 12)
    const apex = petrousApex - Math.hypot((x + 12) / 7, (y - 6) / 7, (z + 1) / 7)
    const hypo = hypotympanum - Math.hypot((x - 3) / 7, (y - 1) / 8, (z + 12) / 5)
    return Math.max(mastoid, apex, hypo)
  }
  forEachVoxel(canvas, null, (voxel, x, y, z) => {
    if ((field[voxel] as number) < 200) return
    const inside = solidAt(x, y, z)
    if (inside <= 0) return
    const clear = (toLabyrinth[voxel] as number) - keepAway
    if (clear <= 0) return
    const thickness = Math.abs(cells[voxel] as number) - wall / Math.min(1, 0.3 + inside)
    blend(canvas, field, voxel, -Math.min(thickness * 1.5, clear), densities.cells)
  })
}

function mixed(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, n) => 0.7 * value + 0.7 * (b[n] as number))
}

/** Paints a solid with a wavy wall, leaving at least `shell` mm around the labyrinth. */
export function paintSolid(scene: Scene, solid: Solid, value: number, shell: number, waviness: number): void {
  const { canvas, field, toLabyrinth, texture } = scene
  forEachVoxel(canvas, widen(solid.box, 2 * waviness + canvas.edge), (voxel, x, y, z) => {
    const wavy = solid.distance(x, y, z) + waviness * (texture.medium[voxel] as number)
    blend(canvas, field, voxel, Math.max(wavy, shell - (toLabyrinth[voxel] as number)), value)
  })
}

export function jitter(random: Random, point: Vector3, sd: number): Vector3 {
  return [
    random.clippedNormal(point[0], sd, 2),
    random.clippedNormal(point[1], sd, 2),
    random.clippedNormal(point[2], sd, 2)
  ]
}

import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { type Canvas, forEachVoxel } from '../canvas.ts'
import { type SolidShape, widen } from '../tissue/primitives.ts'
import { sampledUnion } from './sampled-union.ts'
import { densityOf, type TissueName, type Tissues } from './tissues.ts'
import { groupsOf, type Union, unionOf } from './union.ts'

/** A tissue that begins at a depth (mm) beneath an organ's surface; a negative depth lies outside of it. */
export interface Layer {
  readonly tissue: TissueName
  readonly depth: number
}

/** Something in a body: solids, here in the body's frame, and the layers they are made of, from the outside in. */
export interface Organ {
  readonly name: string
  readonly shapes: readonly SolidShape[]
  readonly layers: readonly Layer[]
  /** How far its surface strays from the shapes, mm for each unit of the coarse texture. */
  readonly waviness: number
}

/** What the rasterisers of a body share. */
export interface BodyScene {
  readonly canvas: Canvas
  /** Hounsfield units, rasterised over each other from the outside in. */
  readonly field: Float32Array
  readonly tissues: Tissues
  readonly texture: { readonly coarse: Float32Array; readonly fine: Float32Array }
}

/** An organ of one tissue. */
export function solid(name: string, tissue: TissueName, shapes: readonly SolidShape[], waviness = 0): Organ {
  return { name, shapes, layers: [{ tissue, depth: 0 }], waviness }
}

/** A bone: marrow in cortex of a thickness (mm). */
export function bone(name: string, cortex: number, shapes: readonly SolidShape[], waviness = 0.5): Organ {
  const layers: Layer[] = [
    { tissue: 'cortex', depth: 0 },
    { tissue: 'marrow', depth: cortex }
  ]
  return { name, shapes, layers, waviness }
}

/** A hollow in bone, with a wall of a thickness (mm) around it. */
export function hollow(
  name: string,
  tissue: TissueName,
  wall: number,
  shapes: readonly SolidShape[],
  waviness = 0.8
): Organ {
  const layers: Layer[] = [
    { tissue: 'cortex', depth: -wall },
    { tissue, depth: 0 }
  ]
  return { name, shapes, layers, waviness }
}

export function rasteriseOrgan(scene: BodyScene, organ: Organ): void {
  const { layers, waviness, shapes } = organ
  const border = Math.max(0, ...layers.map(({ depth }) => -depth)) + 2 * waviness + scene.canvas.edge
  for (const group of groupsOf(shapes, 2 * border)) rasteriseGroup(scene, organ, group, border)
}

function rasteriseGroup(
  { canvas, field, tissues, texture }: BodyScene,
  { layers, waviness }: Organ,
  shapes: readonly SolidShape[],
  border: number
): void {
  const { edge } = canvas
  const shape = distanceOf(shapes, border)
  forEachVoxel(canvas, widen(shape.box, border), (voxel, x, y, z) => {
    const distance = shape.distance(x, y, z) + waviness * (texture.coarse[voxel] as number)
    let value = field[voxel] as number
    for (const { tissue, depth } of layers) {
      const share = Math.min(1, 0.5 - (distance + depth) / edge)
      if (share <= 0) break
      value += share * (densityOf(tissues, tissue, texture.fine[voxel] as number) - value)
    }
    field[voxel] = value
  })
}

/** Organs of several shapes, none of them thinner than this (mm), are rasterised from a lattice of distances. */
const large = { shapes: 4, radius: 10, spacing: 3 } as const

function distanceOf(shapes: readonly SolidShape[], border: number): Union {
  const whole = unionOf(shapes)
  const radii = shapes.flatMap(radiiOf)
  const isLarge = shapes.length >= large.shapes && Math.min(...radii) >= large.radius
  return isLarge ? sampledUnion(whole, large.spacing, border) : whole
}

function radiiOf(shape: SolidShape): readonly number[] {
  switch (shape.kind) {
    case 'ellipsoid':
      return shape.semiAxes
    case 'cone':
      return shape.radii
    case 'disc':
      return [shape.thickness / 2]
  }
}

/** A place off by up to `by` mm along each axis. */
export function near(random: Random, [x, y, z]: Vector3, by: number): Vector3 {
  return [x + random.uniform(-by, by), y + random.uniform(-by, by), z + random.uniform(-by, by)]
}

import type { Geometry } from '../../core/geometry/geometry.ts'
import { voxelCount } from '../../core/geometry/geometry.ts'
import type { Random } from '../../core/math/random.ts'
import type { Matrix3, Vector3 } from '../../core/math/vector.ts'
import { createCanvas } from '../canvas.ts'
import { sampleTexture } from '../tissue/texture.ts'
import { type Organ, rasteriseOrgan } from './organ.ts'
import type { Tissues } from './tissues.ts'

/** A part of a body as sampled, but for the textures' grains: what a scan shows beside temporal bones, or without any. */
export interface Body {
  readonly kind: string
  /** Where the frame of the organs lies: LPS mm, and columns that are the directions of its left, posterior, superior. */
  readonly pose: { readonly origin: Vector3; readonly direction: Matrix3 }
  readonly tissues: Tissues
  /** Feature sizes of the textures, mm. */
  readonly texture: { readonly coarse: number; readonly fine: number }
  /** In the order they are rasterised, in air. */
  readonly organs: readonly Organ[]
}

/** Hounsfield units of a body, before any scanner. @param random of the textures' grains */
export function rasteriseBody(
  geometry: Geometry,
  { pose, tissues, texture, organs }: Body,
  random: Random
): Float32Array {
  const scene = {
    canvas: createCanvas(geometry, pose),
    field: new Float32Array(voxelCount(geometry)).fill(tissues.air.mean),
    tissues,
    texture: {
      coarse: sampleTexture(geometry, random, texture.coarse),
      fine: sampleTexture(geometry, random, texture.fine)
    }
  }
  for (const organ of organs) rasteriseOrgan(scene, organ)
  return scene.field
}

export function sampleBodyTexture(random: Random): Body['texture'] {
  return { coarse: random.uniform(7, 14), fine: random.uniform(1.6, 3) }
}

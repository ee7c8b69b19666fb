import type { LabyrinthShape } from '../anatomy/shape.ts'
import type { Canvas } from '../canvas.ts'
import type { Densities } from './densities.ts'
import type { Effusion } from './effusion.ts'

/** What the rasterisers of the temporal bone share. */
export interface Scene {
  readonly canvas: Canvas
  /** Hounsfield units, rasterised over each other from the outside in. */
  readonly field: Float32Array
  readonly shape: LabyrinthShape
  /** Distance to the labyrinth (mm, negative inside), smooth and coarse, up to `reach` mm away. */
  readonly toLabyrinth: Float32Array
  readonly densities: Densities
  readonly effusion: Effusion | null
  /** Random textures with features of about 6, 2.5 and 0.9 mm. */
  readonly texture: { readonly coarse: Float32Array; readonly medium: Float32Array; readonly fine: Float32Array }
}

/** How far from the labyrinth `Scene.toLabyrinth` is true, mm. */
export const reach = 4

import type { Side } from '../../src/core/anatomy.ts'
import type { Geometry } from '../../src/core/geometry/geometry.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'

/** A surface and its colour, sRGB 0–255. */
export interface ShownSurface {
  readonly mesh: Mesh
  readonly color: readonly [number, number, number]
}

export interface ViewOptions {
  /** Hounsfield units drawn black and white. */
  readonly low: number
  readonly high: number
  /** The patient's right is on the left, and in sagittal slices the front. */
  readonly radiological: boolean
  /** Labels as outlines, filled, or not at all. */
  readonly labels: 'outline' | 'fill' | 'none'
}

/** A slice on the screen. Places on it are pixels of the page, from the viewer's upper left corner. */
export interface SliceTile {
  readonly plane: 'axial' | 'coronal' | 'sagittal'
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Where a place in the world is seen, and how many mm before or behind the slice it lies. */
  locate(place: Vector3): { readonly x: number; readonly y: number; readonly depth: number }
  /** The place in the world at a pixel, in the plane parallel to the slice through `through`. */
  placeAt(x: number, y: number, through: Vector3): Vector3
}

/**
 * Shows the scan around one ear in three slices and its surfaces in space. All places are LPS mm. This is all that the
 * page knows of the library that draws.
 */
export interface Viewer {
  /**
   * @param image a NIfTI file on `grid`, whose axes run about to right, anterior and superior
   * @param side of the ear; in space it is seen from there, so that two ears look like mirror images
   */
  show(image: Uint8Array, grid: Geometry, side: Side): Promise<void>
  /** Label numbers on the image's grid. */
  setLabels(labels: Uint8Array): void
  /** Surfaces in space, in place of those before. */
  setSurfaces(surfaces: readonly ShownSurface[]): void
  setOptions(options: ViewOptions): void
  /** Moves the crosshair, and with it the slices. */
  lookAt(place: Vector3): void
  /** Moves the slice under a pixel by so many voxels. */
  scroll(tile: SliceTile, voxels: number): void
  /** The slices on the screen as they were drawn last. */
  readonly tiles: readonly SliceTile[]
  /** Calls back after every drawing. */
  onDrawn(listener: () => void): void
  /** Calls back when a person moved the crosshair. */
  onLook(listener: (place: Vector3) => void): void
  close(): void
}

import type { PartId, Side } from '../../src/core/anatomy.ts'
import type { Geometry } from '../../src/core/geometry/geometry.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'

/** A surface and its colour, sRGB 0–255. */
export interface ShownSurface {
  readonly mesh: Mesh
  readonly color: readonly [number, number, number]
  /** 0 to 1; what shows through one that is not opaque stands before it in a list. Default: 1. */
  readonly opacity?: number
}

export type Plane = 'axial' | 'coronal' | 'sagittal'

/** Slices of the cochlear view: across the modiolar axis, where the basal turn lies, and along it. */
export type CochlearPlane = 'across' | 'along'

export type SlicePlane = Plane | CochlearPlane

/** What a pane can show: a slice, the two of the cochlear view, or surfaces in space. */
export type View = Plane | 'cochlea' | 'space'

export interface ViewOptions {
  /** Hounsfield units drawn black and white. */
  readonly low: number
  readonly high: number
  /** The patient's right is on the left, and in sagittal slices the front. */
  readonly radiological: boolean
  /** Labels by their voxels: their rims, filled, or not at all. */
  readonly labels: { readonly rims: boolean; readonly fill: number }
  /** Parts whose labels are not drawn. */
  readonly hidden: readonly PartId[]
  /** The one view that fills the pane; undefined for all four. */
  readonly full: Plane | 'space' | undefined
}

/** A slice on the screen. Places on it are pixels of the page, from the viewer's upper left corner. */
export interface SliceTile<P extends SlicePlane = SlicePlane> {
  readonly plane: P
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Where a place in the world is seen, and how many mm before or behind the slice it lies. */
  locate(place: Vector3): { readonly x: number; readonly y: number; readonly depth: number }
  /** The place in the world at a pixel, in the plane parallel to the slice through `through`. */
  placeAt(x: number, y: number, through: Vector3): Vector3
}

/** What draws slices of the scan around one ear, as lines, landmarks and gestures over them need it. All places are LPS mm. */
export interface SliceViewer<P extends SlicePlane = SlicePlane> {
  /** The place so many slices from another, at the middle of a voxel, within the image. */
  placeBeside(place: Vector3, plane: P, slices: number): Vector3
  /** Magnifies all slices; a place stays where it is seen. */
  zoom(about: Vector3, factor: number): void
  /** Moves all slices by what lies between two places. */
  shift(from: Vector3, to: Vector3): void
  /** Turns what is seen in space by degrees, and magnifies it. */
  turn(azimuth: number, elevation: number, factor: number): void
  /** Zoom, shift and turn as they were at first. */
  reset(): void
  /** Hounsfield units at a place; undefined outside the image. */
  valueAt(place: Vector3): number | undefined
  /** Draws everything anew, at once. */
  redraw(): void
  /** The slices on the screen as they were drawn last. */
  readonly tiles: readonly SliceTile<P>[]
  /** Calls back after every drawing. */
  onDrawn(listener: () => void): void
  close(): void
}

/**
 * Shows the scan around one ear in three slices and its surfaces in space. All places are LPS mm. This is all that the
 * page knows of the library that draws, and that library listens to nothing: `gestures.ts` says what pointers, wheels and
 * keys do.
 */
export interface Viewer extends SliceViewer<Plane> {
  /**
   * @param image a NIfTI file with the voxels of `grid`, whose axes run about to right, anterior and superior
   * @param side of the ear; in space it is seen from there, so that two ears look like mirror images
   * @param middle what slices are zoomed to, and how far around it (mm) they show
   */
  show(image: Uint8Array, grid: Geometry, side: Side, middle: Middle): Promise<void>
  /**
   * Label numbers on the image's grid.
   * @param slices the first and the last along the grid's third axis that are other than before; all where it is left out
   */
  setLabels(labels: Uint8Array, slices?: readonly [first: number, last: number]): void
  /** Surfaces in space, in place of those before. */
  setSurfaces(surfaces: readonly ShownSurface[]): void
  setOptions(options: ViewOptions): void
  /** Moves the crosshair, and with it the slices. */
  lookAt(place: Vector3): void
}

/** A place (LPS mm) and how far around it is of interest, mm. */
export interface Middle {
  readonly place: Vector3
  readonly reach: number
}

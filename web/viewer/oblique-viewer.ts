import {
  applyAffine,
  containsPoint,
  type Geometry,
  geometryAround,
  indexFromWorld
} from '../../src/core/geometry/geometry.ts'
import { resample } from '../../src/core/geometry/resample.ts'
import { add, cross, fromColumns, scale, subtract, type Vector3 } from '../../src/core/math/vector.ts'
import { directionLetters, type Plane } from '../../src/report/picture/plane.ts'
import { grayImage } from '../gray-image.ts'
import type { Window } from '../look.ts'
import { obliqueTile, pixelsPerMillimetre, planeThrough, type TileFrame } from './oblique-tile.ts'
import type { CochlearPlane, SliceTile, SliceViewer } from './viewer.ts'

/** Hounsfield units outside the scan. */
const air = -1000

/** Slices are computed with at most this many pixels along an edge and drawn larger. */
const maxPixels = 480

const captions = { across: 'Across the modiolar axis', along: 'Along it, apex up' } as const

const [leastEdge, mostEdge] = [2, 40]

/** Two slices of the scan around one ear, along planes of any direction, drawn by the page itself in a canvas. */
export class ObliqueViewer implements SliceViewer<CochlearPlane> {
  tiles: readonly SliceTile<CochlearPlane>[] = []
  readonly #canvas: HTMLCanvasElement
  readonly #scan: { readonly geometry: Geometry; readonly data: Int16Array }
  readonly #listeners: (() => void)[] = []
  readonly #resized = new ResizeObserver(() => this.redraw())
  /** As they are found in the ear, and as they are shifted and zoomed. */
  #planes: Readonly<Record<CochlearPlane, Plane>>
  #shown: Readonly<Record<CochlearPlane, Plane>>
  #crosshair: Vector3
  #window: Window
  #mirrored = false

  constructor(
    canvas: HTMLCanvasElement,
    scan: { readonly geometry: Geometry; readonly data: Int16Array },
    planes: Readonly<Record<CochlearPlane, Plane>>,
    crosshair: Vector3,
    window: Window
  ) {
    this.#canvas = canvas
    this.#scan = scan
    this.#planes = planes
    this.#shown = planes
    this.#crosshair = crosshair
    this.#window = window
    this.#resized.observe(canvas)
  }

  /** Other planes of the same ear; zoom and shift are as at first. */
  setPlanes(planes: Readonly<Record<CochlearPlane, Plane>>): void {
    this.#planes = planes
    this.reset()
  }

  /** @param mirrored whether the patient's right is on the right */
  setOptions(window: Window, mirrored: boolean): void {
    this.#window = window
    this.#mirrored = mirrored
    this.redraw()
  }

  /** Moves the crosshair, and with it the slices along their normals. */
  lookAt(place: Vector3): void {
    this.#crosshair = place
    this.redraw()
  }

  placeBeside(place: Vector3, plane: CochlearPlane, slices: number): Vector3 {
    const { across, down } = this.#shown[plane]
    const beside = add(place, scale(cross(across, down), slices * Math.min(...this.#scan.geometry.spacing)))
    return containsPoint(this.#scan.geometry, beside) ? beside : place
  }

  zoom(about: Vector3, factor: number): void {
    this.#change((plane) => {
      const edge = Math.max(leastEdge, Math.min(mostEdge, plane.edge / factor))
      return { ...plane, edge, center: add(about, scale(subtract(plane.center, about), edge / plane.edge)) }
    })
  }

  shift(from: Vector3, to: Vector3): void {
    this.#change((plane) => ({ ...plane, center: add(plane.center, subtract(from, to)) }))
  }

  /** There is nothing in space to turn. */
  turn(): void {}

  reset(): void {
    this.#shown = this.#planes
    this.redraw()
  }

  valueAt(place: Vector3): number | undefined {
    const { geometry, data } = this.#scan
    const [i, j, k] = applyAffine(indexFromWorld(geometry), place).map(Math.round) as [number, number, number]
    const isInside = [i, j, k].every((at, axis) => at >= 0 && at < (geometry.size[axis] as number))
    return isInside ? data[i + geometry.size[0] * (j + geometry.size[1] * k)] : undefined
  }

  redraw(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas
    const context = this.#canvas.getContext('2d')
    if (width === 0 || height === 0 || context === null) return
    const ratio = devicePixelRatio
    this.#canvas.width = Math.round(width * ratio)
    this.#canvas.height = Math.round(height * ratio)
    context.scale(ratio, ratio)
    const isWide = width >= height
    const [w, h] = isWide ? [width / 2, height] : [width, height / 2]
    this.tiles = (['across', 'along'] as const).map((id, n) => {
      const frame = { left: isWide ? n * w : 0, top: isWide ? 0 : n * h, width: w, height: h }
      const plane = planeThrough(this.#turned(this.#shown[id]), this.#crosshair)
      this.#draw(context, plane, frame)
      context.fillText(captions[id], frame.left + 8, frame.top + 16)
      return obliqueTile(id, plane, frame)
    })
    for (const listener of this.#listeners) listener()
  }

  onDrawn(listener: () => void): void {
    this.#listeners.push(listener)
  }

  close(): void {
    this.#resized.disconnect()
  }

  #change(change: (plane: Plane) => Plane): void {
    const { across, along } = this.#shown
    this.#shown = { across: change(across), along: change(along) }
    this.redraw()
  }

  #turned(plane: Plane): Plane {
    return this.#mirrored ? { ...plane, across: scale(plane.across, -1) } : plane
  }

  #draw(context: CanvasRenderingContext2D, plane: Plane, frame: TileFrame): void {
    const { left, top, width, height } = frame
    const fine = Math.min(1, maxPixels / Math.max(width, height))
    const size = [Math.max(1, Math.round(width * fine)), Math.max(1, Math.round(height * fine)), 1] as const
    const mm = 1 / pixelsPerMillimetre(plane, frame) / fine
    const { center, across, down } = plane
    const grid = geometryAround(center, size, [mm, mm, mm], fromColumns(across, down, cross(across, down)))
    const { low, high } = this.#window
    const { data } = resample(this.#scan, grid, air)
    const image = grayImage(size[0], size[1], (pixel) => (255 * ((data[pixel] as number) - low)) / (high - low))
    const picture = new OffscreenCanvas(size[0], size[1])
    picture.getContext('2d')?.putImageData(image, 0, 0)
    context.drawImage(picture, left, top, width - 1, height)
    context.fillStyle = '#c9d2db'
    context.font = '12px system-ui, sans-serif'
    context.textAlign = 'center'
    context.fillText(directionLetters(scale(down, -1)), left + width / 2, top + 16)
    context.textAlign = 'left'
    context.fillText(directionLetters(scale(across, -1)), left + 6, top + height / 2)
  }
}

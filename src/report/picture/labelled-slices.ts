import { landmarkKinds, parts } from '../../core/anatomy.ts'
import { resample } from '../../core/geometry/resample.ts'
import type { Landmark } from '../../core/landmark.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Scan, Volume } from '../../core/volume.ts'
import { bodyViews, type Plane, placeOn } from './plane.ts'
import { encodePng } from './png.ts'
import { gridOn, sliceGrays } from './slice.ts'

/** What a picture of slices shows. */
export interface LabelledScan {
  readonly scan: Scan
  /** Label numbers of the anatomy table, on any grid; null where nothing is labelled. */
  readonly labels: Volume<Uint8Array> | null
  /** A row of three slices for each. */
  readonly places: readonly LabelledPlace[]
}

/** A place to look at. */
export interface LabelledPlace {
  /** Where the three slices meet, LPS mm. */
  readonly center: Vector3
  /** Length of their edges, mm. */
  readonly edge: number
  readonly landmarks: readonly Landmark[]
}

/** How parts are drawn: as lines at their borders, or filled and half transparent. */
export type PartStyle = 'outlined' | 'filled'

/** Red, green and blue, row by row. */
interface Picture {
  readonly width: number
  readonly pixels: Uint8Array
}

/** A landmark nearer to a slice than this (mm) is a dot on it, one farther away a ring. */
const nearEnough = 0.75

/** Radius of a landmark's mark, and of the hole of a ring, as shares of a slice's edge. */
const mark = { radius: 0.016, hole: 0.0095 }

/**
 * Axial, coronal and sagittal slices in radiological convention (the patient's right is on the left), with the parts of
 * the labels and with the landmarks in the colours of the anatomy table.
 * @param pixels edge of each slice
 * @returns a PNG of 3 × `pixels` by `pixels` for each place
 */
export function labelledSlices(shown: readonly LabelledScan[], pixels: number, style: PartStyle): Uint8Array {
  const rows = shown.flatMap(({ scan, labels, places }) => places.map((place) => ({ scan, labels, place })))
  const width = pixels * bodyViews.length
  const picture = { width, pixels: new Uint8Array(3 * width * pixels * rows.length) }
  for (const [row, { scan, labels, place }] of rows.entries()) {
    for (const [n, { across, down }] of bodyViews.entries()) {
      const plane: Plane = { center: place.center, edge: place.edge, across, down }
      const start = pixels * (n + width * row)
      drawGrays(picture, start, sliceGrays(scan, plane, pixels), pixels)
      if (labels !== null) drawParts(picture, start, labels, plane, pixels, style)
      drawLandmarks(picture, start, place.landmarks, plane, pixels)
    }
  }
  return encodePng(picture.pixels, width, pixels * rows.length, 3)
}

function drawGrays(picture: Picture, start: number, grays: Uint8Array, edge: number): void {
  for (const [at, gray] of grays.entries()) {
    const pixel = 3 * pixelAt(picture, start, at % edge, Math.floor(at / edge))
    picture.pixels.fill(gray, pixel, pixel + 3)
  }
}

function drawParts(
  picture: Picture,
  start: number,
  { geometry, data }: Volume<Uint8Array>,
  plane: Plane,
  edge: number,
  style: PartStyle
): void {
  for (const { label, color } of parts) {
    const mask = { geometry, data: data.map((value) => Number(value === label)) }
    const shares = resample(mask, gridOn(plane, edge), 0).data
    const opacity = style === 'filled' ? filledOpacity : outlineOpacity(shares, edge)
    for (const [at, share] of shares.entries()) {
      paint(picture, pixelAt(picture, start, at % edge, Math.floor(at / edge)), color, opacity(share, at))
    }
  }
}

function filledOpacity(share: number): number {
  return 0.6 * Math.min(1, Math.max(0, 2 * share - 0.5))
}

/** Opaque where a part of more than half a pixel has a neighbour of less. */
function outlineOpacity(shares: ArrayLike<number>, edge: number): (share: number, at: number) => number {
  const isOutside = (at: number): boolean => (shares[at] ?? 0) < 0.5
  return (share, at) => (share >= 0.5 && [at - 1, at + 1, at - edge, at + edge].some(isOutside) ? 1 : 0)
}

function drawLandmarks(
  picture: Picture,
  start: number,
  landmarks: readonly Landmark[],
  plane: Plane,
  edge: number
): void {
  for (const { id, color } of landmarkKinds) {
    const landmark = landmarks.find((candidate) => candidate.id === id)
    if (landmark?.status !== 'defined') continue
    const { x, y, depth } = placeOn(plane, landmark.position)
    const [column, row] = [(x / plane.edge) * edge - 0.5, (y / plane.edge) * edge - 0.5]
    const [radius, hole] = [mark.radius * edge, Math.abs(depth) <= nearEnough ? 0 : mark.hole * edge]
    const reach = Math.ceil(radius)
    for (let j = Math.round(row) - reach; j <= Math.round(row) + reach; j++) {
      for (let i = Math.round(column) - reach; i <= Math.round(column) + reach; i++) {
        if (i < 0 || j < 0 || i >= edge || j >= edge) continue
        const away = Math.hypot(i - column, j - row)
        if (away <= radius && away >= hole) paint(picture, pixelAt(picture, start, i, j), color, 1)
      }
    }
  }
}

/** @param start the picture's pixel in which the slice starts */
function pixelAt({ width }: Picture, start: number, column: number, row: number): number {
  return start + column + width * row
}

function paint({ pixels }: Picture, pixel: number, color: readonly [number, number, number], opacity: number): void {
  for (const channel of [0, 1, 2] as const) {
    const before = pixels[3 * pixel + channel] as number
    pixels[3 * pixel + channel] = Math.round(before + (color[channel] - before) * opacity)
  }
}

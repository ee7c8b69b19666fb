import type { SegmentedEar } from '../../analyze/findings.ts'
import { landmarkKinds, parts } from '../../core/anatomy.ts'
import { scale } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import { escapeHtml } from '../escape-html.ts'
import { directionLetters, type Plane, placeOn } from '../picture/plane.ts'
import { pngAddress } from '../picture/png.ts'
import { type ColoredMesh, renderMeshes } from '../picture/render.ts'
import { sectionOutlines } from '../picture/section.ts'
import { slicePicture } from '../picture/slice.ts'

/** Edge of a figure's own coordinates; the pictures keep their size in mm through the scale bar. */
const side = 200

/** Landmarks farther from a slice than this (mm) are not drawn on it. */
const nearEnough = 0.75

const scaleBar = 5

/** A slice with the outlines of the parts, the landmarks near it, the directions at its edges and a scale bar. */
export function sliceFigure(scan: Scan, ear: SegmentedEar, plane: Plane, caption: string, pixels: number): string {
  const outlines = parts.map(({ id, color }) => {
    const lines = sectionOutlines(ear.surfaces.parts[id], plane).map((outline) => `M${pointList(outline, plane)}Z`)
    return `<path d="${lines.join('')}" stroke="rgb(${color.join(' ')})"/>`
  })
  return figure(slicePicture(scan, plane, pixels), caption, 'slice', [
    `<g class="outline">${outlines.join('')}</g>`,
    landmarkMarks(ear, plane, nearEnough),
    directions(plane),
    ruler(plane)
  ])
}

/** The parts and all landmarks in space, seen along the normal of a plane. */
export function surfaceFigure(ear: SegmentedEar, plane: Plane, caption: string, pixels: number): string {
  const meshes: ColoredMesh[] = parts.map(({ id, color }) => ({ mesh: ear.surfaces.parts[id], color }))
  const picture = pngAddress(renderMeshes(meshes, plane, pixels), pixels, pixels, 4)
  const marks = landmarkMarks(ear, plane, Number.POSITIVE_INFINITY)
  return figure(picture, caption, 'space', [marks, directions(plane), ruler(plane)])
}

function figure(picture: string, caption: string, kind: string, layers: readonly string[]): string {
  const image = `<image href="${picture}" width="${side}" height="${side}"/>`
  const drawing = `<svg viewBox="0 0 ${side} ${side}" role="img" aria-label="${escapeHtml(caption)}">`
  return `<figure class="${kind}">${drawing}${image}${layers.join('')}</svg><figcaption>${escapeHtml(caption)}</figcaption></figure>`
}

function landmarkMarks({ landmarks }: SegmentedEar, plane: Plane, reach: number): string {
  const drawn = landmarkKinds.flatMap(({ id, name, color }) => {
    const landmark = landmarks.find((candidate) => candidate.id === id)
    if (landmark?.status !== 'defined') return []
    const { x, y, depth } = placeOn(plane, landmark.position)
    const within = x > 0 && y > 0 && x < plane.edge && y < plane.edge && Math.abs(depth) <= reach
    return within ? [{ x: onFigure(x, plane), y: onFigure(y, plane), name, color }] : []
  })
  let lastLine = Number.NEGATIVE_INFINITY
  const marks = drawn
    .sort((a, b) => a.y - b.y)
    .map(({ x, y, name, color }) => {
      // A name stands beside its mark, or above it where there is no room beside it, and not on another name.
      const above = x > 0.66 * side
      lastLine = Math.max(above ? y - 6 : y + 3, lastLine + 11)
      const place = above
        ? `x="${Math.min(side - 28, x + 24).toFixed(1)}" text-anchor="end"`
        : `x="${(x + 6).toFixed(1)}"`
      const text = `<text ${place} y="${lastLine.toFixed(1)}">${name}</text>`
      return `${text}<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2.6" fill="rgb(${color.join(' ')})"/>`
    })
  return `<g class="landmark">${marks.join('')}</g>`
}

/** What lies at the four edges, in letters. */
function directions({ across, down }: Plane): string {
  const letters = [
    [scale(across, -1), 5, side / 2 + 3, 'start'],
    [across, side - 5, side / 2 + 3, 'end'],
    [scale(down, -1), side / 2, 15, 'middle'],
    [down, side / 2, side - 5, 'middle']
  ] as const
  const marks = letters.map(
    ([direction, x, y, anchor]) =>
      `<text x="${x}" y="${y}" text-anchor="${anchor}">${directionLetters(direction)}</text>`
  )
  return `<g class="direction">${marks.join('')}</g>`
}

function ruler(plane: Plane): string {
  const length = onFigure(scaleBar, plane)
  return `<g class="ruler"><path d="M8 ${side - 8}h${length.toFixed(1)}"/><text x="8" y="${side - 12}">${scaleBar} mm</text></g>`
}

function pointList(outline: readonly (readonly [number, number])[], plane: Plane): string {
  return outline.map(([x, y]) => `${onFigure(x, plane).toFixed(1)} ${onFigure(y, plane).toFixed(1)}`).join('L')
}

function onFigure(mm: number, { edge }: Plane): number {
  return (mm / edge) * side
}

/**
 * Draws the slice through the middle of each axis of scans with their labels laid over, a row for each scan, as a PNG:
 * `npx tsx examples/picture.ts PICTURE SCAN LABELS [SCAN LABELS …]`. Slices are seen as radiologists do: the patient's
 * left is right.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { encode } from 'fast-png'
import { applyAffine, cropGeometry, geometryAround } from '../src/core/geometry/geometry.ts'
import { resample } from '../src/core/geometry/resample.ts'
import type { Matrix3, Vector3 } from '../src/core/math/vector.ts'
import { parts, type Scan, type Volume, worldFromIndex } from '../src/index.ts'
import { decodeNifti } from '../src/io/nifti/decode.ts'
import { readScan } from '../src/node.ts'

const edge = 240
const millimetres = 30
const window = { low: -600, high: 2200 }
/** Directions across, down and away from the viewer: axial, coronal, sagittal; LPS. */
const views: readonly Matrix3[] = [
  [1, 0, 0, 0, 1, 0, 0, 0, 1],
  [1, 0, 0, 0, 0, 1, 0, -1, 0],
  [0, 0, 1, 1, 0, 0, 0, -1, 0]
]

const [picturePath, ...paths] = process.argv.slice(2) as [string, ...string[]]
const rows = paths.length / 2
const width = edge * views.length
const pixels = new Uint8Array(width * edge * rows * 3)
for (let row = 0; row < rows; row++) {
  const [scanPath, labelsPath] = paths.slice(2 * row, 2 * row + 2) as [string, string]
  const { scan } = await readScan(scanPath)
  const labels = await decodeNifti(readFileSync(labelsPath), labelsPath)
  for (const [n, direction] of views.entries()) drawView(scan, labels, direction, 3 * edge * (n + width * row))
}
writeFileSync(picturePath, encode({ width, height: edge * rows, data: pixels, channels: 3, depth: 8 }))

/** @param start place of the view's first pixel */
function drawView(scan: Scan, labels: Volume, direction: Matrix3, start: number): void {
  const spacing = millimetres / edge
  const slab = geometryAround(middleOf(labels), [edge, edge, 3], [spacing, spacing, spacing], direction)
  const plane = cropGeometry(slab, [0, 0, 1], [edge, edge, 1])
  const gray = resample(scan, plane, -1000).data
  const shares = parts.map(({ label }) => {
    const mask = { geometry: labels.geometry, data: Float32Array.from(labels.data, (v) => (v === label ? 1 : 0)) }
    return resample(mask, plane, 0).data
  })
  for (let at = 0; at < gray.length; at++) {
    const level = 255 * Math.max(0, Math.min(1, ((gray[at] as number) - window.low) / (window.high - window.low)))
    const pixel = start + 3 * ((at % edge) + width * Math.floor(at / edge))
    for (const channel of [0, 1, 2] as const) {
      const color = parts.reduce((value, part, n) => {
        const share = 0.6 * Math.min(1, Math.max(0, 2 * ((shares[n] as Float32Array)[at] as number) - 0.5))
        return value + (part.color[channel] - value) * share
      }, level)
      pixels[pixel + channel] = Math.round(color)
    }
  }
}

/** Centroid of the labelled voxels, LPS mm. */
function middleOf({ geometry, data }: Volume): Vector3 {
  const [nx, ny] = geometry.size
  const sum: [number, number, number, number] = [0, 0, 0, 0]
  data.forEach((value, at) => {
    if (value === 0) return
    sum[0] += at % nx
    sum[1] += Math.floor(at / nx) % ny
    sum[2] += Math.floor(at / (nx * ny))
    sum[3]++
  })
  return applyAffine(worldFromIndex(geometry), [sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]])
}

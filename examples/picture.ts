/**
 * Draws the slice through the middle of each axis of a scan with the labels laid over it, side by side, as a PNG:
 * `npx tsx examples/picture.ts SCAN LABELS PICTURE`. Slices are seen as radiologists do: the patient's left is right.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import { applyAffine, cropGeometry, geometryAround } from '../src/core/geometry.ts'
import { resample } from '../src/core/resample.ts'
import type { Matrix3, Vector3 } from '../src/core/vector.ts'
import { parts, readScan, type Volume, worldFromIndex } from '../src/index.ts'
import { decodeNifti } from '../src/io/nifti/decode.ts'

const edge = 240
const millimetres = 30
const window = { low: -600, high: 2200 }
/** Directions across, down and away from the viewer: axial, coronal, sagittal; LPS. */
const views: readonly Matrix3[] = [
  [1, 0, 0, 0, 1, 0, 0, 0, 1],
  [1, 0, 0, 0, 0, 1, 0, -1, 0],
  [0, 0, 1, 1, 0, 0, 0, -1, 0]
]

const [scanPath, labelsPath, picturePath] = process.argv.slice(2) as [string, string, string]
const { scan } = await readScan(scanPath)
const labels = await decodeNifti(readFileSync(labelsPath), labelsPath)
const middle = middleOf(labels)
const width = edge * views.length
const pixels = new Uint8Array(width * edge * 3)
for (const [n, direction] of views.entries()) drawView(direction, n * edge)
writeFileSync(picturePath, encodePng(pixels, width, edge))

function drawView(direction: Matrix3, left: number): void {
  const spacing = millimetres / edge
  const slab = geometryAround(middle, [edge, edge, 3], [spacing, spacing, spacing], direction)
  const plane = cropGeometry(slab, [0, 0, 1], [edge, edge, 1])
  const gray = resample(scan, plane, -1000).data
  const shares = parts.map(({ label }) => {
    const mask = { geometry: labels.geometry, data: Float32Array.from(labels.data, (v) => (v === label ? 1 : 0)) }
    return resample(mask, plane, 0).data
  })
  for (let at = 0; at < gray.length; at++) {
    const level = 255 * Math.max(0, Math.min(1, ((gray[at] as number) - window.low) / (window.high - window.low)))
    const pixel = 3 * (left + (at % edge) + width * Math.floor(at / edge))
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

/** RGB pixels, 8 bits each, as PNG (ISO/IEC 15948), every row unfiltered. */
function encodePng(rgb: Uint8Array, columns: number, rows: number): Buffer {
  const lines = Buffer.alloc(rows * (3 * columns + 1))
  for (let row = 0; row < rows; row++) {
    lines.set(rgb.subarray(3 * columns * row, 3 * columns * (row + 1)), row * (3 * columns + 1) + 1)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(columns, 0)
  header.writeUInt32BE(rows, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0))
  ])
}

function chunk(type: string, body: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const framed = Buffer.alloc(content.length + 8)
  framed.writeUInt32BE(body.length, 0)
  framed.set(content, 4)
  framed.writeUInt32BE(crc32(content), content.length + 4)
  return framed
}

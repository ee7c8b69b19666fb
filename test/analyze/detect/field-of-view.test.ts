import { describe, expect, it } from 'vitest'
import { recordedField, recordedPart } from '../../../src/analyze/detect/field-of-view.ts'
import {
  applyAffine,
  createGeometry,
  indexFromIndex,
  voxelCount,
  voxelIndex
} from '../../../src/core/geometry/geometry.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { identity3, type Vector3 } from '../../../src/core/math/vector.ts'
import type { Scan } from '../../../src/core/volume.ts'

/** A scan of noise in which a voxel may be given another value. */
function noisyScan(size: Vector3, valueAt: (index: Vector3) => number | undefined): Scan {
  const geometry = createGeometry({ size, spacing: [0.5, 0.5, 0.5], origin: [3, -2, 1], direction: identity3 })
  const random = createRandom(4)
  const data = Int16Array.from({ length: voxelCount(geometry) }, (_, at) => {
    const noise = Math.round(random.normal(300, 100))
    return valueAt(voxelIndex(size, at)) ?? noise
  })
  return { geometry, data }
}

function valuesInside({ geometry, data }: Scan, [i, j, k]: Vector3): number {
  return data[i + geometry.size[0] * (j + geometry.size[1] * k)] as number
}

function reflectedIndex(at: number, period: number, n: number, border: number): number {
  const within = ((at % period) + period) % period
  return within < n ? within : period - within - border
}

describe('the recorded field', () => {
  it('is the scan itself where nothing is padding', () => {
    const scan = noisyScan([20, 18, 16], () => undefined)
    expect(recordedField(scan).scan).toBe(scan)
    expect(recordedPart(scan)([19, 17, 0])).toBe(true)
  })

  it('is the scan itself where all of it is one value', () => {
    const scan = noisyScan([9, 9, 9], () => 1000)
    expect(recordedField(scan).scan).toBe(scan)
  })

  for (const [name, sourceOf] of [
    ['reflected', (at: number, n: number) => reflectedIndex(at, 2 * n - 2, n, 0)],
    ['mirrored with its border', (at: number, n: number) => reflectedIndex(at, 2 * n, n, 1)],
    ['continued by its border', (at: number, n: number) => Math.max(0, Math.min(n - 1, at))]
  ] as const) {
    it(`leaves out what was padded by the scan itself, ${name}`, () => {
      const inner: Vector3 = [13, 15, 11]
      const source = noisyScan(inner, () => undefined)
      const padding: Vector3 = [4, 0, 5]
      const size: Vector3 = [13 + 8, 15, 11 + 10]
      const scan = noisyScan(size, (index) => {
        const at = index.map((n, axis) => sourceOf(n - (padding[axis] as number), inner[axis] as number))
        return valuesInside(source, at as unknown as Vector3)
      })
      const field = recordedField(scan).scan
      expect(field.geometry.size).toEqual(inner)
      expect([...field.data]).toEqual([...source.data])
      expect(recordedPart(scan)([4, 0, 5])).toBe(true)
      expect(recordedPart(scan)([3, 0, 5])).toBe(false)
    })
  }

  it('keeps slices that are stored twice', () => {
    const scan = noisyScan([12, 12, 12], () => undefined)
    scan.data.copyWithin(0, 144, 288)
    expect(recordedField(scan).scan).toBe(scan)
  })

  it('leaves out layers of one value, and lies where it lay in the world', () => {
    const size: Vector3 = [24, 20, 22]
    const inner = ([i, j, k]: Vector3): boolean => i >= 4 && i < 21 && j >= 1 && j < 20 && k >= 6 && k < 15
    const scan = noisyScan(size, (index) => (inner(index) ? undefined : -1000))
    const field = recordedField(scan).scan
    expect(field.geometry.size).toEqual([17, 19, 9])
    const isRecorded = recordedPart(scan)
    expect(
      [
        [4, 1, 6],
        [20, 19, 14],
        [3, 1, 6],
        [20, 19, 15]
      ].map((index) => isRecorded(index as unknown as Vector3))
    ).toEqual([true, true, false, false])
    const map = indexFromIndex(field.geometry, scan.geometry)
    for (let at = 0; at < field.data.length; at += 97) {
      const there = applyAffine(map, voxelIndex(field.geometry.size, at)).map(Math.round) as unknown as Vector3
      expect(field.data[at]).toBe(valuesInside(scan, there))
    }
  })

  it.each([
    ['along the slices', [40, 40, 16], 2],
    ['across them', [16, 40, 40], 0],
    ['along the second axis', [40, 16, 40], 1]
  ] as const)('repeats the nearest voxels outside a cylinder %s', (_, size, axis) => {
    const outside = (index: Vector3): boolean => {
      const offsets = index.filter((_n, which) => which !== axis).map((n) => n - 19.5)
      return Math.hypot(...offsets) > 20
    }
    const scan = noisyScan(size, (index) => (outside(index) ? -1000 : undefined))
    const field = recordedField(scan).scan
    expect(field.geometry).toBe(scan.geometry)
    expect(field.data.includes(-1000)).toBe(false)
    const isRecorded = recordedPart(scan)
    expect(isRecorded([8, 8, 8])).toBe(true)
    expect(isRecorded(size.map((n) => n - 1) as unknown as Vector3)).toBe(false)
    const inside = [...field.data.keys()].filter((at) => {
      const offsets = voxelIndex(size, at)
        .filter((_n, which) => which !== axis)
        .map((n) => n - 19.5)
      return Math.hypot(...offsets) < 17
    })
    expect(inside.every((at) => field.data[at] === scan.data[at])).toBe(true)
  })

  it('keeps clipped air around a head, which is no cylinder', () => {
    const size: Vector3 = [60, 60, 16]
    const head = ([i, j]: Vector3): boolean => ((i - 29.5) / 30) ** 2 + ((j - 29.5) / 20) ** 2 < 1 && j < 45
    const scan = noisyScan(size, (index) => (head(index) ? undefined : -1024))
    const { geometry, data } = recordedField(scan).scan
    expect(geometry.size[2]).toBe(16)
    expect(data.includes(-1024)).toBe(true)
  })
})

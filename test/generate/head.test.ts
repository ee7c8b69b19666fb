import { describe, expect, it } from 'vitest'
import { applyAffine, containsPoint, indexFromWorld, voxelCount } from '../../src/core/geometry/geometry.ts'
import { distance, dot, transform, type Vector3 } from '../../src/core/math/vector.ts'
import type { Volume } from '../../src/core/volume.ts'
import { generateCase, rasteriseCase, sampleCase } from '../../src/generate/case.ts'
import { type EarlessKind, earlessKinds } from '../../src/generate/sample/earless-kinds.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { related } from '../../src/generate/sample/related.ts'

const small = { finest: 1, maxVoxels: 1e6 }
const heads = caseOptions.parse({ ...small, heads: 1 })

function valueAt({ geometry, data }: Volume, place: Vector3): number {
  const [i, j, k] = applyAffine(indexFromWorld(geometry), place).map(Math.round) as [number, number, number]
  return data[i + geometry.size[0] * (j + geometry.size[1] * k)] as number
}

describe('a generated head', () => {
  const known = [0, 1, 2].map((index) => generateCase(11, index, heads))

  it('has a right and a left ear, about 80 mm apart, both in its field, with labels and landmarks', () => {
    for (const { parameters, scan, ears, labels } of known) {
      expect(ears.map(({ frame }) => frame.side)).toEqual(['right', 'left'])
      const [right, left] = ears.map(({ frame }) => frame.origin) as [Vector3, Vector3]
      expect(distance(right, left)).toBeGreaterThan(66)
      expect(distance(right, left)).toBeLessThan(94)
      const leftwards = transform(parameters.body?.pose.direction as never, [1, 0, 0])
      expect(dot(leftwards, left)).toBeGreaterThan(dot(leftwards, right))
      const drawn = labels(scan.geometry)
      for (const { landmarks, frame } of ears) {
        expect(valueAt({ geometry: scan.geometry, data: drawn }, frame.origin)).toBe(2)
        for (const { position } of landmarks) expect(containsPoint(scan.geometry, position)).toBe(true)
      }
    }
  })

  it('is replayed from its drawn parameters, also after they went through JSON', () => {
    const { parameters, scan } = known[0] ?? expect.unreachable()
    const again = rasteriseCase(JSON.parse(JSON.stringify(parameters)))
    expect(Buffer.compare(Buffer.from(again.scan.data.buffer), Buffer.from(scan.data.buffer))).toBe(0)
  })

  it('covers less, but both ears, where it would have too many voxels', () => {
    for (let index = 0; index < 30; index++) {
      const { geometry, bones } = sampleCase(13, index, caseOptions.parse({ heads: 1, maxVoxels: 5e6 }))
      const least = bones.every(({ frame }) => containsPoint(geometry, frame.origin))
      expect(least).toBe(true)
      expect(voxelCount(geometry)).toBeLessThan(12e6)
    }
  })

  it('has ears that are alike and not the same', () => {
    const [right, left] = sampleCase(14, 0, heads).bones
    const [other] = sampleCase(14, 1, heads).bones
    const apart = (a: typeof right, b: typeof right): number =>
      Math.abs((a?.surroundings.bone.squama as number) - (b?.surroundings.bone.squama as number))
    expect(apart(right, left)).toBeGreaterThan(0)
    expect(apart(right, left)).toBeLessThan(apart(right, other))
    expect(left?.surroundings.densities).toEqual(right?.surroundings.densities)
    expect(left?.shape).not.toEqual(right?.shape)
  })
})

describe('a scan without an ear', () => {
  it.each(earlessKinds)('shows something, and no ear: %s', (kind: EarlessKind) => {
    const options = caseOptions.parse({ ...small, earless: 1, earlessKinds: [kind] })
    const { scan, ears, labels } = generateCase(3, 1, options)
    expect(ears).toEqual([])
    expect(labels(scan.geometry).some((label) => label !== 0)).toBe(false)
    expect(scan.data.filter((value) => value > -200).length / scan.data.length).toBeGreaterThan(0.05)
  })
})

it('what is related lies between two draws in its numbers and is the first in all else', () => {
  const own = { name: 'a', at: [0, 10], list: [{ x: 1 }], more: true, none: null }
  const other = { name: 'b', at: [4, 20], list: [{ x: 5 }, { x: 6 }], more: false, none: null }
  expect(related(own, other, 0.25)).toEqual({ name: 'a', at: [1, 12.5], list: [{ x: 1 }], more: true, none: null })
})

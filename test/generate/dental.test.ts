import { describe, expect, it } from 'vitest'
import { applyAffine, indexFromWorld, worldFromIndex } from '../../src/core/geometry/geometry.ts'
import { column, determinant, distance } from '../../src/core/math/vector.ts'
import { generateCase, sampleCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'

const options = caseOptions.parse({ field: [36, 40], finest: 0.6, anyOrientation: 0 })
const dental = caseOptions.parse({ ...options, dental: 1 })

describe('a dental cone-beam scan', () => {
  it('is of the same ear as without, in another scanner', () => {
    const [plain, scanned] = [sampleCase(3, 1, options), sampleCase(3, 1, dental)]
    expect(scanned.bones[0]?.shape).toEqual(plain.bones[0]?.shape)
    expect(scanned.bones[0]?.surroundings).toEqual(plain.bones[0]?.surroundings)
    expect(plain.protocol).not.toHaveProperty('dental')
    expect(scanned.protocol.gain).toBeLessThan(0.71)
    expect(scanned.protocol.offset).toBeGreaterThanOrEqual(30)
  })

  it('ends 9 to 18 mm behind the vestibule where its cylinder is cut, and holds the ear', () => {
    const cut = Array.from({ length: 40 }, (_, index) => sampleCase(6, index, dental)).filter(
      ({ protocol }) => protocol.dental?.cylinder != null
    )
    expect(cut.length).toBeGreaterThan(15)
    for (const { bones, geometry, protocol } of cut) {
      const cylinder = protocol.dental?.cylinder ?? expect.unreachable()
      const origin = bones[0]?.frame.origin ?? expect.unreachable()
      const [, , k] = applyAffine(indexFromWorld(geometry), origin)
      const middle = applyAffine(worldFromIndex(geometry), [...cylinder.middle, k])
      const room = cylinder.radius - distance(middle, origin)
      expect(room).toBeGreaterThan(8.9)
      expect(room).toBeLessThan(18.1)
    }
  })

  it('stands on its head in some, side and handedness as they were', () => {
    const superior = Array.from({ length: 40 }, (_, index) => {
      const [bone] = sampleCase(6, index, dental).bones
      const direction = bone?.frame.direction ?? expect.unreachable()
      expect(Math.sign(determinant(direction))).toBe(bone?.frame.side === 'right' ? 1 : -1)
      return column(direction, 2)[2]
    })
    const upsideDown = superior.filter((z) => z < -0.5).length
    expect(upsideDown).toBeGreaterThan(4)
    expect(upsideDown).toBeLessThan(22)
  })

  it('has nothing darker than −1000, exactly that outside its cylinder, and fluid brighter than water', () => {
    const index = Array.from({ length: 40 }, (_, n) => n).find(
      (n) => sampleCase(6, n, dental).protocol.dental?.cylinder != null
    ) as number
    const { scan, labels, parameters } = generateCase(6, index, dental)
    const { geometry, data } = scan
    const { middle, radius } = parameters.protocol.dental?.cylinder ?? expect.unreachable()
    const [nx, ny] = geometry.size
    const outside = data.filter((_, n) => {
      const [i, j] = [n % nx, Math.floor(n / nx) % ny]
      return Math.hypot(i - middle[0], j - middle[1]) * geometry.spacing[0] > radius + 1e-6
    })
    expect(outside.length).toBeGreaterThan(0)
    expect(outside.every((value) => value === -1000)).toBe(true)
    expect(data.every((value) => value >= -1000)).toBe(true)
    const marked = labels(geometry)
    const inside = [...data].filter((_, n) => marked[n] === 2).sort((a, b) => a - b)
    expect(inside[Math.floor(inside.length / 2)]).toBeGreaterThan(60)
  })

  it('of a head keeps both ears in its field', () => {
    const { bones, geometry } = sampleCase(2, 0, caseOptions.parse({ ...dental, heads: 1, maxVoxels: 1e6 }))
    expect(bones).toHaveLength(2)
    for (const { frame } of bones) {
      const index = applyAffine(indexFromWorld(geometry), frame.origin)
      index.forEach((at, axis) => {
        expect(at).toBeGreaterThan(0)
        expect(at).toBeLessThan((geometry.size[axis] as number) - 1)
      })
    }
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGeometry } from '../../../src/core/geometry/geometry.ts'
import { connectedComponents } from '../../../src/core/image/components.ts'
import { eulerCharacteristic, openEulerCharacteristic } from '../../../src/core/image/euler-characteristic.ts'
import { createSimplePointTest } from '../../../src/core/image/simple-point.ts'
import { identity3, type Vector3 } from '../../../src/core/math/vector.ts'

const size: Vector3 = [13, 12, 11]

function painted(inside: (i: number, j: number, k: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: size[0] * size[1] * size[2] }, (_, at) =>
    Number(inside(at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))))
  )
}

const away = (i: number, j: number, k: number): number => Math.hypot(i - 6, j - 6, k - 5)
const bodies = {
  ball: { mask: painted((i, j, k) => away(i, j, k) < 4), euler: 1 },
  ring: { mask: painted((i, j, k) => Math.hypot(Math.hypot(i - 6, j - 6) - 4, k - 5) < 1.4), euler: 0 },
  'hollow ball': { mask: painted((i, j, k) => away(i, j, k) < 4.5 && away(i, j, k) > 2), euler: 2 },
  'two bars': { mask: painted((i, j, k) => k === 5 && (j === 3 || j === 8) && i > 1 && i < 11), euler: 2 }
}

describe('the Euler characteristic', () => {
  for (const [name, { mask, euler }] of Object.entries(bodies)) {
    it(`of a ${name} is ${euler}, whichever voxels hang together`, () => {
      expect([eulerCharacteristic(mask, size), openEulerCharacteristic(mask, size)]).toEqual([euler, euler])
    })
  }

  it('distinguishes voxels that touch along an edge from those that do not', () => {
    const mask = painted((i, j, k) => k === 5 && ((i === 5 && j === 5) || (i === 6 && j === 6)))
    expect([eulerCharacteristic(mask, size), openEulerCharacteristic(mask, size)]).toEqual([1, 2])
  })
})

describe('a simple point', () => {
  it('changes sides, in any order, without changing components, handles or cavities', () => {
    const geometry = createGeometry({ size, spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })
    const pieces = (mask: Uint8Array): number => connectedComponents(geometry, mask).components.length
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(bodies)),
        fc.array(fc.nat(size[0] * size[1] * size[2] - 1), { minLength: 400, maxLength: 400 }),
        ({ mask: start, euler }, order) => {
          const mask = start.slice()
          const isSimple = createSimplePointTest(mask, size)
          for (const at of order) if (isSimple(at)) mask[at] = 1 - (mask[at] as number)
          expect([eulerCharacteristic(mask, size), openEulerCharacteristic(mask, size)]).toEqual([euler, euler])
          expect(pieces(mask)).toBe(pieces(start))
          expect(pieces(mask.map((value) => 1 - value))).toBe(pieces(start.map((value) => 1 - value)))
        }
      ),
      { numRuns: 30 }
    )
  })

  it('is none where a ring would open or a ball would touch another', () => {
    const ring = bodies.ring.mask.slice()
    const isSimple = createSimplePointTest(ring, size)
    const at = (i: number, j: number, k: number): number => i + size[0] * (j + size[1] * k)
    expect(isSimple(at(2, 6, 5))).toBe(false)
    const twoBars = bodies['two bars'].mask.slice()
    twoBars[at(5, 4, 5)] = 1
    twoBars[at(5, 5, 5)] = 1
    twoBars[at(5, 6, 5)] = 1
    expect(createSimplePointTest(twoBars, size)(at(5, 7, 5))).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { giveTopologyOfEar } from '../../../src/analyze/refine/ear-topology.ts'
import { createGeometry, voxelCount, voxelIndex } from '../../../src/core/geometry/geometry.ts'
import { connectedComponents } from '../../../src/core/image/components.ts'
import { openEulerCharacteristic } from '../../../src/core/image/euler-characteristic.ts'
import { identity3 } from '../../../src/core/math/vector.ts'

const grid = createGeometry({ size: [60, 60, 40], spacing: [0.2, 0.2, 0.2], origin: [0, 0, 0], direction: identity3 })

/** Signed distance (mm) of a slab with this many round holes of 1.2 mm: a body with as many handles. */
function slab(holes: number): Float32Array {
  return Float32Array.from({ length: voxelCount(grid) }, (_, at) => {
    const [x, y, z] = voxelIndex(grid.size, at).map((n) => n * 0.2) as [number, number, number]
    const edge = Math.min(x - 1, 11 - x, y - 3, 9 - y, z - 3, 5 - z)
    const hole = Math.min(...Array.from({ length: holes }, (_, n) => Math.hypot(x - 2.5 - 2.4 * n, y - 6) - 0.8))
    return Math.min(edge, hole)
  })
}

function handlesOf(distance: Float32Array): number {
  const inside = Uint8Array.from(distance, (mm) => (mm > 0 ? 1 : 0))
  return connectedComponents(grid, inside).components.length - openEulerCharacteristic(inside, grid.size)
}

describe('the topology of an ear', () => {
  it('is left as it is where the body has it', () => {
    const distance = slab(3)
    const before = distance.slice()
    giveTopologyOfEar(distance, grid)
    expect(distance).toEqual(before)
  })

  it('closes a pin-hole that noise has made, and nothing else', () => {
    const distance = slab(3)
    const before = distance.slice()
    for (const [at, mm] of distance.entries()) {
      const [i, j] = voxelIndex(grid.size, at)
      if (i === 50 && j === 30 && mm > 0) distance[at] = -0.05
    }
    expect(handlesOf(distance)).toBe(4)
    giveTopologyOfEar(distance, grid)
    expect(handlesOf(distance)).toBe(3)
    let changed = 0
    for (const [at, mm] of distance.entries()) if (mm > 0 !== (before[at] as number) > 0) changed++
    expect(changed).toBeLessThan(10)
  })

  it('is not forced on a body that has another one, nor against what lies deep on the other side', () => {
    const two = slab(2)
    const before = two.slice()
    giveTopologyOfEar(two, grid)
    expect(two).toEqual(before)
    const four = slab(4)
    const wide = four.slice()
    giveTopologyOfEar(four, grid)
    expect(four).toEqual(wide)
  })
})

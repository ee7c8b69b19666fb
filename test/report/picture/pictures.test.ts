import { decode } from 'fast-png'
import { describe, expect, test } from 'vitest'
import { geometryAround, voxelCount } from '../../../src/core/geometry/geometry.ts'
import { identity3, type Vector3 } from '../../../src/core/math/vector.ts'
import { surfaceNets } from '../../../src/core/mesh/surface-nets.ts'
import { bodyViews, directionLetters, obliquePlane, placeOn } from '../../../src/report/picture/plane.ts'
import { renderMeshes } from '../../../src/report/picture/render.ts'
import { sectionOutlines } from '../../../src/report/picture/section.ts'
import { slicePicture } from '../../../src/report/picture/slice.ts'

/** A ring of radius 4 and thickness 1 mm, flat in x and y, around a place. */
function ring(center: Vector3) {
  const geometry = geometryAround(center, [60, 60, 20], [0.2, 0.2, 0.2], identity3)
  const data = Float32Array.from({ length: voxelCount(geometry) }, (_, at) => {
    const [x, y, z] = [(at % 60) - 29.5, (Math.floor(at / 60) % 60) - 29.5, Math.floor(at / 3600) - 9.5]
    return 1 - Math.hypot(Math.hypot(0.2 * x, 0.2 * y) - 4, 0.2 * z)
  })
  return surfaceNets({ geometry, data }, 0)
}

describe('planes', () => {
  const axial = { center: [10, 20, 30], ...bodyViews[0], edge: 20 } as const

  test('lie in radiological convention: right is left, anterior or superior is up', () => {
    expect(placeOn(axial, [5, 17, 32])).toEqual({ x: 5, y: 7, depth: 2 })
    expect(bodyViews.map(({ across, down }) => directionLetters(across) + directionLetters(down))).toEqual([
      'LP',
      'LI',
      'PI'
    ])
  })

  test('of any direction keep superior up and the right of the patient on the left', () => {
    const plane = obliquePlane([0, 0, 0], [0.48, 0.64, 0.6], 20)
    expect(plane.down[2]).toBeCloseTo(-0.8)
    expect(plane.across[0]).toBeGreaterThan(0.5)
    expect(directionLetters([0.7, 0, -0.71])).toBe('IL')
  })
})

test('a plane through a ring cuts it in two circles, one within the other', () => {
  const plane = { center: [1, 2, 3], ...bodyViews[0], edge: 20 } as const
  const outlines = sectionOutlines(ring([1, 2, 3.05]), plane)
  const radii = outlines.map((outline) => outline.map(([x, y]) => Math.hypot(x - 10, y - 10)))
  expect(radii).toHaveLength(2)
  for (const radius of radii.flat()) expect(Math.min(Math.abs(radius - 3), Math.abs(radius - 5))).toBeLessThan(0.05)
})

test('a plane beside a surface cuts nothing', () => {
  expect(sectionOutlines(ring([0, 0, 0]), { center: [0, 0, 9], ...bodyViews[0], edge: 20 })).toEqual([])
})

test('a slice shows the scan where it lies: bone white, air and outside black', () => {
  const geometry = geometryAround([0, 0, 0], [20, 20, 20], [1, 1, 1], identity3)
  const data = Int16Array.from({ length: 8000 }, (_, at) => (at % 20 < 10 ? 3000 : -1000))
  const address = slicePicture({ geometry, data }, { center: [0, 0, 0], ...bodyViews[0], edge: 40 }, 80)
  const png = decode(Buffer.from(address.replace('data:image/png;base64,', ''), 'base64'))
  const gray = (x: number, y: number): number => png.data[x + 80 * y] as number
  expect([png.width, png.height, png.channels]).toEqual([80, 80, 1])
  expect([gray(30, 40), gray(50, 40), gray(5, 40)]).toEqual([255, 0, 0])
})

test('the nearer of two surfaces hides the other; around them the picture is empty, and through a ring too', () => {
  const plane = { center: [0, 0, 0], ...bodyViews[0], edge: 20 } as const
  const pixels = 60
  const near = { mesh: ring([0, 0, -3]), color: [255, 0, 0] as const }
  const far = { mesh: ring([2, 0, 3]), color: [0, 0, 255] as const }
  for (const order of [
    [near, far],
    [far, near]
  ]) {
    const picture = renderMeshes(order, plane, pixels)
    const at = (mmX: number, mmY: number): number[] => {
      const pixel = Math.floor(((mmX + 10) / 20) * pixels) + pixels * Math.floor(((mmY + 10) / 20) * pixels)
      return [...picture.subarray(4 * pixel, 4 * pixel + 4)]
    }
    const [crossing, beside] = [at(-4, 0), at(6, 0)] as [number[], number[]]
    expect((crossing[0] as number) > 2 * (crossing[2] as number)).toBe(true)
    expect((beside[2] as number) > 2 * (beside[0] as number)).toBe(true)
    expect([at(0, 0)[3], at(-9, -9)[3], crossing[3]]).toEqual([0, 0, 255])
  }
})

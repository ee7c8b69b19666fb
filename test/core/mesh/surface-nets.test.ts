import { describe, expect, test } from 'vitest'
import {
  applyAffine,
  createGeometry,
  type Geometry,
  geometryAround,
  worldFromIndex
} from '../../../src/core/geometry/geometry.ts'
import { smooth } from '../../../src/core/image/filter.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { type Matrix3, multiply, norm, rotationAbout, type Vector3 } from '../../../src/core/math/vector.ts'
import { type Mesh, meshVolume } from '../../../src/core/mesh/mesh.ts'
import { surfaceNets } from '../../../src/core/mesh/surface-nets.ts'
import { createVolume, type Volume } from '../../../src/core/volume.ts'

const oblique = multiply(rotationAbout([0.6, 0, 0.8], 0.7), [1, 0, 0, 0, 1, 0, 0, 0, 1])
const leftHanded: Matrix3 = multiply(oblique, [1, 0, 0, 0, 1, 0, 0, 0, -1])
const grid = (direction: Matrix3): Geometry => geometryAround([5, -3, 2], [40, 44, 36], [0.5, 0.45, 0.6], direction)

/** A field over world points, relative to the middle of the grid. */
function sampled(geometry: Geometry, field: (point: Vector3) => number): Volume<Float32Array> {
  const map = worldFromIndex(geometry)
  const [nx, ny, nz] = geometry.size
  const data = new Float32Array(nx * ny * nz)
  for (let n = 0; n < data.length; n++) {
    const [x, y, z] = applyAffine(map, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / nx / ny)])
    data[n] = field([x - 5, y + 3, z - 2])
  }
  return createVolume(geometry, data)
}

const ball = (radius: number) => (p: Vector3) => radius - norm(p)
const torus =
  (major: number, minor: number) =>
  ([x, y, z]: Vector3) =>
    minor - Math.hypot(Math.hypot(x, y) - major, z)

/** V − E + F, after checking that every edge is shared by two triangles that run along it in opposite directions. */
function eulerCharacteristic({ vertices, triangles }: Mesh): number {
  const seen = new Set<string>()
  for (let t = 0; t < triangles.length; t += 3) {
    for (const corner of [0, 1, 2]) {
      const edge = `${triangles[t + corner]}>${triangles[t + ((corner + 1) % 3)]}`
      if (seen.has(edge)) throw new Error(`edge ${edge} is in two triangles that face opposite ways`)
      seen.add(edge)
    }
  }
  const open = [...seen].filter((edge) => !seen.has(edge.split('>').reverse().join('>')))
  expect(open).toEqual([])
  return vertices.length / 3 - seen.size / 2 + triangles.length / 3
}

describe.each([
  ['right-handed', oblique],
  ['left-handed', leftHanded]
])('the surface on an oblique %s grid', (_, direction) => {
  test('of a ball is a closed sphere of its volume, facing outward', () => {
    const mesh = surfaceNets(sampled(grid(direction), ball(7)), 0)
    expect(eulerCharacteristic(mesh)).toBe(2)
    const exact = (4 / 3) * Math.PI * 7 ** 3
    expect(Math.abs(meshVolume(mesh) / exact - 1)).toBeLessThan(0.01)
  })

  test('of a torus has its hole and its volume', () => {
    const mesh = surfaceNets(sampled(grid(direction), torus(5, 2)), 0)
    expect(eulerCharacteristic(mesh)).toBe(0)
    const exact = 2 * Math.PI ** 2 * 5 * 2 ** 2
    expect(Math.abs(meshVolume(mesh) / exact - 1)).toBeLessThan(0.04)
  })
})

test('every vertex of a ball lies near its sphere in the world', () => {
  const { vertices } = surfaceNets(sampled(grid(leftHanded), ball(7)), 0)
  const at = (n: number): number => vertices[n] as number
  for (let v = 0; v < vertices.length; v += 3) {
    expect(Math.abs(norm([at(v) - 5, at(v + 1) + 3, at(v + 2) - 2]) - 7)).toBeLessThan(0.05)
  }
})

test('a mask that fills its grid is closed half a voxel outside the outermost voxels', () => {
  const geometry = createGeometry({
    size: [4, 5, 6],
    spacing: [1, 1, 1],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1]
  })
  const mesh = surfaceNets(createVolume(geometry, new Uint8Array(120).fill(1)), 0.5)
  expect(eulerCharacteristic(mesh)).toBe(2)
  const xs = mesh.vertices.filter((_, n) => n % 3 === 0)
  expect([Math.min(...xs), Math.max(...xs)]).toEqual([expect.closeTo(-0.5, 6), expect.closeTo(3.5, 6)])
})

test('nothing above the level gives an empty mesh', () => {
  const geometry = grid(oblique)
  expect(surfaceNets(createVolume(geometry, new Uint8Array(40 * 44 * 36)), 0.5).triangles).toHaveLength(0)
})

test('of a ragged field has every edge in exactly two triangles, whichever voxels touch', () => {
  const geometry = geometryAround([0, 0, 0], [14, 13, 12], [0.3, 0.3, 0.3], [1, 0, 0, 0, 1, 0, 0, 0, 1])
  for (let seed = 0; seed < 20; seed++) {
    const random = createRandom(seed)
    const rough = Float32Array.from({ length: 14 * 13 * 12 }, () => random.normal())
    for (const data of [rough, smooth(rough, geometry.size, [0.8, 0.8, 0.8])]) {
      const mesh = surfaceNets({ geometry, data }, 0.1)
      expect(mesh.triangles.length).toBeGreaterThan(0)
      expect(() => eulerCharacteristic(mesh)).not.toThrow()
      expect(meshVolume(mesh)).toBeGreaterThan(0)
    }
  }
})

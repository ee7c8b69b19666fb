import { expect, test } from 'vitest'
import { applyAffine, geometryAround, voxelCount, worldFromIndex } from '../../../src/core/geometry/geometry.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import { decimate } from '../../../src/core/mesh/decimate.ts'
import { type Mesh, meshVolume } from '../../../src/core/mesh/mesh.ts'
import { meshTopology } from '../../../src/core/mesh/mesh-topology.ts'
import { smoothMesh } from '../../../src/core/mesh/smooth-mesh.ts'
import { surfaceNets } from '../../../src/core/mesh/surface-nets.ts'
import { vertexNormals } from '../../../src/core/mesh/vertex-normals.ts'
import { greatestDistance } from '../../support/mesh-distance.ts'

const [ring, tube] = [3, 0.6]

/** A ring as thick as a semicircular canal, far from the origin. */
function torus(spacing: number): Mesh {
  const n = Math.ceil(8 / spacing)
  const geometry = geometryAround(
    [90, -40, 1200],
    [n, n, Math.ceil(2 / spacing)],
    [spacing, spacing, spacing],
    identity3
  )
  const map = worldFromIndex(geometry)
  const data = Float32Array.from({ length: voxelCount(geometry) }, (_, at) => {
    const [x, y, z] = applyAffine(map, [at % n, Math.floor(at / n) % n, Math.floor(at / n ** 2)])
    return tube - Math.hypot(Math.hypot(x - 90, y + 40) - ring, z - 1200)
  })
  return surfaceNets({ geometry, data }, 0)
}

test('a ring keeps its hole and stays within the stated distance with a fraction of its triangles', async () => {
  const fine = torus(0.12)
  const coarse = await decimate(fine, 0.01)
  expect(coarse.triangles.length).toBeLessThan(0.5 * fine.triangles.length)
  expect(meshTopology(coarse)).toEqual({ closed: true, shells: 1, genus: 1 })
  expect(greatestDistance(coarse, fine, 0.2)).toBeLessThan(0.03)
  expect(greatestDistance(fine, coarse, 0.2)).toBeLessThan(0.03)
  expect(Math.abs(meshVolume(coarse) / meshVolume(fine) - 1)).toBeLessThan(0.01)
})

test('a tolerance wider than the ring does not close its hole', async () => {
  expect(meshTopology(await decimate(torus(0.2), 5))).toEqual({ closed: true, shells: 1, genus: 1 })
})

test('nothing stays nothing', async () => {
  const nothing = { vertices: new Float64Array(0), triangles: new Uint32Array(0) }
  expect(await decimate(nothing, 0.1)).toEqual(nothing)
})

test('smoothing takes the steps from a surface of voxels and leaves its volume', () => {
  const spacing = 0.12
  const exact = torus(spacing)
  const rough = { ...exact, vertices: exact.vertices.map((mm, at) => mm + 0.02 * Math.sin(1e4 * at)) }
  const smoothed = smoothMesh(rough, 3)
  expect(roughness(smoothed)).toBeLessThan(0.5 * roughness(rough))
  expect(Math.abs(meshVolume(smoothed) / meshVolume(exact) - 1)).toBeLessThan(0.01)
})

/** Mean distance (mm) of the vertices from the ring they should lie on. */
function roughness({ vertices }: Mesh): number {
  let sum = 0
  for (let at = 0; at < vertices.length; at += 3) {
    const [x, y, z] = vertices.subarray(at, at + 3) as Float64Array & [number, number, number]
    sum += Math.abs(Math.hypot(Math.hypot(x - 90, y + 40) - ring, z - 1200) - tube)
  }
  return (3 * sum) / vertices.length
}

test('the normals of a ring point away from its middle line', () => {
  const mesh = torus(0.12)
  const normals = vertexNormals(mesh)
  for (let at = 0; at < normals.length; at += 3) {
    const [x, y, z] = mesh.vertices.subarray(at, at + 3) as Float64Array & [number, number, number]
    const around = Math.hypot(x - 90, y + 40)
    const across = (around - ring) / tube
    const exact = [((x - 90) / around) * across, ((y + 40) / around) * across, (z - 1200) / tube]
    const cosine = exact.reduce((sum, value, axis) => sum + value * (normals[at + axis] as number), 0)
    expect(cosine).toBeGreaterThan(0.97)
  }
})

import { describe, expect, test } from 'vitest'
import { geometryAround } from '../../../src/core/geometry/geometry.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import { type Mesh, mergeMeshes, meshVolume } from '../../../src/core/mesh/mesh.ts'
import { meshTopology, splitNonManifoldVertices } from '../../../src/core/mesh/mesh-topology.ts'
import { withoutSpecks } from '../../../src/core/mesh/shells.ts'
import { surfaceNets } from '../../../src/core/mesh/surface-nets.ts'

const tetrahedron: Mesh = {
  vertices: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1),
  triangles: Uint32Array.of(0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3)
}

/** A plate of voxels with so many holes through it. */
function plate(holes: number): Mesh {
  const geometry = geometryAround([0, 0, 0], [2 * holes + 1, 3, 1], [1, 1, 1], identity3)
  const data = Uint8Array.from({ length: 3 * (2 * holes + 1) }, (_, at) => {
    const [i, j] = [at % (2 * holes + 1), Math.floor(at / (2 * holes + 1))]
    return j === 1 && i % 2 === 1 ? 0 : 1
  })
  return surfaceNets({ geometry, data }, 0.5)
}

describe('the topology of a mesh', () => {
  test('of a tetrahedron is that of a ball', () => {
    expect(meshTopology(tetrahedron)).toEqual({ closed: true, shells: 1, genus: 0 })
  })

  test.each([0, 1, 2, 3])('counts %i holes through a plate as handles', (holes) => {
    expect(meshTopology(plate(holes))).toEqual({ closed: true, shells: 1, genus: holes })
  })

  test('adds up shells and their handles', () => {
    expect(meshTopology(mergeMeshes([plate(1), plate(2), tetrahedron]))).toEqual({ closed: true, shells: 3, genus: 3 })
  })

  test('of a surface with a hole in it, or with a triangle turned round, has no genus', () => {
    const open = { ...tetrahedron, triangles: tetrahedron.triangles.slice(3) }
    const turned = { ...tetrahedron, triangles: Uint32Array.of(0, 1, 2, 0, 1, 3, 0, 3, 2, 1, 2, 3) }
    for (const mesh of [open, turned]) expect(meshTopology(mesh)).toMatchObject({ closed: false, genus: undefined })
  })
})

test('an edge in three triangles belongs to no two of them: the surface is not closed', () => {
  const fin = { ...tetrahedron, triangles: Uint32Array.of(...tetrahedron.triangles, 0, 2, 3) }
  expect(meshTopology(fin)).toMatchObject({ closed: false, genus: undefined })
})

test('two shells that touch in a vertex each get their own', () => {
  const touching = {
    vertices: Float64Array.of(...tetrahedron.vertices, -1, 0, 0, 0, -1, 0, 0, 0, -1),
    triangles: Uint32Array.of(...tetrahedron.triangles, ...[0, 4, 5, 0, 6, 4, 0, 5, 6, 4, 6, 5])
  }
  const separated = splitNonManifoldVertices(touching)
  expect(separated.vertices).toHaveLength(3 * 8)
  expect(meshTopology(separated)).toEqual({ closed: true, shells: 2, genus: 0 })
})

test('shells below a volume are dropped, be they specks or voids, and their vertices with them', () => {
  const bubble = { ...tetrahedron, triangles: tetrahedron.triangles.toReversed() }
  const body = plate(1)
  const rest = withoutSpecks(mergeMeshes([tetrahedron, body, bubble]), 0.5)
  expect(rest.vertices).toHaveLength(body.vertices.length)
  expect([meshVolume(rest), meshTopology(rest)]).toEqual([expect.closeTo(meshVolume(body), 9), meshTopology(body)])
  expect(withoutSpecks(body, 0.5)).toBe(body)
})

test('a ragged surface has a whole genus once its fans are separate', () => {
  const geometry = geometryAround([0, 0, 0], [12, 11, 10], [1, 1, 1], identity3)
  for (let seed = 0; seed < 10; seed++) {
    const random = createRandom(seed)
    const data = Float32Array.from({ length: 12 * 11 * 10 }, () => random.normal())
    const { closed, genus } = meshTopology(splitNonManifoldVertices(surfaceNets({ geometry, data }, 0)))
    expect(closed).toBe(true)
    expect(genus).toBeGreaterThanOrEqual(0)
    expect(Number.isInteger(genus)).toBe(true)
  }
})

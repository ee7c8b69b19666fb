import { type Affine, applyAffine, createGeometry, type Geometry } from './geometry/geometry.ts'
import type { Landmark } from './landmark.ts'
import { multiply } from './math/vector.ts'
import type { Mesh } from './mesh/mesh.ts'

/** What lies in one world carried into another by a rotation, which may mirror, and a shift, LPS mm. */

export function movedGeometry({ size, spacing, origin, direction }: Geometry, map: Affine): Geometry {
  return createGeometry({
    size,
    spacing,
    origin: applyAffine(map, origin),
    direction: multiply(map.matrix, direction)
  })
}

export function movedLandmark(landmark: Landmark, map: Affine): Landmark {
  return landmark.status === 'defined' ? { ...landmark, position: applyAffine(map, landmark.position) } : landmark
}

export function movedMesh({ vertices, triangles }: Mesh, map: Affine): Mesh {
  const moved = new Float64Array(vertices.length)
  for (let at = 0; at < vertices.length; at += 3) {
    const [x, y, z] = [vertices[at] as number, vertices[at + 1] as number, vertices[at + 2] as number]
    moved.set(applyAffine(map, [x, y, z]), at)
  }
  return { vertices: moved, triangles }
}

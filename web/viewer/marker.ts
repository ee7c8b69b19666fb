import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'

const rings = 10
const sectors = 16

/** An octahedron around a place, by which a contact that is only planned is told from what was found. */
export function diamond([x, y, z]: Vector3, radius: number): Mesh {
  const corners = [-radius, radius].flatMap((r) => [
    [x + r, y, z],
    [x, y + r, z],
    [x, y, z + r]
  ])
  // Corners 0 to 2 lie on the negative axes, 3 to 5 on the positive ones; an even number of positive ones turns a face over.
  const faces = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((n) => {
    const [a, b, c] = [n & 1 ? 3 : 0, n & 2 ? 4 : 1, n & 4 ? 5 : 2] as const
    const isEven = ((n & 1) + ((n >> 1) & 1) + ((n >> 2) & 1)) % 2 === 0
    return isEven ? [a, c, b] : [a, b, c]
  })
  return { vertices: Float64Array.from(corners.flat()), triangles: Uint32Array.from(faces) }
}

/** A ball around a place, by which a landmark is seen in space. */
export function ball([x, y, z]: Vector3, radius: number): Mesh {
  const vertices: number[] = []
  const triangles: number[] = []
  for (let ring = 0; ring <= rings; ring++) {
    const polar = (Math.PI * ring) / rings
    for (let sector = 0; sector < sectors; sector++) {
      const azimuth = (2 * Math.PI * sector) / sectors
      const around = radius * Math.sin(polar)
      vertices.push(x + around * Math.cos(azimuth), y + around * Math.sin(azimuth), z + radius * Math.cos(polar))
      if (ring === rings) continue
      const [a, b] = [ring * sectors + sector, ring * sectors + ((sector + 1) % sectors)]
      triangles.push(a, a + sectors, b, b, a + sectors, b + sectors)
    }
  }
  return { vertices: Float64Array.from(vertices), triangles: Uint32Array.from(triangles) }
}

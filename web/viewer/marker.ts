import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'

const rings = 10
const sectors = 16

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

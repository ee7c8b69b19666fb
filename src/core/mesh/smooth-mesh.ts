import type { Mesh } from './mesh.ts'

/** Steps towards and away from the mean of a vertex's neighbours (Taubin 1995: pass band up to 1/λ − 1/|μ|). */
const steps = [0.5, -0.526] as const

/**
 * A mesh without the roughness of its grid, which neither shrinks nor swells (Taubin, *A signal processing approach to
 * fair surface design*, 1995): in each round every vertex moves towards the mean of its neighbours and back a little
 * more.
 */
export function smoothMesh({ vertices, triangles }: Mesh, rounds: number): Mesh {
  const places = Float64Array.from(vertices)
  const sums = new Float64Array(places.length)
  const counts = new Uint32Array(places.length / 3)
  // Each edge of a closed surface is met once in each direction, so each neighbour is counted once.
  for (const from of triangles) counts[from] = (counts[from] as number) + 1
  for (let round = 0; round < rounds; round++) {
    for (const step of steps) {
      sums.fill(0)
      for (let corner = 0; corner < triangles.length; corner++) {
        const from = 3 * (triangles[corner] as number)
        const to = 3 * (triangles[corner % 3 === 2 ? corner - 2 : corner + 1] as number)
        for (let axis = 0; axis < 3; axis++)
          sums[from + axis] = (sums[from + axis] as number) + (places[to + axis] as number)
      }
      for (let at = 0; at < places.length; at++) {
        const place = places[at] as number
        const mean = (sums[at] as number) / (counts[Math.floor(at / 3)] as number)
        places[at] = place + step * (mean - place)
      }
    }
  }
  return { vertices: places, triangles }
}

import { applyAffine, cropGeometry, isLeftHanded, worldFromIndex } from '../geometry/geometry.ts'
import { boxAround, cropVoxels } from '../image/box.ts'
import { joinDiagonals } from '../image/join-diagonals.ts'
import { voxelsAbove } from '../image/threshold.ts'
import type { Vector3 } from '../math/vector.ts'
import type { Volume } from '../volume.ts'
import type { Mesh } from './mesh.ts'

/**
 * The closed surface around the voxels whose value is above `level`, by naive surface nets (Gibson 1998): one vertex
 * in each cell of eight voxel centres that the surface cuts, at the mean of the points where it cuts the cell's edges.
 * Everything outside the grid counts as below the level. The triangles face outward, on left-handed grids too.
 * For a label map, pass a mask of 0 and 1 and level 0.5. Voxels that touch only along an edge are joined first, so that
 * every edge lies in exactly two triangles; where parts touch only at a corner they share a vertex.
 */
export function surfaceNets(volume: Volume, level: number): Mesh {
  const box = boxAround(voxelsAbove(volume.data, level), volume.geometry.size, 1)
  if (box === undefined) return { vertices: new Float64Array(0), triangles: new Uint32Array(0) }
  const geometry = cropGeometry(volume.geometry, box.start, box.size)
  const data = joinDiagonals(cropVoxels(volume.data, volume.geometry.size, box), geometry.size, level)
  const [nx, ny, nz] = geometry.size
  // Cells by their lowest corner, from one before the first voxel.
  const size: Vector3 = [nx + 1, ny + 1, nz + 1]
  const value = (i: number, j: number, k: number): number =>
    i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz
      ? Number.NEGATIVE_INFINITY
      : (data[i + nx * (j + ny * k)] as number)

  const strides: Vector3 = [1, size[0], size[0] * size[1]]
  const vertexOf = new Int32Array(size[0] * size[1] * size[2])
  const vertices: number[] = []
  const triangles: number[] = []
  const toWorld = worldFromIndex(geometry)
  const flip = isLeftHanded(geometry)
  const corners = new Float64Array(8)
  let cell = 0
  for (let k = -1; k < nz; k++) {
    for (let j = -1; j < ny; j++) {
      for (let i = -1; i < nx; i++, cell++) {
        let inside = 0
        for (let c = 0; c < 8; c++) {
          corners[c] = value(i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2))
          if ((corners[c] as number) > level) inside |= 1 << c
        }
        if (inside === 0 || inside === 255) continue
        const [x, y, z] = meanCrossing(corners, level)
        vertexOf[cell] = vertices.length / 3
        vertices.push(...applyAffine(toWorld, [i + x, j + y, k + z]))
        for (const axis of [0, 1, 2] as const) {
          const near = (inside & 1) === 1
          const far = ((inside >> (1 << axis)) & 1) === 1
          if (near === far) continue
          const u = strides[(axis + 1) % 3] as number
          const v = strides[(axis + 2) % 3] as number
          const quad = [cell - u - v, cell - v, cell, cell - u].map((at) => vertexOf[at] as number)
          addQuad(triangles, vertices, near === flip ? quad.reverse() : quad)
        }
      }
    }
  }
  return { vertices: Float64Array.from(vertices), triangles: Uint32Array.from(triangles) }
}

/** The twelve edges of a cell as pairs of corners; corner c is (c & 1, c >> 1 & 1, c >> 2). */
const edges = [0, 1, 2].flatMap((axis) =>
  [0, 1, 2, 3, 4, 5, 6, 7].filter((c) => ((c >> axis) & 1) === 0).map((c) => [c, c | (1 << axis), axis] as const)
)

/** How near (voxels) the surface comes to a voxel's centre; through it, the vertices of all cells around would be one. */
const minFraction = 0.01

/** Mean of the points where the surface cuts a cell's edges, in voxels from its lowest corner. */
function meanCrossing(corners: Float64Array, level: number): Vector3 {
  const sum: [number, number, number] = [0, 0, 0]
  let count = 0
  for (const [from, to, axis] of edges) {
    const [a, b] = [corners[from] as number, corners[to] as number]
    if (a > level === b > level) continue
    // Beyond the border of the grid there is no value to interpolate with: the surface closes half a voxel outside.
    const exact = Number.isFinite(a) && Number.isFinite(b) ? (level - a) / (b - a) : 0.5
    const fraction = Math.max(minFraction, Math.min(1 - minFraction, exact))
    sum[0] += from & 1
    sum[1] += (from >> 1) & 1
    sum[2] += from >> 2
    sum[axis] = (sum[axis] as number) + fraction
    count++
  }
  return [sum[0] / count, sum[1] / count, sum[2] / count]
}

/** Adds a quad, cut along its shorter diagonal. */
function addQuad(triangles: number[], vertices: readonly number[], quad: readonly number[]): void {
  const [a, b, c, d] = quad as [number, number, number, number]
  const squared = (p: number, q: number): number =>
    [0, 1, 2].reduce((sum, n) => sum + ((vertices[3 * p + n] as number) - (vertices[3 * q + n] as number)) ** 2, 0)
  if (squared(a, c) <= squared(b, d)) triangles.push(a, b, c, a, c, d)
  else triangles.push(a, b, d, b, c, d)
}

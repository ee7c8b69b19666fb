import type { Geometry } from '../../src/core/geometry/geometry.ts'

/** Calls back with every voxel that shares a face with one, by their numbers in the grid's data. */
export function forEachNeighbour(
  { size: [nx, ny, nz] }: Geometry,
  at: number,
  visit: (neighbour: number) => void
): void {
  const plane = nx * ny
  const [x, y, z] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / plane)]
  if (x > 0) visit(at - 1)
  if (x + 1 < nx) visit(at + 1)
  if (y > 0) visit(at - nx)
  if (y + 1 < ny) visit(at + nx)
  if (z > 0) visit(at - plane)
  if (z + 1 < nz) visit(at + plane)
}

import type { Geometry } from '../../src/core/geometry/geometry.ts'
import { connectedComponents } from '../../src/core/image/components.ts'
import { forEachNeighbour } from './neighbours.ts'

/** Labels with the holes filled that a part borders on: background from which no way leads, face by face, to the grid's border. */
export function fillHoles(grid: Geometry, labels: Uint8Array, part: number): Uint8Array {
  const background = labels.map((label) => Number(label === 0))
  const { map } = connectedComponents(grid, background)
  const open = new Set<number>()
  const touched = new Set<number>()
  for (let at = 0; at < labels.length; at++) {
    const hole = map[at] as number
    if (hole !== 0) {
      if (isAtBorder(grid, at)) open.add(hole)
    } else if (labels[at] === part) {
      forEachNeighbour(grid, at, (next) => {
        if (labels[next] === 0) touched.add(map[next] as number)
      })
    }
  }
  return labels.map((label, at) => {
    const hole = map[at] as number
    return touched.has(hole) && !open.has(hole) ? part : label
  })
}

function isAtBorder({ size: [nx, ny, nz] }: Geometry, at: number): boolean {
  const row = Math.floor(at / nx)
  const [x, y, z] = [at % nx, row % ny, Math.floor(row / ny)]
  return x === 0 || y === 0 || z === 0 || x === nx - 1 || y === ny - 1 || z === nz - 1
}

import { geometryAround, voxelIndex } from '../../src/core/geometry/geometry.ts'
import { identity3 } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'
import { surfaceNets } from '../../src/core/mesh/surface-nets.ts'

/** A closed surface of known topology: plates side by side, the first with so many holes through it. */
export function plateMesh(holes: number, plates = 1): Mesh {
  const width = 4 * Math.max(1, holes) + 3
  const size = [(width + 2) * plates + 2, 9, 5] as const
  const data = new Float32Array(size[0] * size[1] * size[2]).fill(-1)
  for (let at = 0; at < data.length; at++) {
    const [i, j, k] = voxelIndex(size, at)
    const along = (i - 2) % (width + 2)
    const isFirst = i - 2 < width + 2
    const isHole = isFirst && j >= 4 && j <= 5 && along % 4 >= 3 && along < 4 * holes + 1
    if (i >= 2 && along < width && j >= 2 && j <= 6 && k === 2 && !isHole) data[at] = 1
  }
  return surfaceNets({ geometry: geometryAround([0, 0, 0], size, [1, 1, 1], identity3), data }, 0)
}

import { applyAffine, type Geometry, indexFromIndex } from '../../core/geometry/geometry.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Volume } from '../../core/volume.ts'

/** Whether a labelled voxel lies in the outermost layer of the scan. */
export function touchesBorder({ geometry, data }: Volume<Uint8Array>, scan: Geometry): boolean {
  const start = applyAffine(indexFromIndex(geometry, scan), [0, 0, 0]).map(Math.round) as [...Vector3]
  const last = scan.size.map((n) => n - 1)
  const [nx, ny, nz] = geometry.size
  const outermost = (index: number, axis: 0 | 1 | 2): boolean => {
    const inScan = index + start[axis]
    return inScan === 0 || inScan === last[axis]
  }
  for (let k = 0, at = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const row = outermost(k, 2) || outermost(j, 1)
      for (let i = 0; i < nx; i++, at++) if (data[at] !== 0 && (row || outermost(i, 0))) return true
    }
  }
  return false
}

import { landmarkKinds } from '../core/anatomy.ts'
import { applyAffine, type Geometry, indexFromIndex } from '../core/geometry.ts'
import type { Vector3 } from '../core/vector.ts'
import type { Volume } from '../core/volume.ts'
import type { EarFinding } from './findings.ts'

/** Below this probability the side of an ear is called uncertain. */
const certainSide = 0.9

/** What a reader should know of an ear before using its numbers, one sentence each. */
export function warningsAbout(ear: EarFinding, scan: Geometry): string[] {
  const warnings: string[] = []
  if (touchesBorder(ear.labels, scan)) {
    warnings.push(`The ${ear.side} ear is cut by the edge of the scan; its volumes are too small.`)
  }
  if (ear.sideConfidence < certainSide) {
    warnings.push(`That this is a ${ear.side} ear is uncertain (${Math.round(100 * ear.sideConfidence)} %).`)
  }
  for (const { id, name } of landmarkKinds) {
    const landmark = ear.landmarks.find((candidate) => candidate.id === id)
    if (landmark?.status === 'undefined')
      warnings.push(`The ${name.toLowerCase()} of the ${ear.side} ear was not found.`)
  }
  return warnings
}

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

import { partLabel } from '../../core/anatomy.ts'
import { applyAffine, composeAffine, invertAffine, voxelIndex, worldFromIndex } from '../../core/geometry/geometry.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { canalGap } from '../canals/canal-gap.ts'
import { type CanalId, canalSectors, sectorDegrees } from '../canals/canals.ts'
import type { Flag, JudgedEar } from './flag.ts'
import { coarsestForTopology, hasTopologyOfEar } from './topology.ts'

const canalIds: readonly CanalId[] = ['superior', 'posterior', 'lateral']

/** A voxel is looked at in points at most this far apart (mm), so that a canal of coarse voxels is seen all along. */
const pointStep = 0.3

/** Voxels of a greater edge (mm) are wider than a canal, which falls between them even where it is well outlined. */
const coarsest = 1.2

/** Flags an ear one of whose canals is seen along less than a third of its turn, or is interrupted. */
export function judgeCanals(ear: JudgedEar): Flag[] {
  if (Math.max(...ear.labels.geometry.spacing) > coarsest) return []
  const sectors = canalSectors(labelledPoints(ear, (label) => label === partLabel.semicircular_canals))
  const missing = canalIds.filter((id) => !sectors[id].isSeen)
  const gaps = interruptedCanals(
    ear,
    canalIds.filter((id) => !missing.includes(id))
  )
  if (missing.length === 0) return gaps
  const which = missing.join(' and the ')
  const [what, lack] = missing.length > 1 ? ['canals', 'are not seen as rings'] : ['canal', 'is not seen as a ring']
  return [
    {
      id: 'possible_malformation',
      severity: 'warning',
      side: ear.side,
      text: `The ${which} ${what} of the ${ear.side} ear ${lack}: absent, malformed, or badly outlined.`,
      evidence: Object.fromEntries(missing.map((id) => [`${id}_canal_seen`, sectors[id].count * sectorDegrees]))
    },
    ...gaps
  ]
}

/**
 * Gaps are not judged in voxels of a greater edge (mm). Above `coarsestForTopology` already, labels of whole canals have gaps, so
 * that the surface decides.
 */
const coarsestForGaps = 0.7

function interruptedCanals(ear: JudgedEar, ids: readonly CanalId[]): Flag[] {
  const edge = Math.max(...ear.labels.geometry.spacing)
  if (edge > coarsestForGaps || (edge > coarsestForTopology && hasTopologyOfEar(ear))) return []
  const points = labelledPoints(ear, (label) => label !== 0)
  return ids.flatMap((id): Flag[] => {
    const gap = canalGap(id, points)
    if (gap === undefined) return []
    const place = applyAffine({ matrix: ear.frame.direction, offset: ear.frame.origin }, gap)
    const [x, y, z] = place.map((mm) => mm.toFixed(1))
    return [
      {
        id: 'interrupted_canal',
        severity: 'warning',
        side: ear.side,
        text: `The ${id} canal of the ${ear.side} ear is interrupted near (${x}, ${y}, ${z}) mm: look whether the scan or the outline has the gap.`,
        place,
        evidence: {}
      }
    ]
  })
}

/** Points of the voxels with such labels, in the ear's frame, mm. */
function labelledPoints(
  { frame, labels: { geometry, data } }: Pick<JudgedEar, 'frame' | 'labels'>,
  isWanted: (label: number) => boolean
): Vector3[] {
  const earFromWorld = invertAffine({ matrix: frame.direction, offset: frame.origin })
  const earFromIndex = composeAffine(earFromWorld, worldFromIndex(geometry))
  const [xs, ys, zs] = geometry.spacing.map(offsetsWithin) as [number[], number[], number[]]
  const offsets = zs.flatMap((z) => ys.flatMap((y) => xs.map((x): Vector3 => [x, y, z])))
  const points: Vector3[] = []
  for (const [at, label] of data.entries()) {
    if (!isWanted(label)) continue
    const [i, j, k] = voxelIndex(geometry.size, at)
    for (const [x, y, z] of offsets) points.push(applyAffine(earFromIndex, [i + x, j + y, k + z]))
  }
  return points
}

/** Middles of equal pieces of a voxel's edge, from its own middle, in voxels. */
function offsetsWithin(spacing: number): number[] {
  const pieces = Math.ceil(spacing / pointStep)
  return Array.from({ length: pieces }, (_, n) => (n + 0.5) / pieces - 0.5)
}

import type { Remote } from 'comlink'
import { UsageError } from '../../src/core/errors.ts'
import {
  applyAffine,
  createGeometry,
  extentOf,
  type Geometry,
  invertAffine,
  sameGrid,
  worldFromIndex
} from '../../src/core/geometry/geometry.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { movedLandmark, movedMesh } from '../../src/core/move.ts'
import { earFlags } from '../../src/report/ear-flags.ts'
import { earAt } from '../ear-id.ts'
import { earSides } from '../ear-sides.ts'
import type { EarState } from '../ear-state.ts'
import type { State } from '../state.ts'
import type { AnalysisWorker } from '../worker/analysis-worker.ts'
import type { ComparedEar, Comparison, Flag } from './comparison.ts'
import { type Link, type LinkedEar, linkBetween } from './link.ts'
import { movedImplant, movedPlane } from './moved.ts'
import { valuesOfEar } from './values-of-ear.ts'

/** A grid for another scan has at most this many voxels along an axis. */
const mostVoxels = 256

/**
 * The ears of another scan beside those of the shown one, in its planes: the other scan is sampled where the link leads.
 * @param other what was found in the other scan, concluded
 * @param analysisWorker the worker that holds the other scan
 * @throws UsageError if no ear of the other scan is of a side that is shown
 */
export async function scanComparison(
  name: string,
  shown: State,
  other: State,
  analysisWorker: Remote<AnalysisWorker>
): Promise<Comparison> {
  const ears: [EarState['id'], ComparedEar][] = []
  for (const ear of shown.ears) {
    const partner = other.ears.find(({ side }) => side === ear.side)
    if (partner === undefined) continue
    ears.push([ear.id, await comparedEar(ear, partner, shown, other, analysisWorker)])
  }
  if (ears.length === 0) {
    throw new UsageError(
      `${name}: shows ${earSides(other.ears)}, the scan on show ${earSides(shown.ears)}; compare scans of one ear`
    )
  }
  return { against: 'scan', name, ears: Object.fromEntries(ears) }
}

async function comparedEar(
  shown: EarState,
  partner: EarState,
  shownIn: State,
  otherIn: State,
  analysisWorker: Remote<AnalysisWorker>
): Promise<ComparedEar> {
  const [here, there] = [linkedEar(shown, shownIn), linkedEar(partner, otherIn)]
  const link = linkBetween(here, there)
  const isSameGrid = link.by === 'world' && sameGrid(here.scan, there.scan)
  const grid = isSameGrid ? shown.grid : gridBeside(shown.grid, Math.min(...partner.grid.spacing))
  const sampled = await analysisWorker.onGrid(grid, link.toOther)
  const { result } = otherIn
  const summary = result?.ears[earAt(partner.id)]
  return {
    ear: { ...inShownWorld(partner, link), ...sampled, id: shown.id, grid },
    link,
    values: summary === undefined ? null : valuesOfEar(summary),
    labels: isSameGrid ? 'parts' : 'other grid',
    flags: [...otherPatient(shownIn, otherIn), ...(result === null ? [] : earFlags(result, partner))]
  }
}

/** That the scans are of two patients, as far as their headers say. */
function otherPatient({ patientId: shown }: State, { patientId: other }: State): Flag[] {
  if (shown === null || other === null || shown === other) return []
  return [{ severity: 'warning', text: 'By their Patient IDs the two scans are of different patients.' }]
}

/** The same box in voxels as fine as those of another scan, or in its own where these are finer. */
export function gridBeside(grid: Geometry, finest: number): Geometry {
  const extent = extentOf(grid)
  const edge = Math.max(finest, Math.max(...extent) / mostVoxels)
  if (edge >= Math.min(...grid.spacing)) return grid
  const size = extent.map((mm) => Math.max(1, Math.round(mm / edge))) as unknown as Vector3
  const spacing: Vector3 = [extent[0] / size[0], extent[1] / size[1], extent[2] / size[2]]
  // Of the box's corner, half a voxel before the first middle, in voxels of the grid.
  const first = spacing.map((mm, axis) => mm / (grid.spacing[axis] as number) / 2 - 0.5) as unknown as Vector3
  return createGeometry({ size, spacing, direction: grid.direction, origin: applyAffine(worldFromIndex(grid), first) })
}

function inShownWorld(ear: EarState, { toOther }: Link): EarState {
  const back = invertAffine(toOther)
  const { landmarks, implant, surfaces, planes } = ear
  return {
    ...ear,
    landmarks: landmarks.map((landmark) => movedLandmark(landmark, back)),
    implant: movedImplant(implant, back),
    surfaces: {
      cochlea: movedMesh(surfaces.cochlea, back),
      vestibule: movedMesh(surfaces.vestibule, back),
      semicircular_canals: movedMesh(surfaces.semicircular_canals, back)
    },
    planes: planes.map((plane) => movedPlane(plane, back))
  }
}

function linkedEar({ frame }: EarState, { overview, frameOfReference }: State): LinkedEar {
  if (overview === null) throw new Error('a scan without its grid')
  return { frame, scan: overview.grid, frameOfReference }
}

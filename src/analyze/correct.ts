import { parts } from '../core/anatomy.ts'
import { type Geometry, voxelCount } from '../core/geometry/geometry.ts'
import { resample } from '../core/geometry/resample.ts'
import type { Landmark } from '../core/landmark.ts'
import type { Volume } from '../core/volume.ts'
import { uncalibrated } from '../network/calibration.ts'
import type { EarFinding, Findings } from './findings.ts'
import type { EarView } from './segment/ear-view.ts'
import { labelsOfEars, pasteLabels } from './segment/labels-on-scan.ts'
import { type Occupancy, occupiedVoxels, predictionOf } from './segment/occupancy.ts'
import { earSurfaces } from './segment/surface.ts'

/** One ear as a person left it. */
export interface EarCorrection {
  /** One for each landmark kind, in the order of the anatomy table. */
  readonly landmarks: readonly Landmark[]
  /** Label numbers in a box of the scan's voxels that holds the box of the ear's labels. */
  readonly labels: Volume<Uint8Array>
}

/**
 * An ear with landmarks moved and labels painted by hand; everything else stays as it was found. The same change is made to
 * every view of the ear, so that the spread of the views remains a measure of uncertainty for the rest. Surfaces are not
 * updated: `withSurfaces` does that.
 */
export function correctEar(ear: EarFinding, { landmarks, labels }: EarCorrection): EarFinding {
  const moved = new Map(landmarks.filter((now, n) => !sameLandmark(now, ear.landmarks[n])).map((now) => [now.id, now]))
  const painted = paintedShares(ear.labels, labels)
  const corrected = <S extends EarView>(view: S): S => ({
    ...view,
    landmarks: view.landmarks.map((landmark) => moved.get(landmark.id) ?? landmark),
    occupancy: painted === undefined ? view.occupancy : repainted(view.occupancy, painted)
  })
  return { ...corrected(ear), labels, isPainted: painted !== undefined, repeats: ear.repeats.map(corrected) }
}

/**
 * Findings with a person's corrections: corrected ears, new surfaces of those that were painted, and the labels of all ears on
 * the scan's grid.
 * @param corrections one for each ear
 */
export async function correctFindings(found: Findings, corrections: readonly EarCorrection[]): Promise<Findings> {
  const scan = found.labels.geometry
  const ears: EarFinding[] = []
  for (const [n, ear] of found.ears.entries()) {
    const correction = corrections[n]
    const now = correction === undefined ? ear : correctEar(ear, correction)
    ears.push(now.isPainted ? await withSurfaces(now, scan) : now)
  }
  return { ...found, ears, labels: labelsOfEars(ears, scan) }
}

/** The ear with surfaces drawn from what it occupies now. */
export async function withSurfaces(ear: EarFinding, scan: Geometry): Promise<EarFinding> {
  const { logitBias } = ear.calibration ?? uncalibrated
  const surfaces = await earSurfaces(predictionOf(ear.occupancy, logitBias), occupiedVoxels(ear.occupancy), scan)
  return { ...ear, surfaces }
}

function sameLandmark(a: Landmark, b: Landmark | undefined): boolean {
  if (a.status !== 'defined' || b?.status !== 'defined') return a.status === b?.status
  return a.position.every((mm, axis) => mm === b.position[axis])
}

/** For each part, 1 in voxels that were painted with it, −1 where it was erased; undefined when nothing changed. */
function paintedShares(found: Volume<Uint8Array>, now: Volume<Uint8Array>): Volume<Int8Array>[] | undefined {
  const { geometry, data } = now
  const before = { geometry, data: new Uint8Array(data.length) }
  pasteLabels(before, found)
  if (before.data.every((label, at) => label === data[at])) return undefined
  return parts.map(({ label }) => ({
    geometry,
    data: Int8Array.from(data, (value, at) => Number(value === label) - Number(before.data[at] === label))
  }))
}

/** Occupancy plus the painted change, clipped to 0 to 1. */
function repainted({ geometry, parts: shares }: Occupancy, painted: readonly Volume<Int8Array>[]): Occupancy {
  const changes = painted.map((part) => resample(part, geometry, 0).data)
  const changed = shares.map((share, n) =>
    share.map((value, at) => Math.max(0, Math.min(1, value + (changes[n]?.[at] ?? 0))))
  )
  for (let at = 0; at < voxelCount(geometry); at++) {
    const sum = changed.reduce((total, share) => total + (share[at] as number), 0)
    if (sum > 1) for (const share of changed) share[at] = (share[at] as number) / sum
  }
  return { geometry, parts: changed }
}

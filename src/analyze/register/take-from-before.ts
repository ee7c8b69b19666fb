import { InputError } from '../../core/errors.ts'
import type { Affine } from '../../core/geometry/geometry.ts'
import { multiply, subtract, transform, transpose } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import type { EarFinding, Findings } from '../findings.ts'
import { labelsOfEars } from '../segment/labels-on-scan.ts'
import { moveEar } from './move-ear.ts'
import { registerBone } from './register-bone.ts'

/** A scan from before surgery and the ears that were found in it. */
export interface ScanBefore {
  /** What results call it. */
  readonly name: string
  readonly scan: Scan
  readonly ears: readonly EarFinding[]
  /** How it was read and what is doubtful about it, as sentences. */
  readonly notes?: readonly string[]
}

/**
 * Bone whose edges lie farther apart (mm) after registration, or whose values agree less, is another bone, or one that was changed too
 * much: between what generated bones came to, 0.18 mm and 0.97, and others, 0.80 mm and 0.71 (studies/electrode/before.ts).
 */
export const registrationLimits = { residual: 0.3, correlation: 0.85 }

/**
 * Findings whose labyrinths are those of a scan from before surgery, which metal does not hide, where the bone around them lies in
 * this scan.
 * @param found in this scan: about where each ear lies
 * @param name of this scan, for messages
 * @throws InputError where the scans show no ear of one side, or not the same bone
 */
export function takeFromBefore(found: Findings, scan: Scan, name: string, before: ScanBefore): Findings {
  const sides = (of: readonly EarFinding[]): string =>
    of.length === 0 ? 'no ear' : `a ${[...new Set(of.map(({ side }) => side))].join(' and a ')} ear`
  if (found.ears.length > 0 && !found.ears.some(({ side }) => before.ears.some((ear) => ear.side === side))) {
    throw new InputError(
      before.name,
      `shows ${sides(before.ears)} and ${name} ${sides(found.ears)}; name the scan before surgery of the same ear, or go on without one`
    )
  }
  const ears = found.ears.map((ear) => earFromBefore(ear, scan, name, before))
  const alone = found.ears.filter(({ before: taken }, n) => ears[n] === undefined && !taken).map(({ side }) => side)
  const kept = ears.map((ear, n) => ear ?? (found.ears[n] as EarFinding))
  const missing = alone.map((side) =>
    before.ears.some((ear) => ear.side === side)
      ? `the ${side} ear comes to lie outside this scan: what this scan shows is outlined`
      : `shows no ${side} ear: that is outlined in this scan`
  )
  const notes = [...missing, ...(before.notes ?? [])].map((note) => `${before.name}: ${note}`)
  return {
    ...found,
    ears: kept,
    labels: labelsOfEars(kept, scan.geometry),
    notes: [...notesStill(found, ears), ...notes]
  }
}

/** Notes of what was found before, without those of scans from which no ear is taken any more. @param taken ears in place of those */
function notesStill({ ears, notes = [] }: Findings, taken: readonly (EarFinding | undefined)[]): string[] {
  const sources = ears.map(({ before }, n) => ({ source: before?.source, isReplaced: taken[n] !== undefined }))
  const kept = sources.filter(({ isReplaced }) => !isReplaced).map(({ source }) => source)
  const gone = sources.flatMap(({ source }) => (source === undefined || kept.includes(source) ? [] : `${source}: `))
  return notes.filter((note) => !gone.some((start) => note.startsWith(start)))
}

/** @returns undefined where the scan before surgery shows no ear of this side, or one that comes to lie outside this scan */
function earFromBefore(ear: EarFinding, scan: Scan, name: string, before: ScanBefore): EarFinding | undefined {
  const partner = before.ears.find(({ side }) => side === ear.side)
  if (partner === undefined) return undefined
  const start = fromFrameToFrame(partner.frame, ear.frame)
  const registration = registerBone(before.scan, scan, partner.frame.origin, start)
  const { residual, correlation } = registration ?? { residual: Number.POSITIVE_INFINITY, correlation: 0 }
  if (
    registration === undefined ||
    residual > registrationLimits.residual ||
    correlation < registrationLimits.correlation
  ) {
    const apart = Number.isFinite(residual)
      ? `bone lies ${residual.toFixed(2)} mm apart, values agree to ${correlation.toFixed(2)}`
      : 'too little of it is seen in both'
    throw new InputError(
      before.name,
      `does not show the ${ear.side} temporal bone of ${name} as it is there (${apart}; at most ${registrationLimits.residual} mm and at least ${registrationLimits.correlation}); name the scan before surgery of the same ear, or go on without one`
    )
  }
  const moved = moveEar(partner, registration.map, scan.geometry)
  return moved && { ...moved, before: { source: before.name, ...registration } }
}

/** Where a place of one ear lies in another, by how both lie. */
function fromFrameToFrame(from: EarFrame, to: EarFrame): Affine {
  const matrix = multiply(to.direction, transpose(from.direction))
  return { matrix, offset: subtract(to.origin, transform(matrix, from.origin)) }
}

import { beforeAll, describe, expect, it } from 'vitest'
import type { EarFinding, Findings } from '../../../src/analyze/findings.ts'
import { takeFromBefore } from '../../../src/analyze/register/take-from-before.ts'
import { labelsOfEars } from '../../../src/analyze/segment/labels-on-scan.ts'
import { type Affine, applyAffine, geometryAround, invertAffine } from '../../../src/core/geometry/geometry.ts'
import { add, distance, identity3, multiply, normalize, rotationAbout } from '../../../src/core/math/vector.ts'
import type { Scan } from '../../../src/core/volume.ts'
import { measureVolumes } from '../../../src/measure/volumes.ts'
import { trueEar, trueLabels } from '../../implant/known-ear.ts'
import { cellsOf, scanOfBone } from '../../support/bone.ts'

const labels = trueLabels()
const grid = geometryAround([0, 0, 0], [56, 56, 56], [0.5, 0.5, 0.5], identity3)
const before = { name: 'before.nii.gz', scan: scanOfBone(grid, cellsOf(4), (place) => place, labels), ears: [earOf()] }
const truth: Affine = { matrix: rotationAbout(normalize([1, -2, 1]), 0.2), offset: [3, -2, 1] }
const back = invertAffine(truth)
const other = geometryAround([3, -2, 1], [50, 50, 50], [0.55, 0.55, 0.55], identity3)

function earOf(): EarFinding {
  const nothing = { vertices: Float64Array.of(1, 2, 3), triangles: new Uint32Array(0) }
  const surfaces = { labyrinth: nothing, parts: { cochlea: nothing, vestibule: nothing, semicircular_canals: nothing } }
  return { ...trueEar(), side: 'right', sideConfidence: 1, residual: 0, score: 1, labels, surfaces, repeats: [] }
}

/** The ear, its labyrinth far from where its frame says. */
function earFarAway(): EarFinding {
  const known = earOf()
  const { geometry, parts } = known.occupancy
  return { ...known, occupancy: { geometry: { ...geometry, origin: add(geometry.origin, [0, 0, 200]) }, parts } }
}

/** The ear about where it is in the second scan, seen badly: without landmarks. */
function foundIn(scan: Scan, side: 'left' | 'right' = 'right'): Findings {
  const known = earOf()
  const direction = multiply(truth.matrix, known.frame.direction)
  const frame = { side, origin: applyAffine(truth, [0.6, -0.5, 0.4]), direction } as const
  const nothing = { geometry: geometryAround([3, -2, 1], [1, 1, 1], [1, 1, 1], identity3), data: new Uint8Array(1) }
  const ears = [{ ...known, side, frame, landmarks: [], labels: nothing }]
  return { ears, labels: labelsOfEars([], scan.geometry), timings: [] }
}

describe('a labyrinth from before surgery', () => {
  const after = scanOfBone(other, cellsOf(4), (place) => applyAffine(back, place), labels)
  let findings: Findings
  beforeAll(() => {
    const notes = ['The right ear is cut by the edge of the scan.']
    findings = takeFromBefore(foundIn(after), after, 'after.nii.gz', { ...before, notes })
  })

  it('lies in the scan after it where the bone does: landmarks, surfaces, labels and volumes', () => {
    const [ear] = findings.ears
    const known = earOf()
    for (const [n, landmark] of (ear?.landmarks ?? []).entries()) {
      const was = known.landmarks[n]
      if (landmark.status !== 'defined' || was?.status !== 'defined') return expect.unreachable()
      expect(distance(landmark.position, applyAffine(truth, was.position))).toBeLessThan(0.15)
    }
    const [x = 0, y = 0, z = 0] = ear?.surfaces.labyrinth.vertices ?? []
    expect(distance([x, y, z], applyAffine(truth, [1, 2, 3]))).toBeLessThan(0.15)
    const whole = (of: EarFinding): number => measureVolumes(of.occupancy).labyrinth
    expect(whole(ear ?? expect.unreachable())).toBeCloseTo(whole(known), 6)
    const voxels = findings.labels.data.filter((label) => label !== 0).length * 0.55 ** 3
    expect(Math.abs(voxels / whole(known) - 1)).toBeLessThan(0.05)
  })

  it('says from where it comes and how far bone lies apart', () => {
    expect(findings.ears[0]?.before).toMatchObject({ source: 'before.nii.gz' })
    expect(findings.ears[0]?.before?.residual).toBeLessThan(0.3)
  })

  it('is refused in one line where the scan shows another bone', () => {
    const otherScan = scanOfBone(other, cellsOf(7), (place) => applyAffine(back, place))
    expect(() => takeFromBefore(foundIn(otherScan), otherScan, 'after.nii.gz', before)).toThrow(
      /^before\.nii\.gz: does not show the right temporal bone of after\.nii\.gz as it is there \(.*\); name .* go on without one$/
    )
  })

  it('of the other side is refused, where the scan before surgery shows no ear of a side that is wanted', () => {
    expect(() => takeFromBefore(foundIn(after, 'left'), after, 'after.nii.gz', before)).toThrow(
      /before\.nii\.gz: shows a right ear and after\.nii\.gz a left ear; name the scan before surgery of the same ear/
    )
  })

  it('brings along what is doubtful about the scan it was outlined in', () => {
    expect(findings.notes).toEqual(['before.nii.gz: The right ear is cut by the edge of the scan.'])
  })

  it('taken in the place of another leaves nothing of what was doubtful about that', () => {
    const another = { ...before, name: 'another.nii' }
    const noted = { ...findings, notes: [...(findings.notes ?? []), 'of this scan'] }
    const second = takeFromBefore(noted, after, 'after.nii.gz', { ...another, notes: ['is coarse'] })
    expect(second.notes).toEqual(['of this scan', 'another.nii: is coarse'])
    // An ear that stays as the first one gave it keeps what is doubtful about that.
    const third = takeFromBefore(noted, after, 'after.nii.gz', { ...another, ears: [earFarAway()] })
    expect(third.notes).toEqual(noted.notes)
  })

  it('that comes to lie outside the scan after it is left out, and the note says why', () => {
    const outside = takeFromBefore(foundIn(after), after, 'after.nii.gz', { ...before, ears: [earFarAway()] })
    expect(outside.ears[0]).not.toHaveProperty('before')
    expect(outside.notes).toEqual([
      'before.nii.gz: the right ear comes to lie outside this scan: what this scan shows is outlined'
    ])
  })
})

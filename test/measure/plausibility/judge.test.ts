import { expect, test } from 'vitest'
import { landmarkKinds, type Side } from '../../../src/core/anatomy.ts'
import {
  applyAffine,
  cropGeometry,
  geometryAround,
  voxelCount,
  voxelIndex,
  worldFromIndex
} from '../../../src/core/geometry/geometry.ts'
import { add, distance, mirror, multiply, transform, type Vector3 } from '../../../src/core/math/vector.ts'
import { createVolume, type Scan } from '../../../src/core/volume.ts'
import { meanCanals } from '../../../src/ear/mean-canals.ts'
import { expectedPoint } from '../../../src/ear/pose.ts'
import { malform } from '../../../src/generate/anatomy/malformed/malform.ts'
import type { LabyrinthShape } from '../../../src/generate/anatomy/shape.ts'
import { judgeCanals } from '../../../src/measure/plausibility/canals.ts'
import type { FlagId, JudgedEar } from '../../../src/measure/plausibility/flag.ts'
import { judgeEar } from '../../../src/measure/plausibility/judge.ts'
import { triangleSquaredMahalanobis } from '../../../src/measure/plausibility/landmarks.ts'
import { judgeDeclaredSide } from '../../../src/measure/plausibility/side.ts'
import { volumeScores } from '../../../src/measure/plausibility/volumes.ts'
import { meanShape, trueLabels, uprightFrame } from '../../analyze/analytic-network.ts'
import { knownEar } from '../../report/known-findings.ts'
import { knownCalibration } from '../../support/known-calibration.ts'
import { plateMesh } from '../../support/plate-mesh.ts'

const geometry = geometryAround([0, 0, 0], [90, 90, 90], [0.4, 0.4, 0.4], [1, 0, 0, 0, 1, 0, 0, 0, 1])
const scan: Scan = createVolume(geometry, new Int16Array(voxelCount(geometry)).fill(1000))

/** The mean ear, truly outlined. */
function meanJudged(side: Side, shape: LabyrinthShape = meanShape): JudgedEar {
  const frame = uprightFrame(side, [0, 0, 0])
  return {
    side,
    sideConfidence: 1,
    frame,
    landmarks: landmarkKinds.map(({ id }) => ({
      id,
      status: 'defined',
      confidence: 1,
      position: expectedPoint(frame, id)
    })),
    labels: { geometry, data: trueLabels({ frame, shape }, geometry) },
    surfaces: { ...knownEar(side).surfaces, labyrinth: plateMesh(3) },
    calibration: knownCalibration
  }
}

function flagsOf(ear: JudgedEar, of: Scan = scan): FlagId[] {
  return judgeEar(ear, of).map(({ id }) => id)
}

const right = meanJudged('right')

test('the mean ear raises no flag, as a right and as a left ear', () => {
  expect([flagsOf(right), flagsOf(meanJudged('left'))]).toEqual([[], []])
})

test('a landmark far off its place, and a missing one, are named', () => {
  const moved = right.landmarks.map((one, n) =>
    n === 1 && one.status === 'defined' ? { ...one, position: add(one.position, [0, 0, 2]) } : one
  )
  expect(judgeEar({ ...right, landmarks: moved }, scan)[0]?.text).toMatch(/oval window of the right ear lies 2\.0 mm/)
  const missing = right.landmarks.map((one, n) =>
    n === 2 ? { id: one.id, status: 'undefined' as const, confidence: 0 } : one
  )
  expect(flagsOf({ ...right, landmarks: missing })).toEqual(['missing_landmark'])
})

test('the squared Mahalanobis distance is 0 for a triangle of the mean distances, and greater for others', () => {
  // 6.648, 6.863 and 2.895 mm: the means of 70 real ears.
  const along = (6.863 ** 2 + 2.895 ** 2 - 6.648 ** 2) / (2 * 2.895)
  const places: Vector3[] = [
    [along, Math.sqrt(6.863 ** 2 - along ** 2), 0],
    [2.895, 0, 0],
    [0, 0, 0]
  ]
  const landmarks = landmarkKinds.map(({ id }, n) => ({
    id,
    status: 'defined' as const,
    confidence: 1,
    position: places[n] as Vector3
  }))
  expect(distance(places[0] as Vector3, places[1] as Vector3)).toBeCloseTo(6.648, 6)
  expect(triangleSquaredMahalanobis({ landmarks })).toBeCloseTo(0, 6)
  const [apex, ...windows] = landmarks
  const farther = {
    ...(apex ?? expect.unreachable()),
    position: [along + 1, Math.sqrt(6.863 ** 2 - along ** 2), 0] as const
  }
  expect(triangleSquaredMahalanobis({ landmarks: [farther, ...windows] })).toBeGreaterThan(0.1)
})

test('no canal of a well outlined ear is missed, however coarse its voxels', () => {
  for (const spacing of [1, 1.2, 1.5]) {
    const coarse = geometryAround([0, 0, 0], [30, 30, 30], [spacing, spacing, spacing], geometry.direction)
    const ear = {
      ...right,
      labels: { geometry: coarse, data: trueLabels({ frame: right.frame, shape: meanShape }, coarse) }
    }
    expect(judgeCanals(ear), `voxels of ${spacing} mm`).toEqual([])
  }
})

test('a canal that is not seen as a ring is named', () => {
  const canal = meanJudged('left', malform(meanShape, { kind: 'absent_lateral_canal', severity: 0.9 }))
  expect(judgeEar(canal, scan).map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^The lateral canal of the left ear is not seen as a ring/)
  )
})

test('an ear without a lateral canal, and one with a wide vestibule, are called malformed', () => {
  expect(flagsOf(meanJudged('left', malform(meanShape, { kind: 'absent_lateral_canal', severity: 0.5 })))).toContain(
    'possible_malformation'
  )
  expect(flagsOf(meanJudged('right', malform(meanShape, { kind: 'wide_vestibule', severity: 0.5 })))).toContain(
    'possible_malformation'
  )
  expect(
    volumeScores({ labels: { geometry, data: new Uint8Array(voxelCount(geometry)) } }).labyrinth_volume
  ).toBeLessThan(-5)
})

test('proportions of parts are judged by what the model was calibrated to see, and not without that', () => {
  const wide = meanJudged('right', malform(meanShape, { kind: 'wide_vestibule', severity: 0.5 }))
  expect(Object.keys(volumeScores(wide))).toHaveLength(4)
  expect(Object.keys(volumeScores({ ...wide, calibration: undefined }))).toEqual(['labyrinth_volume'])
})

test('an ear in the frame of the other side, and one of uncertain side, disagree about it', () => {
  const { frame } = right
  const turned = { ...right, side: 'left', frame: { ...frame, direction: multiply(frame.direction, mirror) } } as const
  expect(flagsOf(turned)).toContain('side_disagreement')
  expect(flagsOf({ ...right, sideConfidence: 0.7 })).toEqual(['side_disagreement'])
})

test('an ear of the side that the header does not name disagrees with it, unless both ears are seen', () => {
  expect(judgeDeclaredSide(['left'], 'right')[0]?.text).toMatch(/looks like a left ear, .* the right side/)
  expect([judgeDeclaredSide(['left'], 'left'), judgeDeclaredSide(['left', 'right'], 'right')]).toEqual([[], []])
})

test('a cut field of view, metal and coarse voxels are seen in the scan', () => {
  const small = cropGeometry(geometry, [0, 0, 0], [90, 50, 90])
  const cut = createVolume(small, new Int16Array(voxelCount(small)).fill(1000))
  const labels = { geometry: small, data: trueLabels({ frame: right.frame, shape: meanShape }, small) }
  expect(flagsOf({ ...right, labels }, cut)).toContain('incomplete_field_of_view')
  const metal = createVolume(
    geometry,
    scan.data.map((value, at) => (at % 9000 < 20 ? 3071 : value + (at % 7)))
  )
  expect(flagsOf(right, metal)).toEqual(['metal'])
  const coarse = geometryAround([0, 0, 0], [40, 40, 40], [0.4, 0.4, 0.9], [1, 0, 0, 0, 1, 0, 0, 0, 1])
  const thick = createVolume(coarse, new Int16Array(voxelCount(coarse)).fill(1000))
  expect(judgeEar({ ...right, labels: { ...right.labels } }, thick).map(({ severity }) => severity)).toContain('note')
})

test('a canal that is cut in two is named with the place of its gap, in a right and in a left ear', () => {
  for (const ear of [right, meanJudged('left')]) {
    const { circle } = meanCanals.superior
    const top = transform(ear.frame.direction, add(circle.center, [0, 0, circle.radius]))
    const data = ear.labels.data.slice()
    const map = worldFromIndex(geometry)
    for (const at of data.keys()) {
      if (distance(applyAffine(map, voxelIndex(geometry.size, at)), top) < 1.2) data[at] = 0
    }
    const [flag, ...others] = judgeEar({ ...ear, labels: { geometry, data } }, scan)
    expect(others).toEqual([])
    expect(flag?.id).toBe('interrupted_canal')
    expect(flag?.text).toContain(`superior canal of the ${ear.side} ear`)
    expect(distance(flag?.place ?? [99, 0, 0], top)).toBeLessThan(1.6)
  }
})

import { Matrix, solve } from 'ml-matrix'
import { landmarkKinds } from '../../core/anatomy.ts'
import { distance } from '../../core/math/vector.ts'
import { expectedPoint } from '../../ear/pose.ts'
import type { Flag, JudgedEar } from './flag.ts'
import { landmarkTriangle } from './reference.ts'

/** 99.9 % quantile of χ² with three degrees of freedom: one normal ear in a thousand has a greater squared distance. */
const maxSquaredMahalanobis = 16.27

/** How far (mm) a landmark may lie from its place in the mean ear once the pose is known. */
const farthest = 1.5

/** Flags landmarks that were not found, lie off their places, or form a triangle no real ear has. */
export function judgeLandmarks(ear: JudgedEar): Flag[] {
  const flags: Flag[] = []
  for (const { id, name } of landmarkKinds) {
    const landmark = ear.landmarks.find((candidate) => candidate.id === id)
    const text = `The ${name.toLowerCase()} of the ${ear.side} ear`
    if (landmark?.status !== 'defined') {
      flags.push({
        id: 'missing_landmark',
        severity: 'warning',
        side: ear.side,
        text: `${text} was not found.`,
        evidence: {}
      })
      continue
    }
    const off = distance(landmark.position, expectedPoint(ear.frame, id))
    if (off <= farthest) continue
    flags.push({
      id: 'implausible_landmark',
      severity: 'warning',
      side: ear.side,
      text: `${text} lies ${off.toFixed(1)} mm from where it would be in an ordinary ear.`,
      evidence: { [`${id}_distance`]: off }
    })
  }
  const squaredDistance = triangleSquaredMahalanobis(ear)
  if (squaredDistance !== undefined && squaredDistance > maxSquaredMahalanobis) {
    flags.push({
      id: 'implausible_landmark',
      severity: 'warning',
      side: ear.side,
      text: `The landmarks of the ${ear.side} ear form a triangle that real ears hardly ever have.`,
      evidence: { squared_mahalanobis_distance: squaredDistance }
    })
  }
  return flags
}

/** Squared Mahalanobis distance of the landmarks' three distances from those of real ears. */
export function triangleSquaredMahalanobis({ landmarks }: Pick<JudgedEar, 'landmarks'>): number | undefined {
  const places = landmarks.flatMap((landmark) => (landmark.status === 'defined' ? [landmark.position] : []))
  const [helicotrema, oval, round] = places
  if (helicotrema === undefined || oval === undefined || round === undefined) return undefined
  const sides = [distance(helicotrema, oval), distance(helicotrema, round), distance(oval, round)]
  const off = Matrix.columnVector(sides.map((mm, n) => mm - (landmarkTriangle.mean[n] as number)))
  const covariance = new Matrix(landmarkTriangle.covariance.map((row) => [...row]))
  return off.transpose().mmul(solve(covariance, off)).get(0, 0)
}

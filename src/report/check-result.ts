import { earReach, parts, type Side } from '../core/anatomy.ts'
import { applyAffine, type Geometry, worldFromIndex } from '../core/geometry/geometry.ts'
import { cross, distance, dot, norm, type Vector3 } from '../core/math/vector.ts'
import type { DuctResult } from './duct-result.ts'
import type { AnalysisResult, EarResult } from './result.ts'

/** How far lengths and angles of unit vectors may be off by being rounded. */
const rounding = 1e-3

/** How far (mm) a landmark may lie from the voxel it is said to lie in: both are rounded, and so is the grid. */
const samePlace = 0.1

/** Limits (mm) of the radius of the widest turn of a cochlea, and of the distance of its points from the axis and along it. */
const widestTurn = { least: 2, most: 10 }

/**
 * The first contradiction or impossible value in a result, as damage or another program may cause it; undefined for every result
 * that otomark writes. The text follows the words `the file`.
 */
export function resultFault({ ears, input }: AnalysisResult): string | undefined {
  const [first, second] = ears
  if (first !== undefined && first.side === second?.side) return `holds two ${first.side} ears`
  for (const ear of ears) {
    const fault = earFault(ear, input)
    if (fault !== undefined) return `contradicts itself: the ${ear.side} ear's ${fault}`
  }
  return undefined
}

function earFault(ear: EarResult, input: AnalysisResult['input']): string | undefined {
  return (
    frameFault(ear) ??
    landmarkFault(ear, input) ??
    measurementFault(ear) ??
    (ear.duct && ductFault(ear.duct, ear.frame.origin))
  )
}

function frameFault({ side, frame, directions }: EarResult): string | undefined {
  const { lateral, anterior, superior } = frame
  if (!arePerpendicular([lateral, anterior, superior])) return 'frame is not of perpendicular unit vectors'
  const other: Side = side === 'left' ? 'right' : 'left'
  const handed = dot(cross(lateral, anterior), superior)
  if (handed > 0 === (side === 'left')) return `frame is that of a ${other} ear`
  const units = [directions.modiolarAxis, ...Object.values(directions.canalNormals)]
  return units.every((unit) => unit === null || isUnit(unit)) ? undefined : 'directions are not of unit length'
}

function landmarkFault({ landmarks, frame }: EarResult, input: AnalysisResult['input']): string | undefined {
  const toWorld = worldFromIndex({ ...input, direction: input.direction as unknown as Geometry['direction'] })
  for (const [id, mark] of Object.entries(landmarks)) {
    if (mark.status !== 'defined') continue
    if (distance(mark.position, applyAffine(toWorld, mark.voxel)) > samePlace) {
      return `${id} has a position that is not that of its voxel`
    }
    if (distance(mark.position, frame.origin) > earReach) return `${id} lies more than ${earReach} mm from it`
  }
  return undefined
}

/** Values are rounded to 0.001, volumes to 0.01 and z-scores to 0.01. */
function measurementFault({ measurements, volumes }: EarResult): string | undefined {
  for (const part of [...parts.map(({ id }) => id), 'labyrinth'] as const) {
    const value = measurements.find(({ id }) => id === `${part}_volume`)?.value
    if (value !== undefined && value !== null && Math.abs(value - volumes[part]) > 0.011) {
      return `${part} has a volume of ${volumes[part]} mm³ that is measured as ${value} mm³`
    }
  }
  const odd = measurements.find(({ value, z, reference }) => {
    if (value === null || z === undefined || reference === undefined) return false
    const [score, off] = [(value - reference.mean) / reference.sd, 0.011 + 1e-3 / reference.sd]
    return Math.abs(score - z) > off
  })
  return odd && `${odd.id} of ${odd.value} ${odd.unit} has the z-score of another value`
}

function ductFault({ axis, zero, quarter, roundWindowRadius, sections }: DuctResult, ear: Vector3): string | undefined {
  if (!arePerpendicular([axis.direction, zero, quarter])) return 'duct has axes that are not perpendicular unit vectors'
  if (distance(axis.point, ear) > earReach) return `duct lies more than ${earReach} mm from it`
  const angles = sections.map(([angle]) => angle)
  if (angles.some((angle, n) => n > 0 && angle <= (angles[n - 1] as number))) return 'duct has sections out of order'
  const widest = Math.max(roundWindowRadius, ...sections.map(([, wall]) => wall))
  if (!(widest >= widestTurn.least)) return `duct has a widest turn of ${widest} mm`
  const isFar = (mm: number): boolean => !(Math.abs(mm) <= widestTurn.most)
  for (const [angle, wall, wallHeight, radius, height, rr, rh, hh] of sections) {
    const far = [wall, wallHeight, radius, height, Math.sqrt(rr), Math.sqrt(hh)].find(isFar)
    if (far !== undefined) return `duct is ${far} mm wide or high at ${angle}°`
    if (wall < 0 || radius < 0 || rr * hh - rh * rh < -rounding) return `duct has an impossible section at ${angle}°`
  }
  return isFar(roundWindowRadius) ? `round window lies ${roundWindowRadius} mm from the axis` : undefined
}

function arePerpendicular(axes: readonly [Vector3, Vector3, Vector3]): boolean {
  const [a, b, c] = axes
  const isRight = [dot(a, b), dot(b, c), dot(c, a)].every((cosine) => Math.abs(cosine) <= rounding)
  return isRight && axes.every(isUnit)
}

function isUnit(vector: Vector3): boolean {
  return Math.abs(norm(vector) - 1) <= rounding
}

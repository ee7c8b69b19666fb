import { partLabel, type Side } from '../../core/anatomy.ts'
import { applyAffine, voxelIndex, worldFromIndex } from '../../core/geometry/geometry.ts'
import { add, cross, dot, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { expectedPoint } from '../../ear/pose.ts'
import type { Flag, JudgedEar } from './flag.ts'

/** Below this probability the side of an ear is called uncertain. */
const certainSide = 0.9

/** How far (mm) the canals must lie on the wrong side of the landmarks' plane to contradict the ear's side. */
const minContradiction = 1

/** Flags an ear whose side is uncertain, or whose landmarks and canals are arranged as in the other side's ear. */
export function judgeSide(ear: JudgedEar): Flag[] {
  const height = canalHeight(ear)
  const uncertain = ear.sideConfidence < certainSide
  const contradicted = height !== undefined && height < -minContradiction
  if (!uncertain && !contradicted) return []
  const percent = Math.round(100 * ear.sideConfidence)
  return [
    {
      id: 'side_disagreement',
      severity: 'warning',
      side: ear.side,
      text: contradicted
        ? `Landmarks and canals are arranged as in the other side's ear, not as in a ${ear.side} one.`
        : `That this is a ${ear.side} ear is uncertain (${percent} %).`,
      evidence: { side_confidence: ear.sideConfidence, ...(height !== undefined && { canal_height: height }) }
    }
  ]
}

/**
 * Flags an ear in a scan that was recorded to show the other side. A scan that shows both ears contradicts nothing.
 * @param declared the side that the scan's header names
 */
export function judgeDeclaredSide(found: readonly Side[], declared: Side): Flag[] {
  if (found.includes(declared)) return []
  return found.map((side) => ({
    id: 'side_disagreement',
    severity: 'warning',
    side,
    text: `This looks like a ${side} ear, but the scan's header says that it shows the ${declared} side.`,
    evidence: {}
  }))
}

/**
 * How high (mm) the canals lie above the plane of the three landmarks, positive on the side on which they lie in an ear
 * of this side: mirroring an ear changes its sign.
 */
function canalHeight(ear: JudgedEar): number | undefined {
  const [helicotrema, oval, round] = ear.landmarks.flatMap((one) => (one.status === 'defined' ? [one.position] : []))
  const canals = canalCentroid(ear)
  if (helicotrema === undefined || oval === undefined || round === undefined || canals === undefined) return undefined
  const expected = (id: Parameters<typeof expectedPoint>[1]): Vector3 => expectedPoint(ear.frame, id)
  const ordinary = heightOver(
    expected('helicotrema'),
    expected('oval_window'),
    expected('round_window'),
    expected('semicircular_canals')
  )
  return Math.sign(ordinary) * heightOver(helicotrema, oval, round, canals)
}

function heightOver(a: Vector3, b: Vector3, c: Vector3, place: Vector3): number {
  return dot(normalize(cross(subtract(b, a), subtract(c, a))), subtract(place, a))
}

function canalCentroid({ labels: { geometry, data } }: JudgedEar): Vector3 | undefined {
  let [sum, voxels]: [Vector3, number] = [[0, 0, 0], 0]
  for (let at = 0; at < data.length; at++) {
    if (data[at] !== partLabel.semicircular_canals) continue
    sum = add(sum, voxelIndex(geometry.size, at))
    voxels++
  }
  return voxels === 0 ? undefined : applyAffine(worldFromIndex(geometry), scale(sum, 1 / voxels))
}

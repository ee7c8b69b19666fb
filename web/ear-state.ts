import type { LandmarkId, Side } from '../src/core/anatomy.ts'
import type { Geometry } from '../src/core/geometry/geometry.ts'
import type { Landmark } from '../src/core/landmark.ts'
import type { Vector3 } from '../src/core/math/vector.ts'
import type { EarFrame } from '../src/ear/ear-frame.ts'
import type { ElectrodeCorrection } from '../src/implant/find/find-in-ears.ts'
import type { NamedPlane } from '../src/report/picture/oblique-planes.ts'
import { type Change, withLabelChange } from './corrections.ts'
import { type EarId, earIdAt } from './ear-id.ts'
import { type EarImplant, implantAsFound } from './ear-implant.ts'
import type { FoundEar, PartMeshes } from './worker/analysis-worker.ts'

/** One ear as it stands now. */
export interface EarState {
  readonly id: EarId
  readonly side: Side
  readonly frame: EarFrame
  readonly grid: Geometry
  readonly image: Uint8Array
  readonly labels: Uint8Array
  /** Labels and landmarks as they were found. */
  readonly foundLabels: Uint8Array
  readonly foundLandmarks: readonly Landmark[]
  /** Whether labels differ, or may differ, from those found. */
  readonly painted: boolean
  readonly landmarks: readonly Landmark[]
  readonly implant: EarImplant
  readonly surfaces: PartMeshes
  readonly planes: readonly NamedPlane[]
  /** Where the crosshair is, LPS mm. */
  readonly crosshair: Vector3
}

/** An ear as it was found, the crosshair on a landmark. */
export function earAsFound(found: FoundEar, at: number): EarState {
  const seen = found.landmarks.find(({ status }) => status === 'defined')
  const { origin } = found.grid
  const crosshair = seen?.status === 'defined' ? seen.position : origin
  const asFound = { foundLabels: found.labels, foundLandmarks: found.landmarks, painted: false }
  return { ...found, id: earIdAt(at), ...asFound, implant: implantAsFound(found.implant), crosshair }
}

/** A landmark where a person put it. */
export function landmarkAt(id: LandmarkId, position: Vector3): Landmark {
  return { id, status: 'defined', position, confidence: 1, byHand: true }
}

/** An ear with one landmark elsewhere. */
export function withLandmark(ear: EarState, landmark: Landmark): EarState {
  return { ...ear, landmarks: ear.landmarks.map((old) => (old.id === landmark.id ? landmark : old)) }
}

/** An ear with its electrode array as a person says it is. */
export function withElectrode(ear: EarState, correction: ElectrodeCorrection): EarState {
  return { ...ear, implant: { ...ear.implant, correction } }
}

/** An ear with a change made, or taken back. */
export function withChange(ear: EarState, change: Change, back: boolean): EarState {
  if (change.what === 'electrode') return withElectrode(ear, back ? change.from : change.to)
  if (change.what === 'landmark') return withLandmark(ear, back ? change.from : change.to)
  return { ...ear, labels: withLabelChange(ear.labels, change, back), painted: true }
}

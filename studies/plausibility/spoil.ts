import { type LandmarkId, partLabel, type Side } from '../../src/core/anatomy.ts'
import {
  applyAffine,
  createGeometry,
  cropGeometry,
  indexFromWorld,
  voxelIndex,
  worldFromIndex
} from '../../src/core/geometry/geometry.ts'
import { resample } from '../../src/core/geometry/resample.ts'
import { type Random, randomDirection } from '../../src/core/math/random.ts'
import {
  add,
  column,
  distance,
  dot,
  mirror,
  multiply,
  scale,
  subtract,
  type Vector3
} from '../../src/core/math/vector.ts'
import { createVolume, type Scan } from '../../src/core/volume.ts'
import type { JudgedEar } from '../../src/measure/plausibility/flag.ts'

/** A prediction with one landmark `mm` away from where it was, in any direction. */
export function moveLandmark(ear: JudgedEar, mm: number, random: Random): JudgedEar {
  const moved = random.pick<LandmarkId>(['helicotrema', 'oval_window', 'round_window'])
  const by = scale(randomDirection(random), mm)
  const landmarks = ear.landmarks.map((one) =>
    one.status === 'defined' && one.id === moved ? { ...one, position: add(one.position, by) } : one
  )
  return { ...ear, landmarks }
}

/** A prediction that takes the oval for the round window and the other way round. */
export function swapWindows(ear: JudgedEar): JudgedEar {
  const [helicotrema, oval, round] = ear.landmarks
  if (helicotrema === undefined || oval?.status !== 'defined' || round?.status !== 'defined') return ear
  const swapped = [helicotrema, { ...oval, position: round.position }, { ...round, position: oval.position }]
  return { ...ear, landmarks: swapped }
}

/** A prediction without the lateral canal: no canal voxels lateral of the vestibule near the lateral canal's plane. */
export function missLateralCanal(ear: JudgedEar): JudgedEar {
  const { geometry, data } = ear.labels
  const { origin, direction } = ear.frame
  const toWorld = worldFromIndex(geometry)
  const kept = data.map((label, at) => {
    if (label !== partLabel.semicircular_canals) return label
    const place = applyAffine(toWorld, voxelIndex(geometry.size, at))
    const from = subtract(place, origin)
    const lateral = dot(from, column(direction, 0)) > 1.8 && Math.abs(dot(from, column(direction, 2)) - 0.5) < 1.6
    return lateral ? 0 : label
  })
  return { ...ear, labels: { geometry, data: kept } }
}

/** A prediction in the frame of the other side. */
export function callOtherSide(ear: JudgedEar): JudgedEar {
  const side: Side = ear.side === 'left' ? 'right' : 'left'
  return { ...ear, side, frame: { ...ear.frame, side, direction: multiply(ear.frame.direction, mirror) } }
}

/** The scan cut through `place` (LPS mm) along its first axis. */
export function cutThrough({ geometry, data }: Scan, place: Vector3): Scan {
  const first = Math.round(applyAffine(indexFromWorld(geometry), place)[0])
  const [nx, ny, nz] = geometry.size
  const cropped = cropGeometry(geometry, [first, 0, 0], [nx - first, ny, nz])
  const kept = Int16Array.from(data).filter((_, at) => at % nx >= first)
  return createVolume(cropped, kept)
}

/** The scan with a ball of metal (3071 HU, radius 2 mm) at `place` (LPS mm). */
export function addMetal({ geometry, data }: Scan, place: Vector3): Scan {
  const toWorld = worldFromIndex(geometry)
  const dense = Int16Array.from(data, (value, at) =>
    distance(applyAffine(toWorld, voxelIndex(geometry.size, at)), place) < 2 ? 3071 : value
  )
  return createVolume(geometry, dense)
}

/** The scan on voxels of 1.2 mm. */
export function coarsen(scan: Scan): Scan {
  const { geometry } = scan
  const size = geometry.size.map((n, axis) => Math.floor((n * (geometry.spacing[axis] as number)) / 1.2))
  const [nx = 1, ny = 1, nz = 1] = size
  const coarse = createGeometry({ ...geometry, size: [nx, ny, nz], spacing: [1.2, 1.2, 1.2] })
  return createVolume(coarse, resample(scan, coarse, -1000).data)
}

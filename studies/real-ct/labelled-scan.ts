import type { Observation, OutlinedEar } from '../../src/cases/observed-ear.ts'
import {
  applyAffine,
  createGeometry,
  cropGeometry,
  type Geometry,
  worldFromIndex
} from '../../src/core/geometry/geometry.ts'
import { boxAround } from '../../src/core/image/box.ts'
import { add, type Matrix3, mirror, multiply, transform, type Vector3 } from '../../src/core/math/vector.ts'
import { movedGeometry, movedLandmark } from '../../src/core/move.ts'
import type { Scan, Volume } from '../../src/core/volume.ts'

/** A scan of one ear with its truth on the same grid. */
export interface LabelledScan {
  readonly scan: Scan
  readonly truth: Observation<OutlinedEar> & { readonly labels: Volume<Uint8Array> }
}

/** What surrounds a padded scan: this value (Hounsfield units), or the scan itself, reflected. */
export type Padding = number | 'reflected'

/** The scan with this much (mm) around it on every side. */
export function padded({ scan, truth }: LabelledScan, margin: number, padding: Padding): LabelledScan {
  return {
    scan: padVolume(scan, margin, padding),
    truth: { ...truth, labels: padVolume(truth.labels, margin, 0) }
  }
}

function padVolume<V extends Volume>(volume: V, margin: number, padding: Padding): V {
  const { size, spacing } = volume.geometry
  const added = spacing.map((mm) => Math.round(margin / mm)) as unknown as Vector3
  const wider = size.map((n, axis) => n + 2 * (added[axis] as number)) as unknown as Vector3
  const origin = applyAffine(worldFromIndex(volume.geometry), [-added[0], -added[1], -added[2]])
  return remapped(volume, { ...volume.geometry, size: wider, origin }, ([i, j, k]) => {
    const at: Vector3 = [i - added[0], j - added[1], k - added[2]]
    if (at.every((index, axis) => index >= 0 && index < (size[axis] as number))) return at
    if (padding !== 'reflected') return padding
    return at.map((index, axis) => reflected(index, size[axis] as number)) as unknown as Vector3
  })
}

function reflected(index: number, length: number): number {
  const period = 2 * length - 2
  const within = ((index % period) + period) % period
  return within < length ? within : period - within
}

/** The same voxels at the same places of the world, the stored order of the axes another and some of them reversed. */
export function reordered({ scan, truth }: LabelledScan, order: Vector3, reversed: readonly boolean[]): LabelledScan {
  return { scan: reorder(scan, order, reversed), truth: { ...truth, labels: reorder(truth.labels, order, reversed) } }
}

function reorder<V extends Volume>(volume: V, order: Vector3, reversed: readonly boolean[]): V {
  const { size, spacing, direction } = volume.geometry
  const source = (index: Vector3): Vector3 => {
    const at: [number, number, number] = [0, 0, 0]
    for (const [axis, from] of order.entries()) {
      const along = index[axis] as number
      at[from] = reversed[axis] ? (size[from] as number) - 1 - along : along
    }
    return at
  }
  const sign = (axis: number): number => (reversed[axis] ? -1 : 1)
  const turned = [0, 1, 2].flatMap((row) =>
    order.map((from, axis) => sign(axis) * (direction[3 * row + from] as number))
  ) as unknown as Matrix3
  const geometry = createGeometry({
    size: order.map((from) => size[from]) as unknown as Vector3,
    spacing: order.map((from) => spacing[from]) as unknown as Vector3,
    direction: turned,
    origin: applyAffine(worldFromIndex(volume.geometry), source([0, 0, 0]))
  })
  return remapped(volume, geometry, source)
}

/** The patient turned about the world's origin. */
export function turned({ scan, truth }: LabelledScan, rotation: Matrix3): LabelledScan {
  const turn = <V extends Volume>(volume: V): V => {
    const { geometry } = volume
    const [direction, origin] = [multiply(rotation, geometry.direction), transform(rotation, geometry.origin)]
    return { ...volume, geometry: createGeometry({ ...geometry, direction, origin }) }
  }
  const ears = truth.ears.map((ear) => ({
    ...ear,
    place: transform(rotation, ear.place),
    landmarks: ear.landmarks.map((mark) =>
      mark.status === 'defined' ? { ...mark, position: transform(rotation, mark.position) } : mark
    )
  }))
  return { scan: turn(scan), truth: { ...truth, labels: turn(truth.labels), ears } }
}

/** The scan cut off this much (mm) beyond the ear's bounding box, or where it ends. */
export function cropped({ scan, truth }: LabelledScan, margin: number): LabelledScan {
  const { size, spacing } = truth.labels.geometry
  const ear = boxAround(truth.labels.data, size, 0)
  if (ear === undefined) throw new Error('nothing is labelled')
  const beyond = spacing.map((mm) => Math.round(margin / mm))
  const start = ear.start.map((n, axis) => Math.max(0, n - (beyond[axis] as number))) as unknown as Vector3
  const end = ear.start.map((n, axis) =>
    Math.min(size[axis] as number, n + (ear.size[axis] as number) + (beyond[axis] as number))
  )
  const cut = end.map((n, axis) => n - (start[axis] as number)) as unknown as Vector3
  const crop = <V extends Volume>(volume: V): V => {
    return remapped(volume, cropGeometry(volume.geometry, start, cut), (index) => add(index, start))
  }
  return { scan: crop(scan), truth: { ...truth, labels: crop(truth.labels) } }
}

/** The patient's mirror image: every left ear is a right one and the other way round. */
export function mirrored({ scan, truth }: LabelledScan): LabelledScan {
  const acrossMidline = { matrix: mirror, offset: [0, 0, 0] } as const
  const mirrorVolume = <V extends Volume>(volume: V): V => ({
    ...volume,
    geometry: movedGeometry(volume.geometry, acrossMidline)
  })
  const ears = truth.ears.map((ear) => ({
    ...ear,
    side: ear.side === 'left' ? ('right' as const) : ('left' as const),
    place: applyAffine(acrossMidline, ear.place),
    landmarks: ear.landmarks.map((mark) => movedLandmark(mark, acrossMidline))
  }))
  return { scan: mirrorVolume(scan), truth: { ...truth, labels: mirrorVolume(truth.labels), ears } }
}

/** @param source the voxel whose value each voxel takes, or the value itself */
function remapped<V extends Volume>(volume: V, parts: Geometry, source: (index: Vector3) => Vector3 | number): V {
  const geometry = createGeometry(parts)
  const [nx, ny, nz] = geometry.size
  const [sx, sy] = volume.geometry.size
  const data = volume.data.slice(0, 0)
  const result = new (data.constructor as new (length: number) => typeof data)(nx * ny * nz)
  let at = 0
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++) {
        const from = source([i, j, k])
        result[at++] =
          typeof from === 'number' ? from : (volume.data[from[0] + sx * (from[1] + sy * from[2])] as number)
      }
    }
  }
  return { ...volume, geometry, data: result }
}

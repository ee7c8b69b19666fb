import { GeometryError, InputError, NoEarError } from '../core/errors.ts'
import { createGeometry, type Geometry, voxelCount } from '../core/geometry/geometry.ts'
import type { Vector3 } from '../core/math/vector.ts'
import type { Scan } from '../core/volume.ts'
import { assertFinite, finiteRange } from './voxels.ts'

/** Fewest voxels along an axis; an inner ear with its surroundings spans more at any useful resolution. */
export const fewestVoxelsPerAxis = 16

/** Largest voxel edge in mm: the canals of the labyrinth are 1 to 1.5 mm wide. */
export const coarsestSpacing = 2

/** How far positions and voxel sizes are off by being written as decimals or in float32, in mm. */
const positionRounding = 1e-3

/** Most voxels of a scan: 1024³, 2 GiB as 16-bit numbers. */
export const maxVoxels = 2 ** 30

/** Most voxels along one axis: what the NIfTI that is written can hold. */
const maxVoxelsPerAxis = 32767

/**
 * Checks the size a header declares, before anything is allocated.
 * @param dims voxels along each axis, as many as the file has axes; trailing axes of one voxel do not count
 * @returns the size of the one 3-D volume
 * @throws InputError if it is not one 3-D volume of an acceptable size
 */
export function checkDeclaredSize(source: string, dims: readonly number[]): Vector3 {
  const fail = (problem: string): never => {
    throw new InputError(source, problem)
  }
  const text = dims.join(' × ')
  if (!dims.every((n) => Number.isSafeInteger(n) && n > 0)) fail(`its header declares an impossible size (${text})`)
  const last = dims.findLastIndex((n) => n > 1)
  const rank = Math.max(last + 1, Math.min(dims.length, 3))
  if (rank > 3) fail(`holds several volumes (${text}), not one; save the one to analyse as a 3-D file`)
  const [x, y, z] = dims
  if (x === undefined || y === undefined || z === undefined || x === 1 || y === 1 || z === 1) {
    return fail(`is a 2-D image (${text}), not a 3-D scan`)
  }
  if (Math.min(x, y, z) < fewestVoxelsPerAxis) {
    fail(`is too small (${x} × ${y} × ${z} voxels); at least ${fewestVoxelsPerAxis} along each axis are needed`)
  }
  if (x * y * z > maxVoxels || Math.max(x, y, z) > maxVoxelsPerAxis) {
    fail(
      `declares ${x} × ${y} × ${z} voxels, more than the ${maxVoxels.toLocaleString('en')} that can be read; ` +
        'crop it around the ears'
    )
  }
  return [x, y, z]
}

/**
 * Checks that neighbouring voxels are close enough together to show an inner ear.
 * @throws NoEarError if they are not; who names the scan adds its name
 */
export function checkResolution(spacing: Vector3): void {
  const widest = Math.max(...spacing)
  if (widest <= coarsestSpacing + positionRounding) return
  throw new NoEarError(
    `its slices or voxels are ${widest.toFixed(2)} mm apart, too coarse to show an inner ear; ` +
      `give a scan of at most ${coarsestSpacing} mm, better of 0.6 mm or less`
  )
}

/** Smallest width of a scan in mm: an inner ear alone is 20 mm long. */
export const narrowestScan = 4

/** Largest width of a scan in mm: a body is shorter. */
export const widestScan = 3000

/** Checks that a scan is not so small or large that its voxel size cannot be in mm. @throws InputError if it is */
function checkExtent(source: string, { size, spacing }: Geometry): void {
  const width = Math.max(...spacing.map((length, axis) => length * (size[axis] as number)))
  if (width >= narrowestScan && width <= widestScan) return
  throw new InputError(
    source,
    `is ${Number(width.toPrecision(2))} mm wide, ${width < narrowestScan ? 'less than an inner ear' : 'more than a body'}: its unit of length or its voxel size ` +
      `(${spacing.map((length) => Number(length.toPrecision(2))).join(' × ')} mm) is wrong; save it in millimetres`
  )
}

/** A checked geometry. @throws InputError that names the file where `createGeometry` throws a GeometryError. */
export function geometryOf(source: string, parts: Geometry): Geometry {
  try {
    return createGeometry(parts)
  } catch (error) {
    if (!(error instanceof GeometryError)) throw error
    throw new InputError(source, `${error.message}; export it again on a grid with perpendicular axes`, {
      cause: error
    })
  }
}

/**
 * Checks what the type of a scan promises, which JavaScript does not hold anyone to. 16-bit voxels are counted, not looked at.
 * @param source what messages call the scan
 * @throws InputError if its voxels are of another type, do not fill its grid or are not finite, or its grid cannot be
 */
export function assertScan(source: string, scan: Scan): void {
  assertVoxels(source, scan)
  if (scan.data instanceof Float32Array) assertFinite(source, scan.data)
}

function assertVoxels(source: string, { geometry, data }: Scan): void {
  if (!(data instanceof Int16Array || data instanceof Float32Array)) {
    const type = Object.prototype.toString.call(data).slice('[object '.length, -1)
    throw new InputError(source, `its voxels are given as ${type}; give Hounsfield units as Int16Array or Float32Array`)
  }
  const { size } = geometryOf(source, geometry)
  if (data.length !== voxelCount(geometry)) {
    throw new InputError(
      source,
      `its ${data.length} voxels do not fill its grid of ${size.join(' × ')}; give all of them`
    )
  }
}

/**
 * Checks that voxels can be a CT in Hounsfield units; of most scans the first ones tell.
 * @throws InputError if all lie where those of an 8-bit picture do
 */
export function assertNoPicture(source: string, { data }: Scan): void {
  for (let n = 0; n < data.length; n++) {
    const value = data[n] as number
    if (value < 0 || value > 255) return
  }
  throw pictureError(source, 'are all between 0 and 255')
}

function pictureError(source: string, range: string): InputError {
  return new InputError(source, `its values ${range}: a windowed picture or a label map, not a CT in Hounsfield units`)
}

/**
 * The scan, if its voxels can be a CT in Hounsfield units.
 * @throws InputError if it is not what its type promises, if the image is constant, holds values that are not finite, was
 * saved as an 8-bit picture, or is smaller than any ear or larger than a body;
 * NoEarError if its voxels are too large to show an inner ear
 */
export function checkScan(source: string, scan: Scan): Scan {
  assertVoxels(source, scan)
  const { low, high } = finiteRange(source, scan.data)
  if (low === high) throw new InputError(source, `is constant: every voxel is ${low}`)
  if (low >= 0 && high <= 255) throw pictureError(source, `run from ${low} to ${high}`)
  checkExtent(source, scan.geometry)
  checkResolution(scan.geometry.spacing)
  return scan
}

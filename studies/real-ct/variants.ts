import { clinicalGrid, clinicalScan } from '../../src/calibrate/clinical-scan.ts'
import { resample } from '../../src/core/geometry/resample.ts'
import { createRandom } from '../../src/core/math/random.ts'
import type { Matrix3 } from '../../src/core/math/vector.ts'
import type { Scan } from '../../src/core/volume.ts'
import { cropped, type LabelledScan, mirrored, padded, reordered, turned } from './labelled-scan.ts'

const air = -1000

/** mm */
const padding = 6

const aboutX: Matrix3 = [1, 0, 0, 0, 0, -1, 0, 1, 0]
const aboutY: Matrix3 = [0, 0, 1, 0, 1, 0, -1, 0, 0]
const aboutZ: Matrix3 = [0, -1, 0, 1, 0, 0, 0, 0, 1]

/** The ways in which each ear is shown, by name. */
export const variants: Readonly<Record<string, (one: LabelledScan) => LabelledScan>> = {
  'as it is': (one) => one,
  'padded, air': (one) => padded(one, padding, air),
  'padded, reflected': (one) => padded(one, padding, 'reflected'),
  'stored left-handed': (one) => reordered(one, [0, 1, 2], [true, false, false]),
  'stored in another order': (one) => reordered(one, [0, 2, 1], [false, false, true]),
  'turned about x': (one) => turned(one, aboutX),
  'turned about y': (one) => turned(one, aboutY),
  'turned about z': (one) => turned(one, aboutZ),
  clinical,
  'cone-beam greys': (one) => ({ ...one, scan: noisy(greys(one.scan, 0.6, 300, air), 80, 7) }),
  'greys × 1.25': (one) => ({ ...one, scan: greys(one.scan, 1.25, 0) }),
  'greys × 0.8': (one) => ({ ...one, scan: greys(one.scan, 0.8, 0) }),
  'cropped to 1 mm': (one) => cropped(one, 1),
  mirrored,
  'greys + 1024': (one) => ({ ...one, scan: greys(one.scan, 1, 1024) })
}

/** Padded, and as a clinical scan would show it; truth where more than half of the voxel is. */
function clinical(one: LabelledScan): LabelledScan {
  const { scan, truth } = padded(one, padding, air)
  const grid = clinicalGrid(scan.geometry)
  const shares = resample({ geometry: scan.geometry, data: Float32Array.from(truth.labels.data) }, grid, 0)
  const labels = { geometry: grid, data: Uint8Array.from(shares.data, (share) => (share > 0.5 ? 1 : 0)) }
  return { scan: clinicalScan(scan, 5), truth: { ...truth, labels } }
}

function greys({ geometry, data }: Scan, scale: number, offset: number, least = -32768): Scan {
  return { geometry, data: Int16Array.from(data, (value) => clamped(scale * value + offset, least)) }
}

/** White noise of this SD (HU). */
function noisy({ geometry, data }: Scan, sd: number, seed: number): Scan {
  const random = createRandom(seed)
  return { geometry, data: Int16Array.from(data, (value) => clamped(value + random.normal(0, sd))) }
}

function clamped(value: number, least = -32768): number {
  return Math.max(least, Math.min(32767, Math.round(value)))
}

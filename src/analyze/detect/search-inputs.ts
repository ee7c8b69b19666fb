import { extentOf } from '../../core/geometry/geometry.ts'
import type { Outside } from '../../core/geometry/resample.ts'
import { identity3, type Matrix3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import type { Network } from '../model.ts'

/** A scan prepared for the detector, in one of the ways in which its file may be understood. */
export interface SearchInput {
  /** Input of the networks, Hounsfield units. */
  readonly scan: Scan
  /** Columns are the directions, in the world, of the axes of the detector's grid. */
  readonly axes: Matrix3
  /** Values of the detector's input beyond the scan. */
  readonly outside: Outside
  /** Whether it is also searched where another shows an ear whose side or shape is in doubt. */
  readonly settlesDoubt?: boolean
  /** What must be said of ears that only this one shows. */
  readonly note?: string
}

/** Turned by 180° about the axis from front to back: heads that stand on their head are upright then. */
const upsideDown: Matrix3 = [-1, 0, 0, 0, 1, 0, 0, 0, -1]

/** A scan of at least this (mm) along every edge may show a head. */
const headEdge = 60

const air = -1000

/**
 * Bone of a dental cone-beam scan is too dark by half while its soft tissue is at 50 to 150: this stretch, fitted to such
 * a scan, makes petrous bone of 1050 as bright as a clinical scanner shows it through a soft kernel.
 */
const stretch = { from: 100, factor: 1.35, to: 40 }

const turnedNote =
  'The head was taken to be stored upside down, for no ear was found in it as it is. If its slices are in reverse order ' +
  'instead, each ear is one of the other side.'
const stretchedNote =
  'Ears were found only with the contrast of bone raised, as a dental cone-beam scan needs: check the outlines.'

/**
 * The inputs that are searched one after another until ears are found: the scan itself; the scan padded with air, where it is
 * too small for the detector, also where an ear that was found is in doubt; the scan with raised contrast, where its field is a
 * cylinder as in a dental scan; and the scan upside down, where it is large enough to show a head.
 * @param field what was recorded of the scan
 * @param isCylinder whether the field is a cylinder
 */
export function* searchInputsOf(
  field: Scan,
  isCylinder: boolean,
  { metadata: { grid } }: Network
): Generator<SearchInput> {
  const asItIs: SearchInput = { scan: field, axes: identity3, outside: 'nearest' }
  yield asItIs
  const edges = extentOf(field.geometry)
  const window = Math.min(...grid.size) * grid.spacing
  if (Math.min(...edges) < window) yield { ...asItIs, outside: air, settlesDoubt: true }
  const mayShowHead = Math.min(...edges) >= headEdge
  if (mayShowHead) yield { ...asItIs, axes: upsideDown, note: turnedNote }
  if (!isCylinder) return
  const stretched: SearchInput = { ...asItIs, scan: withStretchedGreys(field), note: stretchedNote }
  yield stretched
  if (mayShowHead) yield { ...stretched, axes: upsideDown, note: `${turnedNote} ${stretchedNote}` }
}

function withStretchedGreys({ geometry, data }: Scan): Scan {
  const { from, factor, to } = stretch
  return {
    geometry,
    data: data.map((value) => Math.max(air, Math.min(32767, Math.round((value - from) * factor + to))))
  }
}

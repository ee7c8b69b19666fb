import { printable } from '../../core/printable.ts'
import { type FrameAttributes, groups } from './frames.ts'
import { imageType } from './read-slice.ts'

/**
 * What a CT frame is whose values are not those of tissue at its place, in Hounsfield units: a localizer, a projection, a map of
 * something else; undefined for an ordinary slice.
 */
export function unsuitableKind(frame: FrameAttributes): string | undefined {
  // Of an object of many frames both count: that of the frame, and that of all.
  const types = `${imageType(frame)}\\${textOf(frame, '', 'x00080008')}`.toUpperCase().split('\\')
  if (types.some((type) => type.includes('LOCALIZER'))) return 'CT localizer'
  const technique = textOf(frame, groups.type, 'x00089207')
  const projection = [...types, technique].find((type) => projections.test(type))
  if (projection !== undefined) return `CT projection or rendering (${printable(projection.slice(0, 40))})`
  const unit = textOf(frame, groups.rescale, 'x00281054')
  if (hounsfield.test(unit)) return undefined
  return `CT map whose Rescale Type is ${printable(unit.slice(0, 40))}, not Hounsfield units (HU)`
}

/**
 * Values of Image Type, Frame Type and Volume-based Calculation Technique (PS3.3, C.8.15.2.1.1 and C.8.16.2.1.4) that show the brightest or
 * darkest along a ray, what is left of two scans, or a surface, as the standard and as manufacturers write them: MIP, `CT_SOM5 MIP`,
 * MIN_IP, MinIP, MAXIMUM. Means over thick slices (MEAN, AVERAGE) are CT.
 */
const projections =
  /(^|[^A-Z])(MIP|MPVR|M(AX|IN|N)[ _-]?IP|MAXIMUM|MINIMUM|RAY[ _-]?SUM|PROJECTION|VRT|SSD|(VOLUME|SURFACE)[ _-]?REND[A-Z]*|CURVED[ _-]?[A-Z]*|SUBTRACTION|STD_DEVIATION)([^A-Z]|$)/

/** Rescale Types (PS3.3, C.11.1.1.2) of ordinary CT; US is unspecified, and CT without one is in HU. */
const hounsfield = /^(HU|US|HOUNSFIELD( UNITS?)?)?$/

function textOf(frame: FrameAttributes, group: string, tag: string): string {
  return (frame.where(group, tag)?.string(tag) ?? '').trim().toUpperCase()
}

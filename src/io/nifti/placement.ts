import { InputError } from '../../core/errors.ts'
import { cornersOf, type Geometry } from '../../core/geometry/geometry.ts'
import { column, determinant, distance, dot, type Matrix3, scale, type Vector3 } from '../../core/math/vector.ts'
import { maxDisplacement } from '../displacement.ts'
import { type Note, settleUnit } from '../units.ts'
import { type Form, formsOf, isSize, lengthsOf, type Placement, statedSpacing } from './forms.ts'
import { type NiftiHeader, xform } from './header.ts'

/**
 * The placement of a NIfTI's grid, from its sform. The qform takes over where there is no sform, or where the sform is
 * no grid, leads to a template (codes from 3 on), which may stretch the head, or contradicts the voxel size; a note says
 * so where voxels move.
 * @throws InputError if the header holds neither, if one with the same voxels is mirrored against the other, since left cannot then
 * be told from right, or if a sheared sform that leads to the scanner puts voxels elsewhere than the qform
 */
export function placementOf(header: NiftiHeader, size: Vector3, source: string, note: Note): Placement {
  const millimetres = settleUnit(header.unit, statedSpacing(header), size, note)
  const forms = formsOf(header, millimetres)
  const flaws = forms.flatMap(({ name, flaw }) => (flaw === undefined ? [] : [`its ${name} ${flaw}`]))
  const [first, second] = forms.filter(({ flaw }) => flaw === undefined)
  if (first === undefined) {
    const why = flaws.length > 0 ? flaws.join(', ') : 'sform and qform codes are 0'
    const problem = `does not say how it is oriented (${why}), so left cannot be told from right`
    throw new InputError(source, `${problem}; set the orientation and save it again`)
  }
  for (const flaw of flaws) note(`${flaw}: the ${first.name} is taken`)
  const pixdim = scale(header.pixdim, millimetres)
  const chosen = second === undefined ? first : chosenOf(first, second, size, source, note)
  const isNoted = flaws.length > 0 && !isSize(pixdim)
  if (!isNoted && chosen === first && differ(first.spacing, pixdim, size))
    note(`${lengthsBoth(first, pixdim)}: the sform is taken`)
  if (isTemplate(chosen)) note(`it lies in the space of a template (code ${chosen.code}), which may stretch the head`)
  return { spacing: chosen.spacing, origin: chosen.origin, direction: chosen.direction }
}

/** The one to take of an sform and a qform that both place the grid. */
function chosenOf(sform: Form, qform: Form, size: Vector3, source: string, note: Note): Form {
  const isMirrored = determinant(sform.direction) * determinant(qform.direction) < 0
  // A sform of other voxels is no placement of these, whichever way it turns them; a template stretches, but mirrors nothing.
  const isOfVoxels = isTemplate(sform) && !isMirrored
  if (!isOfVoxels && isOrthogonal(sform.direction) && differ(sform.spacing, qform.spacing, size)) {
    note(`${lengthsBoth(sform, qform.spacing)}: the qform is taken, whose voxels are those of pixdim`)
    return qform
  }
  if (isMirrored) {
    throw new InputError(
      source,
      'its sform is mirrored against its qform, so left cannot be told from right; set the orientation and save it again'
    )
  }
  const apart = farthest({ ...sform, size }, { ...qform, size })
  const moves = apart > maxDisplacement(qform.spacing)
  const places = `puts voxels up to ${apart.toFixed(2)} mm from where its qform does`
  if (isTemplate(sform)) {
    if (moves) note(`its sform leads to a template (code ${sform.code}) and ${places}: the qform is taken`)
    return qform
  }
  if (!isOrthogonal(sform.direction)) {
    if (!moves) return qform
    throw new InputError(
      source,
      `its sform is sheared and ${places}; export it again on a grid with perpendicular axes, or resample it to one`
    )
  }
  if (moves) note(`its sform and qform put voxels up to ${apart.toFixed(2)} mm apart: the sform is taken`)
  return sform
}

function isTemplate({ code }: Form): boolean {
  return code > xform.aligned
}

function lengthsBoth(sform: Form, pixdim: Vector3): string {
  return `its sform has voxels of ${lengthsOf(sform.spacing)} mm, its pixdim ${lengthsOf(pixdim)} mm`
}

/** Whether two voxel sizes put the far end of an axis at different places. */
function differ(a: Vector3, b: Vector3, size: Vector3): boolean {
  const limit = maxDisplacement(a)
  return a.some((length, axis) => !(Math.abs(length - (b[axis] as number)) * (size[axis] as number) <= limit))
}

/** The greatest distance in mm that two grids of one size put a corner apart. */
function farthest(a: Geometry, b: Geometry): number {
  const others = cornersOf(b)
  return Math.max(...cornersOf(a).map((corner, n) => distance(corner, others[n] as Vector3)))
}

function isOrthogonal(direction: Matrix3): boolean {
  const [x, y, z] = [column(direction, 0), column(direction, 1), column(direction, 2)]
  return Math.max(Math.abs(dot(x, y)), Math.abs(dot(x, z)), Math.abs(dot(y, z))) < 1e-3
}

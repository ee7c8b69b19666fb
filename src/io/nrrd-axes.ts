import { norm, type Vector3 } from '../core/math/vector.ts'
import { decimalOf } from './decimal.ts'
import { wordsOf } from './header-fields.ts'
import { type LengthUnit, lengthUnitOf, millimetresIn, type Note } from './units.ts'

/** Which way each world axis of an NRRD space points, seen from LPS. */
export const spaces: ReadonlyMap<string, Vector3> = new Map([
  ['lps', [1, 1, 1]],
  ['left-posterior-superior', [1, 1, 1]],
  ['ras', [-1, -1, 1]],
  ['right-anterior-superior', [-1, -1, 1]],
  ['las', [1, -1, 1]],
  ['left-anterior-superior', [1, -1, 1]]
])

/** One world vector for each axis, in mm for one voxel; undefined for an axis that is not in space (`none`). */
export function directionsOf(
  given: (name: string) => string | undefined,
  fail: (problem: string) => never
): readonly (Vector3 | undefined)[] {
  const text = given('space directions')
  if (text === undefined || given('space') === undefined) {
    const kinds = wordsOf(given('kinds') ?? '')
    if (kinds.some((kind) => /color|vector|rgb/i.test(kind))) fail('holds a colour or vector in each voxel')
    return fail('does not say how it is oriented (space, space directions), so left cannot be told from right')
  }
  return (text.match(/none|\([^)]*\)/gi) ?? []).map((entry) =>
    entry.toLowerCase() === 'none'
      ? undefined
      : (vectorOf(entry) ?? fail(`has the space direction ${entry}, which is not three numbers; export it again`))
  )
}

/** Checks that voxel sizes beside the directions, which hold them already, are the same. */
export function checkSpacings(
  text: string | undefined,
  axes: readonly (Vector3 | undefined)[],
  fail: (problem: string) => never
): void {
  for (const [n, word] of wordsOf(text ?? '').entries()) {
    const [spacing, axis] = [decimalOf(word), axes[n]]
    if (spacing === undefined || axis === undefined) continue
    if (Math.abs(spacing - norm(axis)) > 1e-3 * norm(axis))
      fail('its spacings contradict its space directions; remove the wrong ones')
  }
}

/** The unit that `space units` names, which must be one for all axes; none is taken for millimetres. */
export function unitOf(text: string, fail: (problem: string) => never, note: Note): LengthUnit {
  const names = [...text.matchAll(/"([^"]*)"|([^\s"]+)/g)].map(([, quoted, bare]) => (quoted ?? bare ?? '').trim())
  const [first, ...others] = names.map((name) => lengthUnitOf(name, () => {}))
  if (others.some(({ millimetres }) => millimetres !== first?.millimetres)) {
    fail(`has axes in different units (${text}); save it in millimetres`)
  }
  return lengthUnitOf(names.find((name) => millimetresIn(name) === undefined) ?? names[0] ?? '', note)
}

/** Where the first voxel lies; in the world's origin where the header does not say, as the format has it. */
export function originOf(text: string | undefined, fail: (problem: string) => never, note: Note): Vector3 {
  if (text === undefined) {
    note('it does not say where it lies (space origin): its first voxel is taken for the origin')
    return [0, 0, 0]
  }
  return vectorOf(text) ?? fail('has a space origin that is not three numbers; export it again')
}

/** The numbers of `(x,y,z)`; undefined for anything else. */
function vectorOf(text: string): Vector3 | undefined {
  const match = /^\(([^,]+),([^,]+),([^,]+)\)$/.exec(text.trim())
  if (match === null) return undefined
  const [x, y, z] = match.slice(1).map(decimalOf)
  return x === undefined || y === undefined || z === undefined ? undefined : [x, y, z]
}

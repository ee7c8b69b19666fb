import { headWidth } from '../../core/anatomy.ts'
import type { HalfSpace } from '../../core/geometry/half-space.ts'
import { radians } from '../../core/math/angle.ts'
import { add, column, scale } from '../../core/math/vector.ts'
import type { EarTruth } from './labelled-ear.ts'

/**
 * How far the other ear may lie off an ear's medial axis: 10° in generated heads, up to 27° where three landmarks alone say how
 * the ear lies.
 */
const offAxis = radians(30)

/** How far a labyrinth reaches from its vestibule, mm. */
const earRadius = 12.5

/** From this depth (mm) medial of an ear there may be parts of the head's other one. */
export const otherEarDepth = Math.floor(headWidth.least * Math.cos(offAxis) - earRadius)

/** What lies medial of an ear where the other ear of its head may be. */
export function otherEarSpace({ frame }: Pick<EarTruth, 'frame'>): HalfSpace {
  const normal = scale(column(frame.direction, 0), -1)
  return { point: add(frame.origin, scale(normal, otherEarDepth)), normal }
}

/** Whether what is learned of an ear can be learned of another one too: its outline, and the same landmarks. */
export function isAsWellKnown(other: EarTruth, ear: EarTruth): boolean {
  const names = (landmark: EarTruth['landmarks'][number]) => other.landmarks.some(({ id }) => id === landmark.id)
  return (ear.isOutlined === false || other.isOutlined !== false) && ear.landmarks.every(names)
}

/** What to say of the cases of a folder of which a part is not shown. */
export function hiddenNote(
  folder: string,
  cases: readonly { readonly name: string; readonly ears: readonly EarTruth[] }[]
): string[] {
  const [first, ...more] = cases.filter(({ ears }) => ears.some(({ hidden }) => hidden !== undefined))
  if (first === undefined) return []
  const which =
    more.length === 0 ? first.name : `${first.name} and ${more.length} more ${more.length === 1 ? 'case' : 'cases'}`
  return [
    `${folder}: of the two ears that the scan may show, less is known of one in ${which}; what lies more than ${otherEarDepth} mm ` +
      'medial of the other is not shown to the network: label both ears alike, or add {"side": null} to "ears" in truth.json where ' +
      'there is one only'
  ]
}

import { parts } from '../../src/core/anatomy.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { EarState } from '../ear-state.ts'
import type { Look } from '../look.ts'
import { ball, diamond } from './marker.ts'
import { marksOf } from './marks.ts'
import type { ShownSurface } from './viewer.ts'

/** Radius of a landmark, of a contact and of a contact that is planned in space, mm. */
const markRadius = { landmark: 0.4, contact: 0.25, planned: 0.35 } as const

/** Of contacts that are planned, unlike that of anything found; as in `viewer.css`. */
const plannedColor = [255, 79, 216] as const

/** Contacts lie in the cochlea, which lets them show through. */
const seeThrough = 0.35

/** What is shown of an ear in space. @param planned where contacts are planned, LPS mm */
export function surfacesOf(ear: EarState, look: Look, planned: readonly Vector3[]): ShownSurface[] {
  const marks = marksOf(ear, look)
  const isSeenThrough = planned.length > 0 || marks.some(({ kind }) => kind === 'contact')
  const surfaces = parts
    .filter(({ id }) => !look.hidden.includes(id))
    .map(({ id, color }) => ({
      mesh: ear.surfaces[id],
      color,
      opacity: isSeenThrough && id === 'cochlea' ? seeThrough : 1
    }))
  return [
    ...marks.map(({ kind, place, color }) => ({ mesh: ball(place, markRadius[kind]), color })),
    ...planned.map((place) => ({ mesh: diamond(place, markRadius.planned), color: plannedColor })),
    ...surfaces.toSorted((a, b) => b.opacity - a.opacity)
  ]
}

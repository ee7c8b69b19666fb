import { type Affine, applyAffine } from '../../src/core/geometry/geometry.ts'
import { transform } from '../../src/core/math/vector.ts'
import type { NamedPlane } from '../../src/report/picture/oblique-planes.ts'
import { type EarImplant, noImplant, shownElectrode } from '../ear-implant.ts'

/** Contacts at their new places, with the values they had; nobody moves them there. */
export function movedImplant(implant: EarImplant, map: Affine): EarImplant {
  const shown = shownElectrode(implant)
  if (shown === 'searching' || shown?.status !== 'found') return noImplant
  const contacts = shown.contacts.map((contact) => ({ ...contact, position: applyAffine(map, contact.position) }))
  return { ...noImplant, searched: { ...shown, contacts } }
}

export function movedPlane({ plane, ...named }: NamedPlane, map: Affine): NamedPlane {
  const { center, across, down, edge } = plane
  const turned = { across: transform(map.matrix, across), down: transform(map.matrix, down) }
  return { ...named, plane: { center: applyAffine(map, center), ...turned, edge } }
}

import { type Affine, applyAffine, createGeometry, type Geometry } from '../../src/core/geometry/geometry.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import { multiply, transform } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'
import type { NamedPlane } from '../../src/report/picture/oblique-planes.ts'
import { type EarImplant, noImplant, shownElectrode } from '../ear-implant.ts'

/** What lies in one world carried into another by a rotation and a shift (LPS mm). */

export function movedGeometry({ size, spacing, origin, direction }: Geometry, map: Affine): Geometry {
  return createGeometry({
    size,
    spacing,
    origin: applyAffine(map, origin),
    direction: multiply(map.matrix, direction)
  })
}

export function movedLandmark(landmark: Landmark, map: Affine): Landmark {
  return landmark.status === 'defined' ? { ...landmark, position: applyAffine(map, landmark.position) } : landmark
}

/** Contacts at their new places, with the values they had; nobody moves them there. */
export function movedImplant(implant: EarImplant, map: Affine): EarImplant {
  const shown = shownElectrode(implant)
  if (shown === 'searching' || shown?.status !== 'found') return noImplant
  const contacts = shown.contacts.map((contact) => ({ ...contact, position: applyAffine(map, contact.position) }))
  return { ...noImplant, searched: { ...shown, contacts } }
}

export function movedMesh({ vertices, triangles }: Mesh, map: Affine): Mesh {
  const moved = new Float64Array(vertices.length)
  for (let at = 0; at < vertices.length; at += 3) {
    const [x, y, z] = vertices.subarray(at, at + 3)
    moved.set(applyAffine(map, [x as number, y as number, z as number]), at)
  }
  return { vertices: moved, triangles }
}

export function movedPlane({ plane, ...named }: NamedPlane, map: Affine): NamedPlane {
  const { center, across, down, edge } = plane
  const turned = { across: transform(map.matrix, across), down: transform(map.matrix, down) }
  return { ...named, plane: { center: applyAffine(map, center), ...turned, edge } }
}

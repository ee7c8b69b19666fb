import type { EarFinding } from '../../../src/analyze/findings.ts'
import { applyAffine, voxelIndex, worldFromIndex } from '../../../src/core/geometry/geometry.ts'
import { distance, type Vector3 } from '../../../src/core/math/vector.ts'
import type { Scan } from '../../../src/core/volume.ts'
import { findArray } from '../../../src/electrode/catalogue.ts'
import { planArray } from '../../../src/implant/plan/plan-array.ts'
import { traceDuct } from '../../../src/measure/cochlea/cochlear-duct.ts'
import type { KnownScan } from './known-session.ts'
import { knownEar } from './scans.ts'

/** The known left ear with all contacts of a FLEX24 in it, 23 mm deep, on a scale that ends at 3071. */
export async function implantedEar(): Promise<KnownScan> {
  return { name: 'implanted', scan: await knownEar(), later: withContacts, isDicom: true }
}

function withContacts({ geometry, data }: Scan, [ear]: readonly EarFinding[]): Scan {
  const places = ear === undefined ? [] : contactPlaces(ear)
  const toWorld = worldFromIndex(geometry)
  const shown = Int16Array.from(data, (value, at) => {
    const place = applyAffine(toWorld, voxelIndex(geometry.size, at))
    const nearest = Math.min(...places.map((contact) => distance(contact, place)))
    return Math.min(3071, value + 15_000 * Math.exp(-0.5 * (nearest / 0.2) ** 2))
  })
  return { geometry, data: shown }
}

function contactPlaces(ear: EarFinding): Vector3[] {
  const duct = traceDuct(ear)
  if (typeof duct === 'string') throw new Error(duct)
  return planArray(duct, findArray('flex24'), 23, undefined).contacts.flatMap(({ inside }) =>
    inside ? [inside.position] : []
  )
}

import { describe, expect, it } from 'vitest'
import { geometryAround } from '../../../src/core/geometry/geometry.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { distance, identity3, type Vector3 } from '../../../src/core/math/vector.ts'
import type { Scan } from '../../../src/core/volume.ts'
import { findArray } from '../../../src/electrode/catalogue.ts'
import { findElectrode } from '../../../src/implant/find/find-electrode.ts'
import { isFaint } from '../../../src/implant/find/placed-array.ts'
import { planArray } from '../../../src/implant/plan/plan-array.ts'
import { knownDuct } from '../known-duct.ts'
import { knownScan } from '../known-scan.ts'

const duct = knownDuct()
const geometry = geometryAround([0, 0, 1], [36, 36, 24], [0.4, 0.4, 0.4], identity3)
const array = findArray('ci632')
const contacts = planArray(duct, array, 16, undefined).contacts.flatMap(({ inside }) =>
  inside ? [inside.position] : []
)

/** From the middle of the nearest section in its radius: 1 at the wall. */
function shareOfLumen(place: Vector3): number {
  const [x, y, z] = place
  const angle = ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360
  const own = duct.sections.filter((section) => Math.abs(((section.angle - angle + 540) % 360) - 180) <= 5)
  return Math.min(
    ...own.map(({ radius, height, shape }) => Math.hypot(Math.hypot(x, y) - radius, z - height) / Math.sqrt(shape[0]))
  )
}

/** Fluid in the turns, dense bone around them, and contacts that are blurred to one line (HU). */
function scanOf(places: readonly Vector3[], density: number): Scan {
  const random = createRandom(7)
  return knownScan(geometry, (place) => {
    let value = 50 + 1600 / (1 + Math.exp(-8 * (shareOfLumen(place) - 1))) + random.normal(0, 60)
    for (const contact of places) value += density * Math.exp(-0.5 * (distance(place, contact) / 0.3) ** 2)
    return value
  })
}

describe('an array that is no denser than bone', () => {
  it('is placed where it was named and fills the lumen, and said to be faint', () => {
    const found = findElectrode(scanOf(contacts, 1600), duct, array)
    if (found?.status !== 'found') return expect.unreachable(found?.reason)
    const errors = contacts.map((known, n) => distance(known, found.contacts[n]?.position ?? [0, 0, 0]))
    expect(Math.max(...errors)).toBeLessThan(array.spacing / 2)
    expect(found.remarks).toContain(isFaint)
  })

  it('is not looked for without its name, and not seen where the lumen holds fluid', () => {
    expect(findElectrode(scanOf(contacts, 1600), duct)).toBeUndefined()
    expect(findElectrode(scanOf([], 0), duct, array)).toEqual({
      status: 'not found',
      reason: 'nothing along the turns is as dense as the contacts of the Slim Modiolar'
    })
  })
})

import { describe, expect, it } from 'vitest'
import { geometryAround, voxelCount } from '../../../src/core/geometry/geometry.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { distance, identity3, type Vector3 } from '../../../src/core/math/vector.ts'
import type { Scan } from '../../../src/core/volume.ts'
import type { ElectrodeArray } from '../../../src/electrode/array.ts'
import { findArray } from '../../../src/electrode/catalogue.ts'
import { findElectrode } from '../../../src/implant/find/find-electrode.ts'
import { isCut } from '../../../src/implant/find/placed-array.ts'
import { layArray } from '../../../src/implant/plan/lay-array.ts'
import { planArray } from '../../../src/implant/plan/plan-array.ts'
import { knownDuct } from '../known-duct.ts'
import { knownScan } from '../known-scan.ts'

const duct = knownDuct()
const edge = 0.25
const geometry = geometryAround([0, 0, 1], [56, 56, 36], [edge, edge, edge], identity3)

const random = createRandom(5)
const noise = Float64Array.from({ length: voxelCount(geometry) }, () => random.normal(0, 60))

/** Blobs (SD 0.2 mm), in soft tissue with noise or in what is as dense (HU), on a scale that ends at 3071. */
function scanOf(blobs: readonly Vector3[], height = 15_000, around = 100): Scan {
  return knownScan(geometry, (place, at) => {
    let value = around + (noise[at] as number)
    for (const blob of blobs) {
      const off = Math.abs(place[0] - blob[0]) < 1 ? distance(place, blob) : 1
      if (off < 1) value += height * Math.exp(-0.5 * (off / 0.2) ** 2)
    }
    return value
  })
}

/** Contacts of an array as a plan lays them, the most apical first. */
function laid(array: ElectrodeArray, insertion: number): Vector3[] {
  return planArray(duct, array, insertion, undefined).contacts.flatMap(({ inside }) =>
    inside ? [inside.position] : []
  )
}

const flex24 = findArray('flex24')
const places = laid(flex24, 24)
const scan = scanOf(places)
const named = findElectrode(scan, duct, flex24)
const withoutMetal = scanOf([])
/** Metal along the whole array, without a contact that stands out. */
const wire = (() => {
  const { worldAt, angleAt } = layArray(duct, flex24, 24)
  return scanOf(Array.from({ length: 72 }, (_, n) => worldAt(angleAt(2 + 0.3 * n))))
})()

describe('an array in a scan', () => {
  it('is recognised by its spacing; its contacts lie where they are, the most apical first', () => {
    const found = findElectrode(scan, duct)
    if (found?.status !== 'found') return expect.unreachable()
    expect(found.array.id).toBe('flex24')
    expect(found.isGiven).toBe(false)
    expect(found.contacts.map(({ order }) => order)).toEqual(places.map((_, n) => n + 1))
    const errors = found.contacts.map(({ position }, n) => distance(position, places[n] ?? position))
    expect(Math.max(...errors)).toBeLessThan(0.15)
    const angles = found.contacts.flatMap(({ inside }) => inside?.angle ?? [])
    expect([...angles].sort((a, b) => b - a)).toEqual(angles)
    const frequencies = found.contacts.flatMap(({ inside }) => inside?.frequency ?? [])
    expect([...frequencies].sort((a, b) => a - b)).toEqual(frequencies)
    expect(found.contacts.every(({ confidence }) => confidence > 0.5)).toBe(true)
  })

  it('is the one that was named, where that fits', () => {
    expect(named).toMatchObject({ status: 'found', isGiven: true, alternatives: [] })
  })

  it('is not found with a reason, where the one that was named does not fit', () => {
    const found = findElectrode(scan, duct, findArray('flexsoft'))
    expect(found).toMatchObject({
      status: 'not found',
      reason: expect.stringMatching(/does not look like the FLEXSOFT/)
    })
  })

  it('is said to be another one, perhaps, where contacts lie farther apart or nearer together than those of the one named', () => {
    const found = findElectrode(scan, duct, { ...flex24, model: 'FLEX26', spacing: 1.75 })
    expect(found?.status === 'found' ? found.remarks.join(' ') : found?.reason).toMatch(
      /farther apart than those of the FLEX26: it may be another array|does not look like the FLEX26/
    )
  })

  it('is doubted, where it was named and another one is recognised', () => {
    const found = findElectrode(scan, duct, { ...flex24, id: 'flex26', model: 'FLEX26', spacing: 1.8 })
    if (found?.status !== 'found') return expect.unreachable()
    expect(found.remarks).toContain(
      'The metal fits the FLEX24 better: it may be another array. Check which one was implanted.'
    )
    expect(named?.status === 'found' && named.remarks.join(' ')).not.toContain('better')
  })

  it('is not placed, where its contacts would be seen one by one and the metal is an even line', () => {
    const found = findElectrode(wire, duct, flex24)
    expect(found).toMatchObject({
      status: 'not found',
      reason: expect.stringMatching(
        /no contacts 1\.9 mm apart, as those of the FLEX24: check which array was implanted/
      )
    })
  })

  it('must be named, where contacts merge', () => {
    const found = findElectrode(wire, duct)
    expect(found?.status).toBe('not found')
  })

  it('whose tip is folded over is not given an order, or said to be doubtful', () => {
    const { worldAt, angleAt } = layArray(duct, flex24, 24)
    const beside = (mm: number): Vector3 => {
      const [x, y, z] = worldAt(angleAt(mm))
      return [0.88 * x, 0.88 * y, z]
    }
    // Folded 0.3 of a spacing beyond the third contact: the first two lie beside the fourth and the fifth.
    const folded = [beside(24 - 3.4 * 1.9), beside(24 - 2.4 * 1.9), ...places.slice(2)]
    const found = findElectrode(scanOf(folded), duct, flex24)
    expect(found?.status === 'found' ? found.remarks.join(' ') : found?.reason).toMatch(/folded over/)
  })

  it('has a remark where the scan does not show all turns', () => {
    const [nx, ny, nz] = geometry.size
    const highest = Math.max(...places.map(([, , z]) => z))
    const slices = Math.ceil((highest + 0.6 - 1) / edge + nz / 2)
    const cut = {
      geometry: { ...geometry, size: [nx, ny, slices] as const },
      data: scan.data.slice(0, nx * ny * slices)
    }
    expect(slices).toBeLessThan(nz)
    const remarksIn = (seen: Scan): readonly string[] => {
      const found = findElectrode(seen, duct, flex24)
      return found?.status === 'found' ? found.remarks : expect.unreachable(found?.reason)
    }
    expect(remarksIn(cut)).toContain(isCut)
    expect(remarksIn(scan)).not.toContain(isCut)
  })

  it('has contacts that stayed outside the cochlea, and one that is not seen between its neighbours', () => {
    const partial = planArray(duct, flex24, 16, undefined).contacts
    const inside = partial.flatMap((contact) => (contact.inside ? [contact.inside.position] : []))
    const left = flex24.contacts - inside.length
    const last = inside.at(-1) as Vector3
    const outside = Array.from(
      { length: left },
      (_, n): Vector3 => [last[0] + 0.2 * (n + 1), last[1] - 1.85 * (n + 1), last[2]]
    )
    const all = [...inside, ...outside]
    const found = findElectrode(scanOf(all.filter((_, n) => n !== 3)), duct, flex24)
    if (found?.status !== 'found') return expect.unreachable()
    const errors = found.contacts.map(({ position }, n) => distance(position, all[n] as Vector3))
    expect(Math.max(...errors)).toBeLessThan(0.3)
    expect(found.contacts.map((contact) => contact.inside !== undefined)).toEqual(all.map((_, n) => n < inside.length))
    expect(found.contacts[3]?.confidence).toBe(0)
    expect(found.contactRemarks).toContain(`${left} of 12 contacts lie outside the cochlea.`)
  })
})

describe('metal that is no array', () => {
  it('is none at all, a lump at the round window, or a chain beside the cochlea', () => {
    expect(findElectrode(withoutMetal, duct)).toBeUndefined()
    expect(findElectrode(withoutMetal, duct, flex24)).toEqual({
      status: 'not found',
      reason: 'nothing along the turns is as dense as the contacts of the FLEX24'
    })
    expect(
      findElectrode(
        scanOf([
          [4, 0, 0],
          [4.3, 0.3, 0]
        ]),
        duct
      )
    ).toBeUndefined()
    const beside = places.map(([x, y, z]): Vector3 => [x, y, z - 3])
    expect(findElectrode(scanOf(beside), duct)).toBeUndefined()
  })
  it('is a chain of dense bone that lies as an array does, even where that array was named', () => {
    const bone = scanOf(places, 1800, 900)
    expect(findElectrode(bone, duct)).toBeUndefined()
    expect(findElectrode(bone, duct, flex24)).toMatchObject({ status: 'not found' })
  })

  it('is a little dense bone along the turns; as much as an array has is reported', () => {
    const { worldAt, angleAt } = layArray(duct, flex24, 24)
    const uneven = [1, 2.1, 5.4, 6.2, 9.9, 10.8, 11.5, 15.6, 16.3, 20.2, 21.1, 22.9].map((mm) => worldAt(angleAt(mm)))
    expect(findElectrode(scanOf(uneven, 10_000), duct)).toBeUndefined()
    expect(findElectrode(scanOf(uneven, 15_000), duct)).toMatchObject({ status: 'not found' })
  })
})

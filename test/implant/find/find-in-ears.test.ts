import { expect, it } from 'vitest'
import { geometryAround } from '../../../src/core/geometry/geometry.ts'
import { distance, identity3, type Vector3 } from '../../../src/core/math/vector.ts'
import { findArray } from '../../../src/electrode/catalogue.ts'
import { findElectrodes, findInEar } from '../../../src/implant/find/find-in-ears.ts'
import { planArray } from '../../../src/implant/plan/plan-array.ts'
import { expectedDuct, traceDuct } from '../../../src/measure/cochlea/cochlear-duct.ts'
import type { MeasuredFinding, MeasuredFindings } from '../../../src/measure/measure-findings.ts'
import { trueEar } from '../known-ear.ts'
import { knownScan } from '../known-scan.ts'

const ear = trueEar()
const traced = traceDuct(ear)
const expected = expectedDuct(ear)
if (typeof traced === 'string' || typeof expected === 'string') throw new Error('the known ear has turns')
const array = findArray('flex24')
const places = planArray(traced, array, 24, undefined).contacts.flatMap(({ inside }) =>
  inside ? [inside.position] : []
)
const middle = places.reduce<Vector3>(
  ([x, y, z], place) => [x + place[0] / 12, y + place[1] / 12, z + place[2] / 12],
  [0, 0, 0]
)
const geometry = geometryAround(middle, [48, 48, 48], [0.3, 0.3, 0.3], identity3)
const scan = knownScan(geometry, (place) => {
  const nearest = Math.min(...places.map((contact) => distance(contact, place)))
  return 100 + 15_000 * Math.exp(-0.5 * (nearest / 0.2) ** 2)
})

it('contacts are found along the turns of the mean cochlea where those of the ear could not be traced, which is said', () => {
  const known = { ...ear, side: 'right' } as unknown as MeasuredFinding
  const found = findInEar(known, scan, array)
  if (found?.status !== 'found') return expect.unreachable()
  const errors = found.contacts.map(({ position }, n) => distance(position, places[n] ?? position))
  expect(Math.max(...errors)).toBeLessThan(0.25)
  expect(found.contactRemarks.join(' ')).toMatch(/those of the mean cochlea were taken/)
  const along = findInEar({ ...known, duct: traced }, scan, array)
  expect(along).toMatchObject({ status: 'found', remarks: [], contactRemarks: [] })
})

it('the mean cochlea lies where an ear has its own', () => {
  for (const angle of [90, 180, 270, 360]) {
    const [a, b] = [traced, expected].map(({ sections }) => sections.find((section) => section.angle === angle))
    expect(Math.hypot((a?.radius ?? 0) - (b?.radius ?? 9), (a?.height ?? 0) - (b?.height ?? 9))).toBeLessThan(0.5)
  }
})

it('of an ear whose round window was not found nothing is said, or why its array was not, where one was named', () => {
  const landmarks = ear.landmarks.filter(({ id }) => id !== 'round_window')
  const blind = { ...ear, landmarks, side: 'right' } as unknown as MeasuredFinding
  expect(findInEar(blind, scan)).toBeUndefined()
  expect(findInEar(blind, scan, array)).toEqual({
    status: 'not found',
    reason: 'the round window was not found'
  })
})

it('contacts that a person placed stay where they are, whatever the scan shows and whichever array is named', () => {
  const known = { ...ear, duct: traced, side: 'right' } as unknown as MeasuredFinding
  const nothing = { geometry, data: new Int16Array(scan.data.length) }
  const found = findInEar(known, scan, array)
  if (found?.status !== 'found') return expect.unreachable()
  const findings = { ears: [known, known] } as unknown as MeasuredFindings
  const corrections = [
    { array: null, placed: found },
    { array: findArray('ci632'), placed: null }
  ]
  const [first, second] = findElectrodes(findings, nothing, array, corrections).ears
  expect(first?.implant).toEqual(found)
  expect(second?.implant).toMatchObject({ status: 'not found', reason: expect.stringContaining('Slim Modiolar') })
})

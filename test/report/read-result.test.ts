import { expect, test } from 'vitest'
import { describeDuct } from '../../src/report/duct-result.ts'
import { decodeResult } from '../../src/report/read-result.ts'
import type { AnalysisResult, EarResult } from '../../src/report/result.ts'
import { knownDuct } from '../implant/known-duct.ts'
import { knownResult } from './known-findings.ts'

const { axis, ...turns } = describeDuct(knownDuct())
const duct = { axis: { ...axis, point: [9, 18, -28] as [number, number, number] }, ...turns }
const plain = knownResult(['right', 'left'])
const result: AnalysisResult = { ...plain, ears: plain.ears.map((ear) => ({ ...ear, duct })) }
const withEar = (change: (ear: EarResult) => object) => ({
  ...result,
  ears: result.ears.map((ear, n) => (n === 0 ? { ...ear, ...change(ear) } : ear))
})
const withDuct = (change: object) => withEar(() => ({ duct: { ...duct, ...change } }))
const times = (factor: number) =>
  withDuct({
    roundWindowRadius: factor * duct.roundWindowRadius,
    sections: duct.sections.map(([angle, ...values]) => [angle, ...values.map((value) => factor * value)])
  })
const read = (value: unknown) => () => decodeResult(JSON.parse(JSON.stringify(value)), 'out/result.json')

test('a result is read as it was written, with and without turns', () => {
  expect(read(result)()).toEqual(result)
  expect(read(plain)()).toEqual(plain)
})

test.each<[string, unknown, RegExp]>([
  ['no result', { format: 'other' }, /out\/result\.json: is no result of otomark/],
  [
    'a newer version',
    { ...result, version: 99, more: 1 },
    /written by a newer version of otomark \(.*of version 99, and 1/
  ],
  [
    'a part that is missing',
    { ...result, ears: [{ ...result.ears[0], frame: undefined }] },
    /damaged.*: ears\.0\.frame is/
  ],
  ['two left ears', { ...result, ears: [result.ears[1], result.ears[1]] }, /holds two left ears/],
  [
    'another side',
    { ...result, ears: [{ ...result.ears[0], side: 'left' }] },
    /left ear's frame is that of a right ear/
  ],
  [
    'a frame of other lengths',
    withEar(({ frame }) => ({ frame: { ...frame, lateral: [2, 0, 0] } })),
    /right ear's frame is/
  ],
  [
    'volumes other than those measured',
    withEar(({ volumes }) => ({ volumes: { ...volumes, cochlea: volumes.cochlea + 1 } })),
    /cochlea has a volume of 2 mm³ that is measured as 1 mm³/
  ],
  [
    'a measurement that its z-score contradicts',
    withEar(({ measurements }) => ({
      measurements: measurements.map((one) =>
        one.z === undefined || one.unit === 'mm³' ? one : { ...one, z: one.z + 1 }
      )
    })),
    /has the z-score of another value/
  ],
  [
    'a landmark that was moved',
    withEar(({ landmarks }) => ({
      landmarks: { ...landmarks, helicotrema: { ...landmarks.helicotrema, position: [9, 17, -27.5] } }
    })),
    /helicotrema has a position that is not that of its voxel/
  ],
  ['turns ten times as wide', times(10), /duct is 50 mm wide or high at 0°/],
  ['turns a tenth as wide', times(0.1), /duct has a widest turn of 0\.5 mm/],
  ['turns from the apex to the base', withDuct({ sections: duct.sections.toReversed() }), /sections out of order/],
  ['axes that are not perpendicular', withDuct({ zero: [0, 0, 1] }), /duct has axes that are not perpendicular/],
  [
    'an axis of another length',
    withDuct({ axis: { ...duct.axis, direction: [0, 0, 10] } }),
    /duct has axes that are not/
  ],
  ['turns elsewhere', withDuct({ axis: { ...duct.axis, point: [900, 0, 0] } }), /duct lies more than 30 mm from it/]
])('%s: refused', (_, value, says) => {
  expect(read(value)).toThrow(says)
})

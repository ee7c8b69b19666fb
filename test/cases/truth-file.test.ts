import { expect, test } from 'vitest'
import { decodeTruth } from '../../src/cases/truth-file.ts'

const read = (value: unknown) => decodeTruth(value, 'truth.json').ears
const landmarks = { helicotrema: [1, 2, 3], round_window: null }
const other = { helicotrema: [1, 2, 4], round_window: null }

test.each<[string, object, string]>([
  ['no ear', { side: 'left', landmarks, ears: [] }, '"side" and "landmarks"'],
  ['another ear', { side: 'left', landmarks, ears: [{ side: 'right', landmarks }] }, '"side" and "landmarks"'],
  ['other landmarks', { landmarks, ears: [{ side: 'right', landmarks: other }] }, '"landmarks"'],
  ['fewer landmarks', { landmarks, ears: [{ side: 'right', landmarks: { round_window: null } }] }, '"landmarks"'],
  ['a side alone', { side: 'left', ears: [{ landmarks }] }, '"side"'],
  ['no side', { side: null, ears: [{ side: 'right', landmarks }] }, '"side"'],
  ['landmarks of which the ears say nothing', { landmarks: { round_window: null }, ears: [] }, '"landmarks"']
])('what stands beside "ears" and contradicts them is refused: %s', (_, value, names) => {
  expect(() => read(value)).toThrow(`truth.json: holds ${names} beside "ears", of which none says the same`)
})

test('what stands beside "ears" and says the same is read, as is what says nothing', () => {
  const ears = [
    { side: 'L', landmarks },
    { side: 'R', landmarks: other }
  ]
  for (const beside of [{ side: 'left', landmarks }, { side: 'right' }, { landmarks: other }, { landmarks: {} }, {}]) {
    expect(read({ ...beside, ears }).map(({ side }) => side)).toEqual(['left', 'right'])
  }
  expect(read({ side: null, landmarks: {}, ears: [] })).toEqual([])
})

test('whether there is another ear is open, unless "ears" says that there is none or the case is generated', () => {
  const decoded = (value: object) => {
    const { ears, ofOne, namesAll } = decodeTruth(value, 'truth.json')
    return [ears.map(({ side }) => side), ofOne, namesAll]
  }
  expect(decoded({ side: 'left', landmarks })).toEqual([['left'], true, false])
  expect(decoded({ ears: [{ side: 'left', landmarks }] })).toEqual([['left'], true, false])
  expect(decoded({ ears: [{ side: 'left' }, { side: null }] })).toEqual([['left'], true, true])
  expect(decoded({ side: 'left', landmarks, generated: true })).toEqual([['left'], true, true])
  // An ear whose side is not known is one nevertheless.
  expect(decoded({ ears: [{ side: null, landmarks }, { landmarks: other }] })).toEqual([[null, null], false, false])
})

test.each([
  ['landmark', 'landmarks'],
  ['Landmarks', 'landmarks'],
  ['land_marks', 'landmarks'],
  ['SIDE', 'side'],
  ['sides', 'side'],
  ['ear', 'ears'],
  ['Ears', 'ears'],
  [' side', 'side']
])('a key that is nearly one that is read is refused: %j', (key, meant) => {
  const says = `truth.json: its "${key}" is not read; if "${meant}" is meant, write that`
  expect(() => read({ side: 'left', landmarks, [key]: [] })).toThrow(says)
  expect(() => read({ ears: [{ landmarks, [key]: [] }] })).toThrow(says)
})

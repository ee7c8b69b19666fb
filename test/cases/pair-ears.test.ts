import { expect, test } from 'vitest'
import type { MarkedEar } from '../../src/cases/observed-ear.ts'
import { pairEars } from '../../src/cases/pair-ears.ts'
import type { Side } from '../../src/core/anatomy.ts'
import { markedEar } from '../evaluate/known-ears.ts'

const [atLeft, atRight] = [markedEar(null, [40, 0, 0]), markedEar(null, [-40, 0, 0])]
const only = (side: Side | null): MarkedEar => ({ side, landmarks: [] })
const paired = (ears: readonly MarkedEar[], ...lists: MarkedEar[]) =>
  pairEars(ears, lists).map(({ given, list }) => [given?.side, list && lists.indexOf(list)])

test('lists without a name get their sides by their places, in whatever order they are', () => {
  for (const ears of [
    [only('left'), only('right')],
    [only('right'), only('left')],
    [only('left'), only(null)]
  ]) {
    const other = ears.some(({ side }) => side === 'right') ? 'right' : null
    expect(paired(ears, atLeft, atRight)).toEqual([
      ['left', 0],
      [other, 1]
    ])
    expect(paired(ears, atRight, atLeft)).toEqual([
      [other, 0],
      ['left', 1]
    ])
  }
})

test('where both files say where the ears lie, those at one place belong together', () => {
  const ears = [markedEar('right', [-39, 0, 1]), markedEar('left', [41, 0, 0])]
  expect(paired(ears, atLeft, atRight)).toEqual([
    ['left', 0],
    ['right', 1]
  ])
  expect(paired(ears, atLeft)).toEqual([
    ['left', 0],
    ['right', undefined]
  ])
})

test('a named list takes its side, one without a name the other; one of two ears that it may be alike is neither', () => {
  expect(paired([only('left'), only('right')], atLeft, { ...atRight, side: 'left' })).toEqual([
    ['right', 0],
    ['left', 1]
  ])
  expect(paired([only('left')], { ...atRight, side: 'right' })).toEqual([['left', 0]])
  expect(paired([only('left'), only('right')], atRight)).toEqual([
    [undefined, 0],
    ['left', undefined],
    ['right', undefined]
  ])
})

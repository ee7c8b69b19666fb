import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/core/errors.ts'
import { electrodeArray } from '../../src/electrode/array.ts'
import { catalogue, decodeArrays, findArray, replacedIds } from '../../src/electrode/catalogue.ts'
import { activeLength, contactDepths, makersNumber } from '../../src/electrode/contacts.ts'

const own = { id: 'mine', maker: 'Me', model: 'One', placement: 'lateral', contacts: 4, spacing: 2, source: 'a ruler' }

describe('the catalogue', () => {
  it('names for every array a source that can be looked up, and each id and alias once', () => {
    for (const { source } of catalogue) expect(source).toMatch(/https?:\/\/|NCT\d/)
    const ids = catalogue.flatMap(({ id, alias = [] }) => [id, ...alias])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has the published active lengths', () => {
    const lengths = Object.fromEntries(catalogue.map((array) => [array.id, Number(activeLength(array).toFixed(2))]))
    expect(lengths).toMatchObject({ flex28: 23.1, flex24: 20.9, flexsoft: 26.4, ci622: 19.1, ci612: 14.25, ci632: 14 })
  })

  it('finds an array by its other names, in large letters too, and lists the known ids for one it does not have', () => {
    expect(findArray('CI532').id).toBe('ci632')
    expect(() => findArray('flex99')).toThrow(UsageError)
    expect(() => findArray('flex99')).toThrow(/flex28/)
  })

  it('takes arrays of one’s own, which go before its own ones, and says what is wrong with a file', () => {
    const [array] = decodeArrays({ arrays: [{ ...own, id: 'flex28' }] }, 'mine.json')
    expect(findArray('flex28', [array ?? expect.unreachable()]).maker).toBe('Me')
    expect(() => decodeArrays({ arrays: [{ ...own, spacing: -1 }] }, 'mine.json')).toThrow(/mine\.json: .*spacing/)
    expect(() => decodeArrays([], 'mine.json')).toThrow(/mine\.json/)
    expect(() => decodeArrays({ arrays: [{ ...own, length: 5 }] }, 'mine.json')).toThrow(/more room/)
  })

  it('says which of its arrays those of one’s own stand for, by id or alias', () => {
    const arrays = decodeArrays({ arrays: [own, { ...own, id: 'flex28' }, { ...own, id: 'ci532' }] }, 'mine.json')
    expect(replacedIds(arrays).toSorted()).toEqual(['ci632', 'flex28'])
    expect(replacedIds(arrays.slice(0, 1))).toEqual([])
  })

  it('refuses a file with two arrays of one id or alias, in large or small letters', () => {
    const two = (first: object, second: object) => ({
      arrays: [
        { ...own, ...first },
        { ...own, ...second }
      ]
    })
    for (const value of [
      two({}, { model: 'Two' }),
      two({}, { id: 'other', alias: ['Mine'] }),
      two({ id: 'a', alias: ['c'] }, { id: 'b', alias: ['c'] })
    ]) {
      expect(() => decodeArrays(value, 'mine.json')).toThrow(
        /mine\.json: lists two arrays of the id or alias "(mine|c)"/
      )
    }
    expect(decodeArrays(two({ alias: ['mine'] }, { id: 'other' }), 'mine.json')).toHaveLength(2)
  })
})

it('contacts lie their spacing apart, the most apical one its tip before the end, in any array', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 30 }),
      fc.double({ min: 0.3, max: 3, noNaN: true }),
      fc.double({ min: 0, max: 2, noNaN: true }),
      fc.double({ min: 1, max: 35, noNaN: true }),
      (contacts, spacing, tip, insertion) => {
        const array = electrodeArray.parse({ ...own, contacts, spacing, tip })
        const depths = contactDepths(array, insertion)
        expect(depths[0]).toBeCloseTo(insertion - tip, 9)
        expect((depths[0] ?? 0) - (depths.at(-1) ?? 0)).toBeCloseTo(activeLength(array), 9)
      }
    )
  )
})

it('a maker’s numbers begin where he begins to count, and are not made up where that is not known', () => {
  const array = electrodeArray.parse(own)
  expect(makersNumber({ ...array, numberedFrom: 'base' }, 0)).toBe(4)
  expect(makersNumber({ ...array, numberedFrom: 'apex' }, 0)).toBe(1)
  expect(makersNumber(array, 0)).toBeUndefined()
})

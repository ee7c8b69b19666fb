import { expect, test } from 'vitest'
import { createGeometry } from '../../../src/core/geometry/geometry.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import { agreementOf } from '../../../web/compare/agreement.ts'
import { differencesOf } from '../../../web/compare/differences.ts'

test('a difference is the other less the shown, and open where both uncertainties leave it so', () => {
  const shown = { a_value: { value: 9, sd: 0.1 }, b_value: { value: 7, sd: 0.1 }, cochlear_height: { value: 4 } }
  const other = { a_value: { value: 9.2, sd: 0.1 }, b_value: { value: 6, sd: 0.1 }, cochlear_height: { value: null } }
  const rows = differencesOf(shown, other).flatMap((group) => group.rows)
  expect(rows.map(({ quantity, difference, isOpen }) => [quantity.id, difference?.toFixed(1), isOpen])).toEqual([
    ['a_value', '0.2', true],
    ['b_value', '-1.0', false],
    ['cochlear_height', undefined, undefined]
  ])
})

test('a heading without a quantity that was measured in either is left out', () => {
  expect(differencesOf({ a_value: { value: 9 } }, {}).map(({ name }) => name)).toEqual(['Cochlea'])
  expect(differencesOf({ a_value: { value: null } }, {})).toEqual([])
})

const grid = createGeometry({ size: [6, 3, 3], spacing: [0.5, 1, 1], origin: [0, 0, 0], direction: identity3 })

/** Labels along the middle row. */
function row(...labels: readonly number[]): Uint8Array {
  const data = new Uint8Array(54)
  data.set(labels, 6 * (1 + 3))
  return data
}

test('outlines are compared part by part: overlap, volume, distance of surfaces', () => {
  const regions = agreementOf(row(0, 1, 1, 2, 2, 0), row(0, 1, 1, 1, 2, 0), grid, 'parts')
  expect(regions.map(({ region }) => region)).toEqual(['labyrinth', 'cochlea', 'vestibule'])
  const [whole, cochlea, vestibule] = regions
  expect(whole).toMatchObject({ dice: 1, shown: 2, other: 2, surfaceDistance: 0 })
  expect(cochlea).toMatchObject({ dice: 0.8, shown: 1, other: 1.5 })
  // Of five border voxels one is half a millimetre away.
  expect(cochlea?.surfaceDistance).toBeCloseTo(0.1)
  expect(vestibule).toMatchObject({ shown: 1, other: 0.5 })
})

test('where labels do not distinguish the parts, the whole alone is compared, and what one shows not at all has no distance', () => {
  expect(agreementOf(row(0, 1, 2, 3), row(0, 1, 1, 1), grid, 'labyrinth')).toEqual([
    { region: 'labyrinth', dice: 1, shown: 1.5, other: 1.5, surfaceDistance: 0 }
  ])
  expect(agreementOf(row(0, 3), row(0, 0, 1), grid, 'parts').at(-1)).toMatchObject({
    region: 'semicircular_canals',
    dice: 0,
    surfaceDistance: null
  })
})

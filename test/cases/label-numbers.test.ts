import { expect, test } from 'vitest'
import { labelNumbersOf } from '../../src/cases/label-numbers.ts'

const read = (labels: Record<string, unknown>) => labelNumbersOf(labels, 'dataset.json')

test.each<[string, Record<string, unknown>, 'parts' | 'labyrinth', Record<number, number>]>([
  [
    'parts by their names',
    { background: 0, cochlea: 1, vestibule: 2, semicircular_canals: 3 },
    'parts',
    { 0: 0, 1: 1, 2: 2, 3: 3 }
  ],
  [
    'numbers in another order, other structures beside them',
    { background: 0, Ossicles: 1, 'Semicircular Canals': 2, Vestibulum: 3, 'facial nerve': 4, Cochlea: 5 },
    'parts',
    { 0: 0, 1: 0, 2: 3, 3: 2, 4: 0, 5: 1 }
  ],
  [
    'names and numbers the other way round',
    { '0': 'background', '1': 'vestibule', '2': 'cochlea', '3': 'SCC' },
    'parts',
    { 0: 0, 1: 2, 2: 1, 3: 3 }
  ],
  [
    'sides and single canals',
    { cochlea_left: 1, right_cochlea: 2, vestibule: 3, LSCC: 4, posterior_canal: 5, 'superior semicircular canal': 6 },
    'parts',
    { 0: 0, 1: 1, 2: 1, 3: 2, 4: 3, 5: 3, 6: 3 }
  ],
  [
    'regions of several numbers',
    { background: 0, labyrinth: [1, 2, 3], 'vestibule and canals': [2, 3], cochlea: 1, vestibule: 2, canals: [3] },
    'parts',
    { 0: 0, 1: 1, 2: 2, 3: 3 }
  ],
  [
    'numbers as digits, regions that hold a label besides, several names of the background',
    { 'clear label': 0, exterior: '0', 'temporal bone': ['1', 2], labyrinth: '1', ossicles: 2 },
    'labyrinth',
    { 0: 0, 1: 1, 2: 0 }
  ],
  ['the labyrinth as one label', { background: 0, inner_ear: 7, ossicles: 1 }, 'labyrinth', { 0: 0, 7: 1, 1: 0 }]
])('%s', (_, labels, outlined, table) => {
  expect(read(labels).numbers).toEqual({ outlined, table })
})

test('a line says what was read as what, and what was left out', () => {
  const { note } = read({ background: 0, ossicles: 1, cochlea: 2, vestibule: 3, canals: 4 })
  expect(note).toBe('dataset.json: labels are 2 cochlea; 3 vestibule; 4 semicircular canals; left out: ossicles (1)')
})

test.each<[string, Record<string, unknown>, RegExp]>([
  [
    'the cochlea alone',
    { background: 0, cochlea: 1 },
    /names the labels "background", "cochlea"; the inner ear must be/
  ],
  ['a name with a slip', { cochlae: 1, vestibule: 2, canals: 3 }, /names the labels "cochlae"/],
  ['other things', { background: 0, liver: 1 }, /the inner ear must be there/],
  ['the rest of a labyrinth', { cochlea: 1, vestibule: 2, canals: 3, labyrinth: 4 }, /4 "labyrinth" beside them/],
  ['no number', { cochlea: 'one' }, /gives the label "cochlea" no number/],
  ...[null, true, false, '', ' ', '1.0', '0x1', '-1', 1.5, 256, [], [null], {}].map(
    (given): [string, Record<string, unknown>, RegExp] => [
      `${JSON.stringify(given)} for a number`,
      { background: 0, cochlea: given, vestibule: 2, canals: 3 },
      /gives the label "cochlea" no number from 0 to 255/
    ]
  ),
  [
    'a cochlea in the number of the background',
    { cochlea: 0, vestibule: 1, canals: 2, other: 3 },
    /gives "cochlea" the number 0, which is background/
  ],
  ['a region that holds 0', { cochlea: 1, vestibule: 2, canals: ['0', 3] }, /gives "canals" the number 0/],
  ['a labyrinth of 0', { '0': 'labyrinth', '1': 'bone' }, /gives "labyrinth" the number 0/],
  ['one number of two parts', { cochlea: 1, vestibule: 1, canals: 3 }, /the number 1 both to "cochlea" and to "vestib/],
  ['a region over a part', { cochlea: [1, 2], vestibule: '2', canals: 3 }, /the number 2 both to "cochlea" and/],
  ['one number twice', { '1': 'cochlea', '01': 'vestibule', '2': 'canals' }, /number 1 both to "cochlea"/],
  ['a part that is bone', { bone: 1, cochlea: 1, vestibule: 2, canals: 3 }, /number 1 both to "bone" and to "cochlea"/],
  ['a number without a name', { '1': 'cochlea', '2': null, '3': 'canals' }, /gives the number 2 no name/]
])('%s is refused', (_, labels, says) => {
  expect(() => read(labels)).toThrow(says)
})

test('canals of the face or of hearing are no semicircular canals', () => {
  for (const name of ['facial canal', 'internal auditory canal', 'ear canal', 'carotid canal', 'cochlear nerve']) {
    expect(read({ labyrinth: 1, [name]: 2 }).numbers.table[2]).toBe(0)
  }
})

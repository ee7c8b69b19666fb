import { expect, test } from 'vitest'
import { evaluation, evaluationSchema } from '../../src/evaluate/evaluation.ts'
import { evaluationPage } from '../../src/evaluate/markdown.ts'
import { landmarkPlot } from '../../src/evaluate/plots/landmark-plot.ts'
import { outlinePlot } from '../../src/evaluate/plots/outline-plot.ts'
import { casesTable, landmarksTable } from '../../src/evaluate/tables.ts'
import { decodeCsv } from '../../src/io/csv.ts'
import { evaluatedCase, evaluationOf } from './known-evaluation.ts'

const broken = { id: 'c|d', exitCode: 3, message: 'c|d/ct.nii.gz: is *truncated*' }
const known = evaluationOf([evaluatedCase('a'), evaluatedCase('b', { errors: [0.3, 0.3, 0.9] })], [broken])

test('evaluation.json holds to its own schema, which lies in the documentation (vitest --update writes it)', async () => {
  expect(evaluation.parse(JSON.parse(JSON.stringify(known)))).toEqual(known)
  expect(evaluation.safeParse({ ...known, comment: '' }).success).toBe(false)
  const schema = `${JSON.stringify(evaluationSchema(), null, 2)}\n`
  await expect(schema).toMatchFileSnapshot('../../docs/evaluation.schema.json')
})

test('cases.csv has a row for each case and a column for each figure; undefined figures are empty', () => {
  const [head = [], ...rows] = decodeCsv(casesTable(known.cases))
  const cell = (row: number, column: string): string | undefined => rows[row]?.[head.indexOf(column)]
  expect(rows.map(([id]) => id)).toEqual(['a', 'b'])
  expect(rows.every((row) => row.length === head.length)).toBe(true)
  expect(new Set(head).size).toBe(6 + 3 * 2 + 4 * 8)
  expect([
    cell(0, 'voxel_mm'),
    cell(0, 'labyrinth_dice'),
    cell(0, 'cochlea_hd95_mm'),
    cell(0, 'vestibule_dice')
  ]).toEqual(['0.2 x 0.2 x 0.4', '0.9', '0.3', ''])
  expect(cell(1, 'round_window_mm')).toBe('0.9')
  expect(Number(cell(1, 'round_window_voxels'))).toBeCloseTo(0.9 / 0.099, 9)
})

test('landmarks.csv has a row for each landmark with what became of it', () => {
  const rows = decodeCsv(landmarksTable(known.cases))
  expect(rows).toHaveLength(1 + 2 * 3)
  expect(rows[6]?.slice(0, 5)).toEqual(['b', 'left', 'round_window', 'found', '0.9'])
})

test('evaluation.md puts ours beside the paper’s figures and lists what failed, foreign text kept from being markup', () => {
  const page = evaluationPage(known)
  expect(page).toContain('| Dice | 0.900 ± 0.000 [0.900, 0.900] | 0.97 | 0.94 |')
  expect(page).toContain('| Average Hausdorff, voxels | 0.200 ± 0.000 [0.200, 0.200] | 0.065 | 0.14 |')
  expect(page).toContain('doi 10.1038/s41598-023-45466-9')
  expect(page).toMatch(/\| Round window \| 2 \| 0\.65 ± 0\.35 \[0\.40, 0\.90\] \| .* \| 50 % \| 100 % \| 0 \| 0 \|/)
  expect(page).toContain('| 2 | 2 | 0 | 0 | 0 | 2 of 2 |')
  expect(page).toContain(String.raw`| c\|d | 3 | c\|d/ct.nii.gz: is \*truncated\* |`)
  const tables = page
    .trimEnd()
    .split('\n\n')
    .filter((block) => block.startsWith('|'))
  for (const table of tables) {
    const widths = table.split('\n').map((line) => line.replaceAll(/\\./g, '').split('|').length)
    expect(new Set(widths).size).toBe(1)
  }
})

test('plots show a dot for every case and region, a dot and a step for every landmark, and nothing beyond their frame', () => {
  const outlines = outlinePlot(known)
  expect(outlines.match(/<circle/g)).toHaveLength(6 * 2 * 2)
  const landmarks = landmarkPlot(known)
  expect(landmarks.match(/<circle/g)).toHaveLength(2 * 3)
  // A curve goes to the right and up once for each of its two landmarks, and to the right once more.
  expect(landmarks.match(/<path d="M110 370(H[\d.]+V[\d.]+){2}H[\d.]+"/g)).toHaveLength(3)
  for (const [drawing, width] of [
    [outlines, 990],
    [landmarks, 760]
  ] as const) {
    expect(drawing).not.toMatch(/NaN|Infinity|undefined/)
    const places = [...drawing.matchAll(/ c?x[12]?="([-\d.]+)"/g)].map(([, x]) => Number(x))
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...places)).toBeLessThanOrEqual(width)
  }
})

test('an evaluation in which nothing was found still has its tables and plots', () => {
  const empty = evaluationOf([{ id: 'phantom', spacing: null, outlines: {}, ears: [] }])
  expect(evaluationPage(empty)).toContain('| Dice | – | 0.97 | 0.94 |')
  for (const drawing of [outlinePlot(empty), landmarkPlot(empty)]) expect(drawing).not.toMatch(/NaN|Infinity/)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median } from '../../../src/core/math/quantile.ts'
import { decodeCsv } from '../../../src/io/csv.ts'
import type { Cohort, DoneCase, FailedCase } from '../../../src/report/cohort/cohort-case.ts'
import { cohortPage } from '../../../src/report/cohort/page.ts'
import { robustScores } from '../../../src/report/cohort/robust.ts'
import { cohortTable, errorTable } from '../../../src/report/cohort/tables.ts'
import { knownResult } from '../known-findings.ts'

const hostile = '<img src=x onerror=alert(1)>&"\''

/** An analysed scan whose labyrinth has the given volume. */
function doneCase(id: string, labyrinth: number): DoneCase {
  const result = knownResult(['right'])
  const uncertainty = { sd: 2, low: labyrinth - 3, high: labyrinth + 3, level: 0.9 } as const
  const ears = result.ears.map((ear) => ({
    ...ear,
    measurements: ear.measurements.map((one) =>
      one.id === 'labyrinth_volume' ? { ...one, value: labyrinth, uncertainty } : one
    )
  }))
  return { status: 'done', id, path: `${id}.nii.gz`, report: `cases/${id}/report.html`, result: { ...result, ears } }
}

const failed: FailedCase = { status: 'failed', id: hostile, path: 'x', exitCode: 3, message: `${hostile}: is broken` }
const volumes = [180, 185, 190, 195, 200, 205, 210, 20]
const done = volumes.map((volume, n) => doneCase(`scan-${n}`, volume))
const cohort: Cohort = { cases: [...done, failed], waiting: 0 }

test('the middle scores 0, an outlier its distance in deviations of the middle half', () => {
  expect(median([3, 1, 2, 4])).toBe(2.5)
  // Median 3, median absolute deviation 1.
  expect(robustScores([1, 2, 3, 4, 103])[4]).toBeCloseTo(0.6745 * 100, 6)
})

test('robust scores do not change with unit or origin', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 30 })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 50 }), fc.integer(), (numbers, unit, origin) => {
      const moved = robustScores(numbers.map((value) => unit * value + (origin % 1000)))
      for (const [n, score] of robustScores(numbers).entries()) expect(moved[n]).toBeCloseTo(score, 6)
    })
  )
})

test('cohort.csv has a row for each ear, with an empty cell for what was not found', () => {
  const [head = [], ...rows] = decodeCsv(
    cohortTable([...done, { ...doneCase('two', 1), result: knownResult(['left', 'right']) }])
  )
  expect(rows.map((row) => [row[0], row[2]])).toEqual([
    ...done.map(({ id }) => [id, 'right']),
    ['two', 'left'],
    ['two', 'right']
  ])
  const cell = (name: string): string | undefined => rows[0]?.[head.indexOf(name)]
  expect([cell('labyrinth_volume'), cell('helicotrema_x'), cell('round_window_x')]).toEqual(['180', '8', ''])
  expect([cell('labyrinth_volume_low'), cell('labyrinth_volume_high')]).toEqual(['177', '183'])
  expect([cell('a_value'), cell('a_value_low')]).toEqual(['', ''])
})

test('cohort.csv and the page say what is doubtful about an ear, and only about that one', () => {
  const two = knownResult(['left', 'right'])
  const coarse = { id: 'low_resolution', severity: 'note', side: 'left', text: 'Coarse.', evidence: {} } as const
  const result = { ...two, flags: [...two.flags.filter(({ side }) => side === 'right'), coarse] }
  const one = { ...doneCase('two', 1), result }
  const [head = [], ...rows] = decodeCsv(cohortTable([one]))
  const cells = rows.map((row) => ['side', 'warnings', 'notes', 'flags'].map((name) => row[head.indexOf(name)]))
  expect(cells).toEqual([
    ['left', '0', '1', 'low_resolution'],
    ['right', '1', '0', 'missing_landmark']
  ])
  const page = cohortPage({ cases: [one], waiting: 0 })
  expect(page).toMatch(/<b>1<\/b>doubtful ear</)
  expect(page).toMatch(/right<\/td><td>The round window of the right ear was not found\./)
  expect(page).not.toContain('Coarse.')
})

test('errors.csv says of each failed scan why', () => {
  expect(decodeCsv(errorTable([failed]))[1]).toEqual([hostile, 'x', '3', `${hostile}: is broken`])
})

test('the page shows the outlier with a link to its report, and counts', () => {
  const page = cohortPage(cohort)
  expect(page).toMatch(/<a href="cases\/scan-7\/report\.html">scan-7<\/a>.*20\.0 mm³/)
  expect(page.match(/class="outlier"/g)).toHaveLength(1)
  expect(page).toMatch(/<b>8<\/b>scans analysed/)
  expect(page).toMatch(/<b>1<\/b>scan failed/)
})

test('an outlier has not the colour of what is flagged or failed', () => {
  const page = cohortPage(cohort)
  const colours = (name: string) =>
    [...page.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6})`, 'g'))].map(([, hex]) => hex)
  const paintedWith = /svg \.outlier \{ fill: var\(--([a-z]+)\)/.exec(page)?.[1] ?? ''
  // One in light, one in dark.
  expect(colours(paintedWith)).toHaveLength(2)
  for (const alarm of colours('alarm')) expect(colours(paintedWith)).not.toContain(alarm)
})

test('foreign text is shown as text, and the page asks for nothing outside itself', () => {
  const page = cohortPage(cohort)
  expect(page).not.toContain('<img')
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;: is broken')
  expect(page).toContain("default-src 'none'")
  expect(page).not.toMatch(/https?:|<script|<link|url\(/)
})

test('a cohort in which everything failed has a page and tables too', () => {
  expect(cohortPage({ cases: [failed], waiting: 2 })).toContain('<b>2</b>scans to go')
  expect(decodeCsv(cohortTable([]))).toHaveLength(1)
})

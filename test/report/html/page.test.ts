import { describe, expect, test } from 'vitest'
import { analyze } from '../../../src/analyze/analyze.ts'
import { softwareVersion } from '../../../src/core/version.ts'
import type { ScanSource } from '../../../src/io/scan-source.ts'
import { measureFindings } from '../../../src/measure/measure-findings.ts'
import { createResult } from '../../../src/report/create-result.ts'
import { createReport } from '../../../src/report/html/page.ts'
import { boneScan, groundTruthModel, meanShape, uprightFrame } from '../../analyze/analytic-network.ts'

const scan = boneScan([0, 0, 0], [216, 104, 104], [0.25, 0.25, 0.25])
const hostile = '<script>alert("1")</script>'
const source: ScanSource = {
  path: `/home/somebody/${hostile.replace('/', '')}.nii`,
  format: 'dicom',
  series: { uid: '1.2', number: '3', description: `${hostile}'"&` },
  notes: [`A note with ${hostile}`]
}
const model = groundTruthModel([
  { frame: uprightFrame('right', [-15.5, 1, 2]), shape: meanShape },
  { frame: uprightFrame('left', [15.5, 0, 1]), shape: meanShape }
])
const findings = await analyze(scan, model, { augmentTestTime: false })
const result = createResult({ ...measureFindings(findings, { scan, source }), flags: [] }, { source, model })
const page = createReport({ scan, findings, result, created: new Date('2026-01-02T03:04:05Z') })

test('definitions say in a sentence where each measurement comes from', () => {
  expect(page).toContain('count in part. Measured directly.')
  expect(page).toContain('Consensus use.')
  expect(page).not.toMatch(/\. [a-z ]+\.<\/dd>/)
})

test('a report shows both ears side by side, with pictures, measurements and landmarks', () => {
  expect(page).toContain('<main class="ears two">')
  for (const text of [
    'Right ear',
    'Left ear',
    'From above',
    'Cochlear view',
    'Helicotrema',
    'Volume of the labyrinth'
  ]) {
    expect(page).toContain(text)
  }
  // For each ear: two views in space, four oblique slices, three slices through each of three landmarks.
  expect(page.match(/<image /g)).toHaveLength(2 * (2 + 4 + 9))
  expect(page.match(/<g class="ruler">/g)).toHaveLength(2 * 15)
})

describe('a report of more than that', () => {
  const electrode = { length: 20, source: 'Somebody & al.', rows: [{ depth: 20, angle: 371.4, frequency: 987 }] }
  const ears = result.ears.map((ear) => ({ ...ear, electrode }))
  const flag = (severity: 'warning' | 'note', text: string) => ({ id: 'metal', severity, text, evidence: {} }) as const
  const flags = [flag('note', 'First of all'), flag('warning', 'Worst of all')]
  const more = createReport({ scan, findings, result: { ...result, ears, flags }, created: new Date(0) })

  test('tells where an electrode would lie, when it was asked for', () => {
    expect(page).not.toContain('Electrode of')
    expect(more).toContain('Electrode of 20 mm')
    expect(more).toContain('Somebody &amp; al.')
    expect(more).toMatch(/>20\.0<.*>371<.*>987</)
  })

  test('lists flags with warnings before notes', () => {
    expect(more.indexOf('Worst of all')).toBeGreaterThan(0)
    expect(more.indexOf('Worst of all')).toBeLessThan(more.indexOf('First of all'))
  })
})

test('a report says what it is, which model made it, and when', () => {
  expect(page).toContain('not a medical device')
  for (const text of ['f'.repeat(64), `otomark ${softwareVersion}`, '2026-01-02 03:04 UTC'])
    expect(page).toContain(text)
})

test('warnings stand before everything about the ears', () => {
  expect(page.indexOf('A note with')).toBeGreaterThan(0)
  expect(page.indexOf('A note with')).toBeLessThan(page.indexOf('Right ear'))
})

test('foreign text is shown, not obeyed', () => {
  expect(page).not.toContain('somebody')
  expect(page).not.toContain('<script')
  expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;')
})

test('a report needs and allows nothing from outside', () => {
  expect(page).toContain(`content="default-src 'none'; img-src data:;`)
  const addresses = [...page.matchAll(/(?:href|src|url)\s*[=(]\s*"?([^"\s)]{0,40})/g)].map(([, address]) => address)
  expect(addresses.length).toBeGreaterThan(20)
  for (const address of addresses) expect(address).toMatch(/^data:image\/png;base64,/)
})

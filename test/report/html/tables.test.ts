import { expect, test } from 'vitest'
import { ductLengthUse, recommendedDuctLength } from '../../../src/measure/catalogue/duct-length-choice.ts'
import { quantities } from '../../../src/measure/catalogue.ts'
import { electrodeDrawing } from '../../../src/report/html/electrode-drawing.ts'
import { landmarkTable } from '../../../src/report/html/landmark-table.ts'
import { measurementTable } from '../../../src/report/html/measurement-table.ts'
import type { EarResult } from '../../../src/report/result.ts'
import { knownResult } from '../known-findings.ts'

const known = knownResult(['right']).ears[0] as EarResult

/** The known ear with every quantity a value and an interval. */
const ear: EarResult = {
  ...known,
  measurements: known.measurements.map((measured, n) => ({
    ...measured,
    value: 30 + n,
    uncertainty: { sd: 1, low: 29 + n, high: 31 + n, level: 0.9 }
  }))
}

test('landmarks stand there with coordinates and score as numbers; one that was placed says so', () => {
  const { helicotrema } = known.landmarks
  const byHand = { ...helicotrema, byHand: true } as EarResult['landmarks']['helicotrema']
  expect(landmarkTable(known)).toMatch(/Helicotrema<\/th>.*8\.00<.*17\.00<.*−27\.50<.*0\.90</)
  expect(landmarkTable({ ...known, landmarks: { ...known.landmarks, helicotrema: byHand } })).toContain('by hand')
  expect(landmarkTable(known)).toMatch(/Round window<\/th><td colspan="4" class="faint">was not found/)
})

test('values, intervals and what real ears have are printed as numbers, nothing only where it is pointed at', () => {
  const table = measurementTable(ear, 'Calibrated on 5 ears.')
  expect(table).toContain('187.0 ± 24.0 mm³')
  expect(table).toMatch(/n = \d+/)
  expect(table).toContain('Calibrated on 5 ears.')
  expect(table).not.toContain('title=')
  for (const { definition } of quantities) expect(table).toContain(definition.slice(0, 30).replaceAll("'", '&#39;'))
})

test('one length of the duct is recommended; the others are folded, each with its use', () => {
  const [open = '', folded = ''] = measurementTable(ear, undefined).split('<details class="folded">')
  expect(open.match(/Cochlear duct length/g)).toHaveLength(1)
  expect(open).toContain('recommended: ')
  const others = Object.entries(ductLengthUse).filter(([id]) => id !== recommendedDuctLength.id)
  for (const [, use] of others) expect(folded).toContain(use)
  const lengths = quantities.filter(({ id }) => id.startsWith('duct_length') || id.startsWith('basal_turn'))
  expect(Object.keys(ductLengthUse).sort()).toEqual(lengths.map(({ id }) => id).sort())
})

test('an electrode is drawn along the duct with depths and frequencies, to the angle of its tip', () => {
  const rows = [
    { depth: 0, angle: 0, frequency: 20_000 },
    { depth: 20, angle: 371.4, frequency: 987 }
  ]
  const drawing = electrodeDrawing({ length: 20, source: '', rows })
  for (const words of ['reaches 371°', '0 mm, 20.0 kHz', '20 mm, 987 Hz']) expect(drawing).toContain(words)
})

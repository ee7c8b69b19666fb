import { expect, test } from 'vitest'
import { decodeCsv } from '../../src/io/csv.ts'
import { measurementsCsv } from '../../src/report/files/measurements-csv.ts'
import type { AnalysisResult } from '../../src/report/result.ts'

test('measurements are a row for each quantity of each ear; what is not known is empty', () => {
  const known = {
    ...{ id: 'cochlea_volume', name: 'Volume of the cochlea', unit: 'mm³', value: 92.5 },
    uncertainty: { sd: 1, low: 90, high: 95, level: 0.9 },
    reference: { mean: 89, sd: 8, source: 'a study' }
  }
  const unknown = { id: 'height', name: 'Height, "H"', unit: 'mm', value: null, reason: 'no helicotrema' }
  const ears = [
    { side: 'right', measurements: [known, unknown] },
    { side: 'left', measurements: [known] }
  ]
  const [head, ...rows] = decodeCsv(measurementsCsv({ ears } as unknown as AnalysisResult))
  expect(head).toEqual(['side', 'id', 'name', 'unit', 'value', 'low', 'high', 'real_mean', 'real_sd', 'reason'])
  expect(rows).toEqual([
    ['right', 'cochlea_volume', 'Volume of the cochlea', 'mm³', '92.5', '90', '95', '89', '8', ''],
    ['right', 'height', 'Height, "H"', 'mm', '', '', '', '', '', 'no helicotrema'],
    ['left', 'cochlea_volume', 'Volume of the cochlea', 'mm³', '92.5', '90', '95', '89', '8', '']
  ])
})

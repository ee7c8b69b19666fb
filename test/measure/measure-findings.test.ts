import { expect, test } from 'vitest'
import { UsageError } from '../../src/core/errors.ts'
import { createVolume } from '../../src/core/volume.ts'
import { measureFindings } from '../../src/measure/measure-findings.ts'
import { geometry, source } from '../report/known-findings.ts'

const scan = createVolume(geometry, new Int16Array(40 * 40 * 30))
const nothing = { labels: { geometry, data: new Uint8Array(40 * 40 * 30) }, ears: [], timings: [] }

test.each([-3, 0, 2800, Number.NaN])(
  'an electrode of %s mm is refused, as the command line refuses it',
  (electrode) => {
    expect(() => measureFindings(nothing, { scan, source, electrode })).toThrow(UsageError)
  }
)

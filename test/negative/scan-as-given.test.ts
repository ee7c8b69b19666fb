import { expect, test } from 'vitest'
import { analyze } from '../../src/analyze/analyze.ts'
import type { Scan } from '../../src/core/volume.ts'
import { findElectrodes } from '../../src/implant/find/find-in-ears.ts'
import { acceptScan } from '../../src/io/accept-scan.ts'
import { measureFindings } from '../../src/measure/measure-findings.ts'
import { judgeEar } from '../../src/measure/plausibility/judge.ts'
import { boneScan, groundTruthModel } from '../analyze/analytic-network.ts'
import { knownEar, measured, source } from '../report/known-findings.ts'
import { expectFailure } from '../support/expect-error.ts'

const { geometry, data } = boneScan([0, 0, 0], [24, 24, 24], [0.6, 0.6, 0.6])
const labels = { geometry, data: new Uint8Array(data.length) }
const findings = { labels, ears: [knownEar('right')], timings: [] }
const numbers = measured(findings)
const floats = Float32Array.from(data)

/** What a program without types may give, and what is said of it. */
const unfit: readonly (readonly [what: string, scan: object, says: RegExp])[] = [
  ['NaN', { geometry, data: floats.with(5000, Number.NaN) }, /not finite numbers \(NaN or infinity\)/],
  ['infinity', { geometry, data: floats.with(5000, Number.NEGATIVE_INFINITY) }, /not finite numbers/],
  ['8-bit voxels', { geometry, data: Uint8Array.from(data) }, /its voxels are given as Uint8Array; give Hounsfield/],
  ['unsigned voxels', { geometry, data: Uint16Array.from(data, (value) => value + 1024) }, /given as Uint16Array;/],
  ['64-bit voxels', { geometry, data: Float64Array.from(data) }, /given as Float64Array;/],
  ['a list of numbers', { geometry, data: [...data] }, /given as Array;/],
  ['too few voxels', { geometry, data: data.subarray(1) }, /its 13823 voxels do not fill its grid of 24 × 24 × 24/],
  [
    'a voxel size that is none',
    { geometry: { ...geometry, spacing: [0.6, Number.NaN, 0.6] }, data },
    /the voxel size 0\.6 × NaN × 0\.6 mm is not three positive numbers/
  ]
]

test.each(unfit)('a scan that a program gives with %s is refused by all that take one', async (_, given, says) => {
  const scan = given as Scan
  const takers: readonly (() => unknown)[] = [
    () => analyze(scan, groundTruthModel([])),
    () => acceptScan('series 4', { scan, source }),
    () => measureFindings(findings, { scan, source }),
    () => judgeEar(knownEar('right'), scan),
    () => findElectrodes(numbers, scan)
  ]
  for (const take of takers) {
    await expectFailure(Promise.resolve().then(take), { name: 'InputError', exitCode: 3, says })
  }
})

test('a picture in the type of a scan is not analysed', async () => {
  const picture = { geometry, data: data.map((_, at) => at % 256) }
  await expect(analyze(picture, groundTruthModel([]))).rejects.toThrow(
    'the scan to analyse: its values are all between 0 and 255: a windowed picture or a label map'
  )
})

import { isDeepStrictEqual } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { analyze, analyzeWith } from '../../src/analyze/analyze.ts'
import type { Findings } from '../../src/analyze/findings.ts'
import { openEarThread } from '../../src/cli/ear-thread.ts'
import { ResourceError } from '../../src/core/errors.ts'
import { measureFindings, measureFindingsWith } from '../../src/measure/measure-findings.ts'
import { boneScan, groundTruthModel, meanShape, uprightFrame } from '../analyze/analytic-network.ts'

const scan = boneScan([0, 0, 0], [104, 104, 104], [0.25, 0.25, 0.25])
const model = groundTruthModel([{ frame: uprightFrame('left', [1, 0, 2]), shape: meanShape }])
const source = { path: 'ear.nii', format: 'nifti', notes: [] } as const

const thread = openEarThread()
let there: Findings
beforeAll(async () => {
  there = await analyzeWith(scan, model, {}, thread.refine).finally(thread.close)
})

test('findings and measurements are the same, bit for bit, with views refined and measured in a thread', async () => {
  const here = { ...(await analyze(scan, model)), timings: there.timings }
  expect(there.ears[0]?.repeats).toHaveLength(4)
  expect(isDeepStrictEqual(there, here)).toBe(true)
  const measured = measureFindingsWith(there, { scan, source }, thread.measure)
  expect(measured.ears[0]?.measurements.some(({ value }) => value !== null)).toBe(true)
  expect(isDeepStrictEqual(measured, measureFindings(here, { scan, source }))).toBe(true)
})

test('what the thread has measured is not measured again, the last view is measured here', () => {
  const views = there.ears[0]?.repeats ?? []
  const different = views.map((view) => new Set([thread.measure(view), thread.measure(view)]).size)
  expect(different).toEqual([1, 1, 1, 2])
})

test('an error of the thread ends the analysis with its text and class', async () => {
  const failing = openEarThread(new URL('./failing-worker', import.meta.url))
  const analysis = analyzeWith(scan, model, {}, failing.refine)
  const error = new ResourceError('refining a view: out of memory; close other programs')
  await expect(analysis.finally(failing.close)).rejects.toStrictEqual(error)
})

test('an analysis of which the thread ends tells so', async () => {
  const ending = openEarThread()
  const analysis = analyzeWith(scan, model, {}, async (view) => {
    const refined = ending.refine(view)
    await ending.close()
    return refined
  })
  await expect(analysis).rejects.toThrow('a thread of this process has ended')
})

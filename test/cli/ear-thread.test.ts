import { isDeepStrictEqual } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { analyze, analyzeWith } from '../../src/analyze/analyze.ts'
import type { EarFinding, Findings } from '../../src/analyze/findings.ts'
import { openEarThread } from '../../src/cli/ear-thread.ts'
import { ResourceError } from '../../src/core/errors.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import { quantities } from '../../src/measure/catalogue.ts'
import { measureFindings, measureFindingsWith } from '../../src/measure/measure-findings.ts'
import { earFigures } from '../../src/report/html/ear-figures.ts'
import { boneScan, groundTruthModel, meanShape, uprightFrame } from '../analyze/analytic-network.ts'

const scan = boneScan([0, 0, 0], [104, 104, 104], [0.25, 0.25, 0.25])
const model = groundTruthModel([{ frame: uprightFrame('left', [1, 0, 2]), shape: meanShape }])
const source = { path: 'ear.nii', format: 'nifti', notes: [] } as const

const thread = openEarThread()
let there: Findings
beforeAll(async () => {
  there = await analyzeWith(scan, model, {}, thread).finally(thread.close)
})

test('findings and measurements are the same, bit for bit, with views refined and measured in a thread', async () => {
  const here = { ...(await analyze(scan, model)), timings: there.timings }
  expect(there.ears[0]?.repeats).toHaveLength(4)
  expect(isDeepStrictEqual(there, here)).toBe(true)
  const measured = measureFindingsWith(there, { scan, source }, thread.known)
  expect(measured.ears[0]?.measurements.some(({ value }) => value !== null)).toBe(true)
  expect(isDeepStrictEqual(measured, measureFindings(here, { scan, source }))).toBe(true)
})

test('the ear and its views are measured while the analysis goes on, and nothing is measured twice', () => {
  const [ear] = there.ears as [EarFinding]
  const views = [ear, ...ear.repeats]
  expect(views.map((view) => thread.known(view)?.length)).toEqual(views.map(() => quantities.length))
  expect(views.map((view) => thread.known({ ...view, occupancy: { ...view.occupancy } }))).toEqual(
    views.map(() => undefined)
  )
})

test('the pictures of a report are drawn once for an ear, and anew for one that was changed', () => {
  const [ear] = there.ears as [EarFinding]
  const drawn = earFigures(scan, ear)
  expect(earFigures(scan, { ...ear })).toBe(drawn)
  expect(earFigures({ ...scan, data: scan.data.map(() => 0) }, ear)).not.toEqual(drawn)
  expect(earFigures(scan, { ...ear, surfaces: { ...ear.surfaces } })).toEqual(drawn)
  const lost = ear.landmarks.map(({ id }): Landmark => ({ id, status: 'undefined', confidence: 0 }))
  const without = earFigures(scan, { ...ear, landmarks: lost })
  expect(without.landmarks).toContain('was not found')
  expect(drawn.landmarks).not.toContain('was not found')
})

test('an error of the thread ends the analysis with its text and class', async () => {
  const failing = openEarThread(new URL('./failing-worker', import.meta.url))
  const analysis = analyzeWith(scan, model, {}, failing)
  const error = new ResourceError('refining a view: out of memory; close other programs')
  await expect(analysis.finally(failing.close)).rejects.toStrictEqual(error)
})

test('an analysis of which the thread ends tells so', async () => {
  const ending = openEarThread()
  const refine: typeof ending.refine = async (view) => {
    const refined = ending.refine(view)
    await ending.close()
    return refined
  }
  const analysis = analyzeWith(scan, model, {}, { ...ending, refine })
  await expect(analysis).rejects.toThrow('a thread of this process has ended')
})

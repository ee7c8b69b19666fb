import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { catalogue } from '../../src/electrode/catalogue.ts'
import { type DuctResult, describeDuct } from '../../src/report/duct-result.ts'
import { planFileNames } from '../../src/report/plan/plan-files.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import { landmarkAt } from '../../web/ear-state.ts'
import { followPlan } from '../../web/plan/follow-plan.ts'
import { drawnContacts, isPlanCurrent, type PlanChoice } from '../../web/plan/planning.ts'
import { requestedPlan } from '../../web/plan/requested-plan.ts'
import type { ScanOnShow } from '../../web/scan-on-show.ts'
import { createStore, type Store } from '../../web/store.ts'
import type { Analysis, Conclusion } from '../../web/worker/analysis-worker.ts'
import { answerPlan, type PlanAnswer } from '../../web/worker/answer-plan.ts'
import { MeasurementService } from '../../web/worker/measurement-service.ts'
import { knownDuct } from '../implant/known-duct.ts'
import { knownResult } from '../report/known-findings.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const folder = scratchFolder()

/** A duct that lies in the known ears. */
function placedDuct(size: number): DuctResult {
  const duct = describeDuct(knownDuct(size))
  return { ...duct, axis: { ...duct.axis, point: [9, 18, -28] } }
}

/** A result of two ears whose cochleae are of some size. */
function resultOf(size: number): AnalysisResult {
  const result = knownResult(['right', 'left'])
  const duct = placedDuct(size)
  return { ...result, ears: result.ears.map((ear) => ({ ...ear, duct })) }
}

const helicotrema = { id: 'helicotrema', status: 'defined', position: [1, 2, 3], confidence: 0.7 } as const

/** The page with a scan that was opened, its plans by the worker's own code. */
function opened(result = resultOf(1)) {
  const store = createStore()
  const plan = vi.fn<MeasurementService['plan']>((...asked) => new MeasurementService().plan(...asked))
  followPlan(store, { session: { measurementWorker: { plan } } } as unknown as ScanOnShow)
  open(store, result)
  return { store, plan }
}

function open(store: Store, result: AnalysisResult): void {
  const ears = result.ears.map(({ side }) => ({ side, landmarks: [helicotrema], labels: new Uint8Array(0), grid: {} }))
  const analysis = { result, ears, arrays: catalogue, log: [] } as unknown as Analysis
  store.dispatch({ type: 'started', name: 'scan', choice: null })
  store.dispatch({ type: 'analysed', analysis })
}

function choose(store: Store, choice: Partial<PlanChoice>): void {
  store.dispatch({ type: 'plan chosen', choice: { ...store.state.planning.choice, ...choice } })
}

/** A landmark is moved; the result that follows is concluded by `conclude`. */
function correct(store: Store): void {
  const to = landmarkAt('helicotrema', [8, 16, -28])
  const change = { what: 'landmark', ear: 'ear-1', from: helicotrema, to } as const
  store.dispatch({ type: 'changed', change, at: '2026-01-02T03:04:05Z' })
}

function conclude(store: Store, result: AnalysisResult): void {
  const conclusion: Conclusion = { result, surfaces: [], planes: [], implants: [] }
  store.dispatch({ type: 'concluded', conclusion })
}

async function planned(store: Store): Promise<PlanAnswer> {
  await vi.waitFor(() => expect(isPlanCurrent(store.state)).toBe(true))
  const answer = store.state.planning.made?.answer
  return typeof answer === 'object' ? answer : expect.unreachable()
}

test('the files of a plan are those of the command line, byte for byte', async () => {
  const { store } = opened()
  choose(store, { arrays: ['ci632', 'flex28'], target: { unit: 'percent', value: 60 } })
  const { files } = await planned(store)
  await writeFile(join(folder, 'result.json'), JSON.stringify(store.state.result))
  const output = join(folder, 'plan')
  const options = ['--array', 'flex28', 'ci632', '--coverage', '60', '--output', output]
  expect(await runCli('plan', folder, ...options)).toMatchObject({ code: 0, err: '' })
  for (const name of planFileNames) expect(files[name]).toBe(await readFile(join(output, name), 'utf8'))
})

test('a plan that was made before a correction is out of date until it is made of the new ducts', async () => {
  const { store, plan } = opened()
  choose(store, { arrays: ['flex28'] })
  const before = await planned(store)
  correct(store)
  expect(isPlanCurrent(store.state)).toBe(false)
  expect(plan).toHaveBeenCalledTimes(1)
  const corrected = resultOf(0.9)
  conclude(store, corrected)
  const after = await planned(store)
  expect(after.plan).not.toEqual(before.plan)
  expect(after).toEqual(answerPlan(corrected, { arrays: catalogue.filter(({ id }) => id === 'flex28') }))
})

test('the contacts of one planned array are drawn where the plan has them, and not while it is out of date', async () => {
  const { store } = opened()
  choose(store, { arrays: ['flex28', 'ci622'] })
  store.dispatch({ type: 'plan drawn', array: 'flex28' })
  const { plan } = await planned(store)
  const [flex] = plan.ears.find(({ side }) => side === 'left')?.arrays ?? []
  const drawn = drawnContacts(store.state, 'left')
  expect(drawn).toHaveLength(12)
  expect(drawn).toEqual(flex?.contacts.map(({ inside }) => inside?.position))
  correct(store)
  expect(drawnContacts(store.state, 'left')).toEqual([])
  conclude(store, resultOf(0.9))
  await planned(store)
  expect(drawnContacts(store.state, 'left')).toHaveLength(12)
  choose(store, { arrays: ['ci622'] })
  await planned(store)
  expect(drawnContacts(store.state, 'left')).toEqual([])
})

test('a plan that arrives after a correction is not shown', async () => {
  const { store, plan } = opened()
  const answer: { give(made: PlanAnswer): void } = { give: () => {} }
  plan.mockImplementationOnce(() => new Promise((resolve) => Object.assign(answer, { give: resolve })))
  choose(store, { arrays: ['flex28'] })
  const { request } = requestedPlan(store.state)
  const late = answerPlan(resultOf(1), request ?? expect.unreachable())
  await vi.waitFor(() => expect(plan).toHaveBeenCalled())
  correct(store)
  answer.give(late)
  conclude(store, resultOf(0.9))
  expect(await planned(store)).not.toEqual(late)
  expect(plan).toHaveBeenCalledTimes(2)
})

test('what was chosen and planned goes with its scan, also where its worker never answers', async () => {
  const { store, plan } = opened()
  plan.mockReturnValueOnce(new Promise(() => {}))
  choose(store, { arrays: ['flex28'] })
  open(store, resultOf(0.9))
  expect(store.state.planning).toEqual({
    choice: { arrays: [], insertion: null, target: null },
    made: null,
    drawn: null
  })
  choose(store, { arrays: ['ci622'] })
  expect((await planned(store)).plan.ears[0]?.arrays.map(({ array }) => array.id)).toEqual(['ci622'])
})

test('an array that cannot go in so far is left out and said, and so is a number that is none', () => {
  const { store } = opened()
  choose(store, { arrays: ['1j', 'flex20', 'flex28'] })
  expect(request(store)).toEqual([
    ['flex28', 'flex20'],
    [expect.stringMatching(/HiFocus 1J is left out: .*choose an insertion/)]
  ])
  choose(store, { insertion: 24 })
  expect(request(store)).toEqual([['flex28', '1j'], [expect.stringMatching(/FLEX20 is left out: .* only 20 mm/)]])
  choose(store, { insertion: Number.NaN })
  expect(request(store)).toEqual([undefined, ['Give an insertion of more than 0 and at most 50 mm.']])
  choose(store, { insertion: null, target: { unit: 'percent', value: 120 } })
  expect(request(store)).toEqual([undefined, ['Give a coverage of more than 0 and at most 100 %.']])
})

test('a drawing says where the warnings of the analysis stand: above it on the page, in plan.json of a file', () => {
  const flags = [{ id: 'metal', severity: 'warning', text: 'There is metal.', evidence: {} }] as const
  const { files, drawings } = answerPlan({ ...resultOf(1), flags: [...flags] }, { arrays: catalogue.slice(0, 1) })
  expect(drawings).toHaveLength(2)
  for (const drawing of drawings) expect(drawing).toContain('ear (a warning of the analysis: see above)')
  expect(files['plan.svg']).toContain('ear (a warning of the analysis: see plan.json)')
})

test('where the turns of no cochlea were seen, that is said in place of a plan', () => {
  const { store, plan } = opened(knownResult(['left']))
  choose(store, { arrays: ['flex28'] })
  expect(request(store)).toEqual([undefined, [expect.stringMatching(/turns of the cochlea were not seen/)]])
  expect(plan).not.toHaveBeenCalled()
})

function request(store: Store) {
  const { request, remarks } = requestedPlan(store.state)
  return [request?.arrays.map(({ id }) => id), remarks]
}

import { expect, test } from 'vitest'
import { createGeometry } from '../../src/core/geometry/geometry.ts'
import { identity3 } from '../../src/core/math/vector.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { Action } from '../../web/action.ts'
import type { Entry, LandmarkChange } from '../../web/corrections.ts'
import { contactChange, contactsOf, missingContacts, namingChange } from '../../web/ear-implant.ts'
import { landmarkAt } from '../../web/ear-state.ts'
import { initialState, reduce, type State, shownEars, unsavedChanges } from '../../web/state.ts'
import type { Analysis, Conclusion, FoundEar } from '../../web/worker/analysis-worker.ts'
import { knownDuct } from '../implant/known-duct.ts'
import { knownElectrode } from '../implant/known-electrode.ts'

const grid = createGeometry({ size: [2, 2, 2], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })
const surface = { vertices: new Float64Array(0), triangles: new Uint32Array(0) }

function found(side: FoundEar['side']): FoundEar {
  return {
    side,
    frame: { side, origin: [0, 0, 0], direction: identity3 },
    grid,
    image: new Uint8Array(0),
    labels: Uint8Array.of(0, 1, 2, 3, 0, 0, 0, 0),
    landmarks: [
      { id: 'helicotrema', status: 'defined', position: [1, 2, 3], confidence: 0.7 },
      { id: 'oval_window', status: 'undefined', confidence: 0 }
    ],
    implant: { searched: knownElectrode(), turns: { duct: knownDuct(), remarks: [] } },
    surfaces: { cochlea: surface, vestibule: surface, semicircular_canals: surface },
    planes: []
  }
}

/** The state after two ears were found, left first. */
function ready(log: readonly Entry[] = []): State {
  const analysis = { result: {}, runtime: 'wasm', ears: [found('left'), found('right')], log } as unknown as Analysis
  return after(initialState, started('scan'), { type: 'analysed', analysis })
}

function started(name: string): Action {
  return { type: 'started', name, choice: null }
}

function after(state: State, ...actions: readonly Action[]): State {
  return actions.reduce(reduce, state)
}

const move: LandmarkChange = {
  what: 'landmark',
  ear: 'ear-1',
  from: { id: 'helicotrema', status: 'defined', position: [1, 2, 3], confidence: 0.7 },
  to: landmarkAt('helicotrema', [4, 5, 6])
}

test('ears are shown as a radiologist sees them, the right one first', () => {
  const state = ready()
  expect(shownEars(state).map(({ side }) => side)).toEqual(['right', 'left'])
  expect(shownEars(after(state, { type: 'look', look: { ear: 'ear-1' } })).map(({ side }) => side)).toEqual(['left'])
})

test('a change, taken back and made again, is on record each time, and taken back it leaves no trace but that', () => {
  const before = ready()
  const changed = after(before, { type: 'changed', change: move, at: '1' })
  expect(changed.ears[0]?.landmarks[0]).toEqual(move.to)
  const undone = after(changed, { type: 'undo', at: '2' })
  expect(undone.ears).toEqual(before.ears)
  const redone = after(undone, { type: 'redo', at: '3' })
  expect(redone.ears[0]?.landmarks[0]).toEqual(move.to)
  expect(redone.log.map(({ at, action }) => [at, action])).toEqual([
    ['1', 'change'],
    ['2', 'undo'],
    ['3', 'redo']
  ])
  expect(after(redone, { type: 'redo', at: '4' })).toBe(redone)
})

test('a landmark on its way is no change yet', () => {
  const state = after(ready(), { type: 'dragged', ear: 'ear-2', landmark: landmarkAt('helicotrema', [9, 9, 9]) })
  expect(state.ears[1]?.landmarks[0]).toMatchObject({ position: [9, 9, 9] })
  expect(state.ears[0]?.landmarks[0]).toMatchObject({ position: [1, 2, 3] })
  expect([state.done, state.log]).toEqual([[], []])
})

test('a contact on its way is no change yet, and let go it is one that can be taken back', () => {
  const [ear] = ready().ears
  const change = ear && contactChange(ear, 3, [1, 1, 1])
  if (change === undefined) throw new Error('there is no contact')
  const dragged = after(ready(), { type: 'contact dragged', ear: 'ear-1', correction: change.to })
  expect(contactsOf(dragged.ears[0]?.implant ?? expect.unreachable())[2]).toMatchObject({ position: [1, 1, 1] })
  expect([dragged.done, dragged.log, dragged.concluded]).toEqual([[], [], false])
  const changed = after(dragged, { type: 'changed', change, at: '1' })
  expect(changed.log).toHaveLength(1)
  const undone = after(changed, { type: 'undo', at: '2' })
  expect(undone.ears[0]?.implant).toEqual(ready().ears[0]?.implant)
})

test('labyrinths from a scan before surgery take corrections of outlines and landmarks along, and leave contacts', () => {
  const [ear] = ready().ears
  const change = (ear && contactChange(ear, 3, [1, 1, 1])) ?? expect.unreachable()
  const corrected = after(
    ready(),
    { type: 'changed', change: move, at: '1' },
    { type: 'changed', change, at: '2' },
    { type: 'undo', at: '3' },
    { type: 'redo', at: '4' },
    { type: 'saved', entries: 4 }
  )
  const analysis = { result: {}, ears: [found('left'), found('right')], log: [] } as unknown as Analysis
  const taken = after(corrected, { type: 'outlined anew', analysis })
  expect(taken.log.map(({ at }) => at)).toEqual(['2', '3', '4'])
  expect(taken.done).toEqual([change])
  expect([taken.saved, taken.concluded]).toEqual([0, false])
  expect(taken.ears[0]?.landmarks[0]).toMatchObject({ position: [1, 2, 3] })
  expect(contactsOf(taken.ears[0]?.implant ?? expect.unreachable())[2]).toMatchObject({ position: [1, 1, 1] })
  expect(after(taken, { type: 'undo', at: '5' }).ears[0]?.implant.correction.placed).toBeNull()
})

test('values that arrive after the conclusion they belong to are let go', () => {
  const [ear] = ready().ears
  if (ear === undefined) throw new Error('there is no ear')
  const late: Action = { type: 'measured', values: [{ cochlea_volume: 1 }] }
  const conclusion = { result: {} as AnalysisResult, surfaces: [ear.surfaces], planes: [], implants: [] }
  const changed = after(ready(), { type: 'changed', change: move, at: '1' }, late)
  expect([changed.concluded, changed.quick]).toEqual([false, [{ cochlea_volume: 1 }]])
  const concluded = after(changed, { type: 'concluded', conclusion }, late)
  expect([concluded.concluded, concluded.quick]).toEqual([true, null])
})

test('a new scan, once it is read, and an end leave nothing of the scan before, but the settings', () => {
  const state = after(ready(), { type: 'prefer', preference: 'wasm' }, { type: 'changed', change: move, at: '1' })
  for (const end of [started('other'), { type: 'closed' } as const]) {
    const { ears, done, log, result, preference } = after(state, end)
    expect({ ears, done, log, result, preference }).toEqual({
      ears: [],
      done: [],
      log: [],
      result: null,
      preference: 'wasm'
    })
  }
})

test('while another scan is read, and when it fails or is cancelled, all that was shown and corrected stays', () => {
  const shown = after(ready(), { type: 'changed', change: move, at: '1' })
  const opening = after(shown, { type: 'opening', name: 'broken' })
  expect([opening.phase, opening.scanName, opening.opening]).toEqual(['ready', 'scan', 'broken'])
  const reading: Action = { type: 'progress', event: { stage: 'reading the scan', done: 0, total: 1 } }
  const failed = after(opening, reading, { type: 'failed', message: 'broken: is empty' })
  expect(failed).toEqual({ ...shown, error: 'broken: is empty' })
  expect(after(opening, reading, { type: 'cancelled' })).toEqual({ ...shown, notice: 'The analysis was cancelled.' })
})

test('where the workers of what is shown ended, it goes and says why; a scan that is being read goes on', () => {
  const ended: Action = { type: 'lost', message: 'the worker ended' }
  const { preference, look } = initialState
  expect(after(ready(), ended)).toEqual({ ...initialState, preference, look, error: 'the worker ended' })
  const reading = after(ready(), { type: 'opening', name: 'other' })
  const now = after(reading, ended)
  expect([now.phase, now.opening, now.error, now.ears]).toEqual(['working', 'other', 'the worker ended', []])
})

test('what fails beside it, such as a drop without a file, leaves what is shown and the scan that is being read', () => {
  const problem: Action = { type: 'problem', message: 'There was no file.' }
  const working = after(initialState, started('scan'))
  expect(after(working, problem)).toEqual({ ...working, error: 'There was no file.' })
  const opening = after(ready(), { type: 'opening', name: 'other' })
  expect(after(opening, problem)).toEqual({ ...opening, error: 'There was no file.' })
})

test('what fails before anything is shown leaves an empty page and says why', () => {
  const state = after(initialState, { type: 'opening', name: 'x' }, started('x'), { type: 'failed', message: 'no ear' })
  expect(state).toEqual({ ...initialState, error: 'no ear' })
})

test('corrections that a session came with are made again, one after the other, and can be taken back', () => {
  const log: Entry[] = [
    { at: '1', action: 'change', change: move },
    { at: '2', action: 'undo', change: move },
    { at: '3', action: 'redo', change: move }
  ]
  const state = ready(log)
  expect(state.log).toEqual(log)
  expect(state.ears[0]?.landmarks[0]).toEqual(move.to)
  expect(after(state, { type: 'undo', at: '4' }).ears[0]?.landmarks[0]).toEqual(move.from)
})

test('corrections are unsaved until a file has them', () => {
  const state = after(ready(), { type: 'changed', change: move, at: '1' }, { type: 'undo', at: '2' })
  expect(unsavedChanges(state)).toBe(2)
  expect(unsavedChanges(after(state, { type: 'saved', entries: 2 }))).toBe(0)
})

test('the tool that places contacts goes when none is to be placed any more, however that came', () => {
  const ear = { ...found('right'), implant: { searched: null, turns: { duct: knownDuct(), remarks: [] } } }
  const analysis = { result: {}, ears: [ear], log: [] } as unknown as Analysis
  const { array } = knownElectrode()
  const [unnamed] = after(initialState, started('scan'), { type: 'analysed', analysis }).ears
  const change = (unnamed && namingChange(unnamed, array)) ?? expect.unreachable()
  const none = { searched: null, turns: ear.implant.turns }
  const named = after(
    initialState,
    started('scan'),
    { type: 'analysed', analysis },
    { type: 'changed', change, at: '1' },
    {
      type: 'concluded',
      conclusion: { result: {}, implants: [none], surfaces: [], planes: [] } as unknown as Conclusion
    }
  )
  expect(missingContacts(named.ears[0]?.implant ?? expect.unreachable())).toHaveLength(array.contacts)
  const placing = after(named, { type: 'look', look: { tool: 'contact' } })
  expect(placing.look.tool).toBe('contact')
  expect(after(placing, { type: 'undo', at: '2' }).look.tool).toBe('look')
  expect(after(ready(), { type: 'look', look: { tool: 'contact' } }).look.tool).toBe('look')
})

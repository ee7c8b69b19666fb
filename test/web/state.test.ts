import { expect, test } from 'vitest'
import { createGeometry } from '../../src/core/geometry/geometry.ts'
import { identity3 } from '../../src/core/math/vector.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { LandmarkChange } from '../../web/corrections.ts'
import { landmarkAt } from '../../web/ear-state.ts'
import { type Action, initialState, reduce, type State, shownEars } from '../../web/state.ts'
import type { Analysis, FoundEar } from '../../web/worker/analyst.ts'

const grid = createGeometry({ size: [2, 2, 2], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })
const surface = { vertices: new Float64Array(0), triangles: new Uint32Array(0) }

function found(side: FoundEar['side']): FoundEar {
  return {
    side,
    grid,
    image: new Uint8Array(0),
    labels: Uint8Array.of(0, 1, 2, 3, 0, 0, 0, 0),
    landmarks: [
      { id: 'helicotrema', status: 'defined', position: [1, 2, 3], confidence: 0.7 },
      { id: 'oval_window', status: 'undefined', confidence: 0 }
    ],
    surfaces: { cochlea: surface, vestibule: surface, semicircular_canals: surface },
    planes: []
  }
}

/** The state after two ears were found, left first. */
function ready(): State {
  const analysis = { result: {}, runtime: 'wasm', ears: [found('left'), found('right')] } as unknown as Analysis
  return after(initialState, { type: 'started', name: 'scan' }, { type: 'analysed', analysis })
}

function after(state: State, ...actions: readonly Action[]): State {
  return actions.reduce(reduce, state)
}

const move: LandmarkChange = {
  what: 'landmark',
  side: 'left',
  from: { id: 'helicotrema', status: 'defined', position: [1, 2, 3], confidence: 0.7 },
  to: landmarkAt('helicotrema', [4, 5, 6])
}

test('ears are shown as a radiologist sees them, the right one first', () => {
  const state = ready()
  expect(shownEars(state).map(({ side }) => side)).toEqual(['right', 'left'])
  expect(shownEars(after(state, { type: 'look', look: { ear: 'left' } })).map(({ side }) => side)).toEqual(['left'])
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
  const state = after(ready(), { type: 'dragged', side: 'right', landmark: landmarkAt('helicotrema', [9, 9, 9]) })
  expect(state.ears[1]?.landmarks[0]).toMatchObject({ position: [9, 9, 9] })
  expect(state.ears[0]?.landmarks[0]).toMatchObject({ position: [1, 2, 3] })
  expect([state.done, state.log]).toEqual([[], []])
})

test('values that arrive after the conclusion they belong to are let go', () => {
  const [ear] = ready().ears
  if (ear === undefined) throw new Error('there is no ear')
  const late: Action = { type: 'measured', values: [{ cochlea_volume: 1 }] }
  const conclusion = { result: {} as AnalysisResult, surfaces: [ear.surfaces] }
  const changed = after(ready(), { type: 'changed', change: move, at: '1' }, late)
  expect([changed.concluded, changed.quick]).toEqual([false, [{ cochlea_volume: 1 }]])
  const concluded = after(changed, { type: 'concluded', conclusion }, late)
  expect([concluded.concluded, concluded.quick]).toEqual([true, null])
})

test('a new scan, a failure and an end leave nothing of the scan before, but the settings', () => {
  const state = after(ready(), { type: 'prefer', preference: 'wasm' }, { type: 'changed', change: move, at: '1' })
  const ends: Action[] = [{ type: 'started', name: 'other' }, { type: 'failed', message: 'no' }, { type: 'closed' }]
  for (const end of ends) {
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

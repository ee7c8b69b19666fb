import { expect, test } from 'vitest'
import { createGeometry } from '../../../src/core/geometry/geometry.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import { comparedStore } from '../../../web/compare/compared-store.ts'
import type { ComparedEar, Comparison } from '../../../web/compare/comparison.ts'
import { withinScan } from '../../../web/compare/link.ts'
import { createStore, type Store } from '../../../web/store.ts'
import type { Analysis } from '../../../web/worker/analysis-worker.ts'

const grid = createGeometry({ size: [1, 1, 1], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })
const ears = [{ side: 'left', grid, labels: Uint8Array.of(1), landmarks: [] }]

function compared(): { readonly store: Store; readonly comparison: Comparison } {
  const store = createStore()
  store.dispatch({ type: 'analysed', analysis: { result: {}, ears, log: [] } as unknown as Analysis })
  const [ear] = store.state.ears
  if (ear === undefined) throw new Error('there is no ear')
  const other: ComparedEar = {
    ear: { ...ear, labels: Uint8Array.of(2) },
    link: withinScan,
    values: null,
    labels: 'parts',
    flags: []
  }
  const comparison: Comparison = { against: 'labels', name: 'reference', ears: { 'ear-1': other } }
  store.dispatch({ type: 'look', look: { full: undefined, ear: 'both' } })
  store.dispatch({ type: 'compared', comparison, ear: 'ear-1' })
  return { store, comparison }
}

test('the pane of a compared ear shows that ear with the crosshair of the shown one, and moves it there', () => {
  const { store, comparison } = compared()
  const beside = comparedStore(store, comparison)
  const places: unknown[] = []
  beside.listen(({ ears: [ear] }) => places.push(ear?.crosshair))
  beside.dispatch({ type: 'crosshair', ear: 'ear-1', place: [1, 2, 3] })
  expect(store.state.ears[0]?.crosshair).toEqual([1, 2, 3])
  expect(places.at(-1)).toEqual([1, 2, 3])
  expect([store.state.ears[0]?.labels[0], beside.state.ears[0]?.labels[0]]).toEqual([1, 2])
  expect(beside.state.ears[0]).toBe(beside.state.ears[0])
})

test('one ear in one plane is looked at while it is compared, and what was looked at before comes back', () => {
  const { store, comparison } = compared()
  expect(store.state.look).toMatchObject({ ear: 'ear-1', full: 'axial' })
  store.dispatch({ type: 'look', look: { full: 'coronal' } })
  const agreement = { ear: 'ear-1', labels: Uint8Array.of(1), regions: [] } as const
  // Another comparison in place of this one goes back to before the first.
  store.dispatch({ type: 'compared', comparison, ear: 'ear-1' })
  expect(store.state.look.full).toBe('coronal')
  store.dispatch({ type: 'agreed', agreement })
  store.dispatch({ type: 'comparison ended' })
  expect(store.state).toMatchObject({ comparison: null, agreement: null, look: { ear: 'both', full: undefined } })
  store.dispatch({ type: 'agreed', agreement })
  expect(store.state.agreement).toBeNull()
})

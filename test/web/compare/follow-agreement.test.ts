import { expect, test, vi } from 'vitest'
import { createGeometry } from '../../../src/core/geometry/geometry.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import type { ComparedEar } from '../../../web/compare/comparison.ts'
import { followAgreement } from '../../../web/compare/follow-agreement.ts'
import { withinScan } from '../../../web/compare/link.ts'
import type { ScanOnShow } from '../../../web/scan-on-show.ts'
import { createStore, type Store } from '../../../web/store.ts'
import type { Analysis } from '../../../web/worker/analysis-worker.ts'

const grid = createGeometry({ size: [1, 1, 1], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })

/** A scan is opened and compared with labels. */
function compare(store: Store): void {
  const ears = [{ side: 'left', grid, labels: Uint8Array.of(1), landmarks: [] }]
  store.dispatch({ type: 'closed' })
  store.dispatch({ type: 'analysed', analysis: { result: {}, ears, log: [] } as unknown as Analysis })
  const ear = store.state.ears[0] ?? expect.unreachable()
  const other: ComparedEar = { ear, link: withinScan, values: null, labels: 'parts', flags: [] }
  store.dispatch({
    type: 'compared',
    comparison: { against: 'labels', name: 'x', ears: { 'ear-1': other } },
    ear: 'ear-1'
  })
}

test('a scan that was closed while outlines were compared keeps none after it from being compared', async () => {
  const store = createStore()
  const agreement = vi.fn<() => Promise<[]>>().mockReturnValueOnce(new Promise(() => {}))
  followAgreement(store, { session: { analysisWorker: { agreement } } } as unknown as ScanOnShow)
  compare(store)
  agreement.mockResolvedValueOnce([])
  compare(store)
  await vi.waitFor(() => expect(store.state.agreement).toMatchObject({ ear: 'ear-1', regions: [] }))
  expect(store.state.agreement?.labels).toBe(store.state.ears[0]?.labels)
})

test('that outlines could not be compared is said', async () => {
  const store = createStore()
  const agreement = vi.fn<() => Promise<[]>>().mockRejectedValueOnce(new RangeError('Array buffer allocation failed'))
  followAgreement(store, { session: { analysisWorker: { agreement } } } as unknown as ScanOnShow)
  compare(store)
  await vi.waitFor(() => expect(store.state.error).toMatch(/^Memory ran out/))
})

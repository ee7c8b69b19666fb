import { expect, test } from 'vitest'
import type { LandmarkChange } from '../../web/corrections.ts'
import { landmarkAt } from '../../web/ear-state.ts'
import { followCorrections } from '../../web/follow-corrections.ts'
import type { Session } from '../../web/run-analysis.ts'
import { createStore } from '../../web/store.ts'
import type { EarEdit } from '../../web/worker/analysis-worker.ts'
import { openedSession } from './worker/opened-session.ts'

test('what was changed while a worker concluded is concluded, too, before anything is written', async () => {
  const { service, analysis } = await openedSession()
  const store = createStore()
  store.dispatch({ type: 'analysed', analysis })
  const from = analysis.ears[0]?.landmarks[0] ?? expect.unreachable()
  const move: LandmarkChange = { what: 'landmark', ear: 'ear-1', from, to: landmarkAt(from.id, [8.5, 16.5, -28]) }
  const written: unknown[] = []
  const analysisWorker = {
    conclude: async (edits: readonly EarEdit[]) => {
      // A hand is faster than the first conclusion.
      if (written.length === 0) store.dispatch({ type: 'undo', at: '2' })
      written.push(edits[0]?.landmarks[0])
      return service.conclude(edits, store.state.log)
    }
  }
  const session = { analysisWorker, measurementWorker: { measure: async () => [] } } as unknown as Session
  const follower = followCorrections(store, session)
  store.dispatch({ type: 'changed', change: move, at: '1' })
  await follower.settled()
  follower.stop()
  expect(store.state.concluded).toBe(true)
  expect(written).toEqual([move.to, from])
  expect(store.state.result?.ears[0]?.landmarks).toEqual(analysis.result.ears[0]?.landmarks)
})

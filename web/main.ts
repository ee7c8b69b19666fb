import { followCorrections } from './follow-corrections.ts'
import { keepOffline } from './keep-offline.ts'
import { showExport } from './panels/export.ts'
import { showFlags } from './panels/flags.ts'
import { showHistory } from './panels/history.ts'
import { showLandmarks } from './panels/landmarks.ts'
import { showMeasurements } from './panels/measurements.ts'
import { showOblique } from './panels/oblique.ts'
import { showPanes } from './panels/panes.ts'
import { showProgress } from './panels/progress.ts'
import { showStart } from './panels/start.ts'
import { showToolbar } from './panels/toolbar.ts'
import { showTop } from './panels/top.ts'
import { type Run, runAnalysis, type Session } from './run-analysis.ts'
import type { ScanInput } from './scan-files.ts'
import { createStore } from './store.ts'

/** The page: one store; panels that show it and dispatch to it; one worker with the scan. */
const store = createStore()
let run: Run | undefined
let session: Session | undefined
let follower: ReturnType<typeof followCorrections> | undefined

async function open(input: ScanInput): Promise<void> {
  close()
  const started = runAnalysis(store, input, store.state.preference)
  run = started
  const ended = await started.session
  if (run !== started || ended === undefined) return ended?.end()
  session = ended
  store.dispatch({ type: 'analysed', analysis: ended.analysis })
  follower = followCorrections(store, ended)
}

function close(): void {
  run?.cancel()
  follower?.stop()
  session?.end()
  run = undefined
  session = undefined
  follower = undefined
}

const analyst = () => session?.analyst
showTop(store, () => {
  close()
  store.dispatch({ type: 'closed' })
})
showStart(store, (input) => void open(input))
showProgress(
  store,
  () => run?.cancel(),
  (uid) => run?.choose(uid)
)
showToolbar(store)
showPanes(store)
showFlags(store)
showLandmarks(store)
showMeasurements(store)
showOblique(store, analyst)
showHistory(store)
showExport(store, analyst, async () => follower?.settled())
void keepOffline()

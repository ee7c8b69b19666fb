import { comparing } from './compare/compare.ts'
import { followAgreement } from './compare/follow-agreement.ts'
import { keepOffline } from './keep-offline.ts'
import { keepNarrow } from './narrow.ts'
import { showBeforeDialog } from './panels/before-dialog.ts'
import { showCompareDialog } from './panels/compare-dialog.ts'
import { showComparison } from './panels/comparison.ts'
import { showContacts } from './panels/contacts.ts'
import { showEditControls } from './panels/edit-controls.ts'
import { showExport } from './panels/export.ts'
import { showFlags } from './panels/flags.ts'
import { showHelp } from './panels/help.ts'
import { showHistory } from './panels/history.ts'
import { showKept } from './panels/kept.ts'
import { showLandmarks } from './panels/landmarks.ts'
import { askBeforeLoss } from './panels/loss.ts'
import { showMeasurements } from './panels/measurements.ts'
import { showOblique } from './panels/oblique.ts'
import { showOverview } from './panels/overview.ts'
import { showPanes } from './panels/panes.ts'
import { showPlan } from './panels/plan.ts'
import { showProgress } from './panels/progress.ts'
import { showSeries } from './panels/series.ts'
import { showStart } from './panels/start.ts'
import { showToolbar } from './panels/toolbar.ts'
import { showTop } from './panels/top.ts'
import { followPlan } from './plan/follow-plan.ts'
import { saveSession } from './save.ts'
import { scanOnShow } from './scan-on-show.ts'
import { createStore } from './store.ts'
import { takingBefore } from './take-before.ts'

/** The page: one store; panels that show it and dispatch to it; workers with the scan. */
const store = createStore()
const save = (): Promise<void> => saveSession(store, scan)
const mayLose = askBeforeLoss(store, save)
const scan = scanOnShow(store, mayLose)

showTop(store, scan)
showStart(store, (input) => void scan.open(input))
showKept(store, (input) => void scan.open(input))
showProgress(store, scan.cancel)
showSeries(store, scan)
const panes = showPanes(store)
showToolbar(store, () => {
  for (const pane of panes()) pane.reset()
})
showEditControls(store, scan)
showHelp()
keepNarrow(store)
showOverview(store)
showFlags(store, scan)
showLandmarks(store)
const before = takingBefore(store, createStore(), scan, mayLose)
showContacts(store, showBeforeDialog(store, before))
showSeries(before.opening, before)
showPlan(store)
showMeasurements(store)
showOblique(store, () => scan.session?.analysisWorker)
showHistory(store)
const compare = comparing(store, createStore(), scan)
showCompareDialog(store, compare)
showSeries(compare.opening, compare)
showComparison(store, compare)
followAgreement(store, scan)
followPlan(store, scan)
showExport(store, scan, panes, save)
void keepOffline()

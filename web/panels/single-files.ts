import { caseFileNames } from '../../src/cases/case-files.ts'
import type { PlanFileName } from '../../src/report/plan/plan-files.ts'
import { contactsOf } from '../ear-implant.ts'
import { byId, element } from '../element.ts'
import { requestedPlan } from '../plan/requested-plan.ts'
import { printReport } from '../print-report.ts'
import { folderName, saveFile } from '../save.ts'
import type { ScanOnShow } from '../scan-on-show.ts'
import type { Store } from '../store.ts'
import type { SingleFile } from '../worker/analysis-worker.ts'
import type { Pane } from './pane.ts'

const files: Readonly<Record<SingleFile, string>> = {
  [caseFileNames.labels]: 'Label map (NIfTI)',
  [caseFileNames.markups]: 'Landmarks (3D Slicer)',
  'surfaces.zip': 'Surfaces (STL, zip)',
  'labyrinth.glb': 'Surfaces in colour (GLB)',
  'measurements.csv': 'Measurements (CSV)',
  'contacts.csv': 'Contacts (CSV)',
  'result.json': 'Result (JSON)',
  'report.html': 'Report (HTML)'
}

const filesOfPlan: Readonly<Record<PlanFileName, string>> = {
  'plan.json': 'Plan of electrode arrays (JSON)',
  'plan.csv': 'Planned contacts (CSV)',
  'plan.svg': 'Drawing of the plan (SVG)'
}

/** What is done to a file while the dialog shows how it goes. @returns what the dialog says at the end */
type Trying = (work: () => Promise<string>) => void

/** Buttons that save one file each, print the report, or save a picture of a pane. */
export function showSingleFiles(store: Store, scan: ScanOnShow, panes: () => readonly Pane[], trying: Trying): void {
  const name = (ending: string): string => `${folderName(store.state.scanName)}-${ending}`
  const fetched = async (file: SingleFile): Promise<Uint8Array | string | undefined> => {
    await scan.settled()
    return scan.session?.analysisWorker.file(file)
  }
  const save = async (file: SingleFile): Promise<string> => {
    const content = await fetched(file)
    if (content === undefined) return 'The scan was closed.'
    saveFile(typeof content === 'string' ? content : new Uint8Array(content), name(file))
    return `Saved ${name(file)}.`
  }
  const savePlan = async (file: PlanFileName): Promise<string> => {
    await scan.settled()
    const { request } = requestedPlan(store.state)
    const { result } = store.state
    if (result === null || request === null || scan.session === undefined) return 'No array is planned any more.'
    const { files: written } = await scan.session.measurementWorker.plan(result, request)
    saveFile(written[file], name(file))
    return `Saved ${name(file)}.`
  }
  const print = async (): Promise<string> => {
    const html = await fetched('report.html')
    if (typeof html !== 'string') return 'The scan was closed.'
    printReport(html)
    return 'Printed, or saved as PDF, as you chose.'
  }
  const pictures = async (): Promise<string> => {
    const saved: string[] = []
    for (const pane of panes()) {
      const side = store.state.ears.find(({ id }) => id === pane.ear)?.side ?? ''
      const picture = await pane.picture()
      if (picture === undefined) continue
      const file = name(`${side}${pane.isCompared ? '-compared' : ''}.png`)
      saveFile(picture, file)
      saved.push(file)
    }
    return saved.length === 0 ? 'Nothing is drawn that a picture could show.' : `Saved ${saved.join(' and ')}.`
  }
  const button = (text: string, work: () => Promise<string>): HTMLElement =>
    element('button', { type: 'button', click: () => trying(work) }, text)
  const single = (Object.entries(files) as [SingleFile, string][]).map(([file, text]) => ({
    file,
    shown: button(text, () => save(file))
  }))
  const ofPlan = (Object.entries(filesOfPlan) as [PlanFileName, string][]).map(([file, text]) =>
    button(text, () => savePlan(file))
  )
  store.listen((state) => {
    const ofContacts = single.find(({ file }) => file === 'contacts.csv')?.shown
    if (ofContacts) ofContacts.hidden = state.ears.every(({ implant }) => contactsOf(implant).length === 0)
    const isPlanned = requestedPlan(state).request !== null
    for (const shown of ofPlan) shown.hidden = !isPlanned
  })
  byId('export-files').append(
    ...single.map(({ shown }) => shown),
    ...ofPlan,
    button('Print or save as PDF…', print),
    button('Picture of the panes (PNG)', pictures)
  )
}

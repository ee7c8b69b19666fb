import type { Remote } from 'comlink'
import { expect, test } from 'vitest'
import type { DicomOrigin } from '../../../src/io/dicom/origin.ts'
import { encodeNifti } from '../../../src/io/nifti/encode.ts'
import type { Session } from '../../../src/report/session/session.ts'
import type { ComparedEar } from '../../../web/compare/comparison.ts'
import { labelComparison } from '../../../web/compare/of-one-scan.ts'
import { scanComparison } from '../../../web/compare/of-two-scans.ts'
import { initialState, reduce, type State } from '../../../web/state.ts'
import type { AnalysisWorker } from '../../../web/worker/analysis-worker.ts'
import { knownResult, source } from '../../report/known-findings.ts'
import { openedSession } from '../worker/opened-session.ts'

/** A worker and the page's state when a session is open. */
async function opened(other?: Partial<Session>): Promise<{ worker: Remote<AnalysisWorker>; state: State }> {
  const { service, analysis } = await openedSession(other)
  const state = reduce(initialState, { type: 'analysed', analysis })
  return { worker: service as unknown as Remote<AnalysisWorker>, state }
}

function flagTexts(ear: ComparedEar | undefined): string[] {
  return ear?.flags.map(({ text }) => text) ?? []
}

function ofPatient(id: string): { readonly origin: DicomOrigin } {
  return { origin: { seriesUid: '1.2', attributes: { PatientID: id }, planes: [] } }
}

test('what is doubtful of another scan, or of its ear, is said where their numbers are compared', async () => {
  const [{ state }, other] = await Promise.all([
    opened(),
    opened({ source: { ...source, notes: ['values seem offset'] } })
  ])
  const { ears } = await scanComparison('other', state, other.state, other.worker)
  expect(flagTexts(ears['ear-1'])).toEqual(other.state.result?.flags.map(({ text }) => text))
  expect(flagTexts(ears['ear-1'])).toContain('values seem offset')
})

test('scans whose headers name two patients are compared with a warning, those that name one or none without', async () => {
  const warning = /different patients/
  const about = async (shown: Partial<Session>, other: Partial<Session>): Promise<string> => {
    const [here, there] = await Promise.all([opened(shown), opened(other)])
    const { ears } = await scanComparison('other', here.state, there.state, there.worker)
    return flagTexts(ears['ear-1']).join()
  }
  expect(await about(ofPatient('A'), ofPatient('B'))).toMatch(warning)
  expect(await about(ofPatient('A'), ofPatient('A'))).not.toMatch(warning)
  expect(await about(ofPatient('A'), ofPatient(''))).not.toMatch(warning)
  expect(await about(ofPatient('A'), {})).not.toMatch(warning)
})

test('of reference labels it is said how they were read and what they were measured with; of a result, what that doubts', async () => {
  const { worker, state } = await opened()
  const grid = state.overview?.grid ?? expect.unreachable()
  const labels = encodeNifti({
    geometry: grid,
    data: new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2]).fill(1)
  })
  // A qform that says otherwise than the sform.
  const view = new DataView(labels.buffer, labels.byteOffset)
  view.setFloat32(268, view.getFloat32(268, true) + 5, true)
  const file = { path: 'labels.nii', file: new File([Uint8Array.from(labels)], 'labels.nii') }
  const read = await worker.readLabels([file])
  const parts = { ...read, outlined: 'parts' as const }
  const alone = await labelComparison('labels.nii', state, parts, worker)
  expect(flagTexts(alone.ears['ear-1'])).toEqual([
    expect.stringContaining('qform'),
    'Measured on the labels, with the landmarks that were found.'
  ])
  const result = knownResult(['left'])
  const withResult = await labelComparison('result', state, { ...parts, result }, worker)
  expect(flagTexts(withResult.ears['ear-1'])).toEqual([
    expect.stringContaining('qform'),
    ...result.flags.map(({ text }) => text)
  ])
})

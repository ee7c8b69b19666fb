import { transfer } from 'comlink'
import { analyze } from '../../src/analyze/analyze.ts'
import { correctFindings } from '../../src/analyze/correct.ts'
import { earsFound } from '../../src/analyze/detect/limits.ts'
import { closeModel } from '../../src/analyze/open-model.ts'
import { type ScanBefore, takeFromBefore } from '../../src/analyze/register/take-from-before.ts'
import { labelsOfEars } from '../../src/analyze/segment/labels-on-scan.ts'
import type { Affine, Geometry } from '../../src/core/geometry/geometry.ts'
import { add, cross, scale } from '../../src/core/math/vector.ts'
import { scanBefore } from '../../src/measure/scan-before.ts'
import { createResult } from '../../src/report/create-result.ts'
import { sliceFigure } from '../../src/report/html/figure.ts'
import { obliquePlanes } from '../../src/report/picture/oblique-planes.ts'
import type { Session } from '../../src/report/session/session.ts'
import { encodeSession } from '../../src/report/session/session-file.ts'
import { type Agreement, agreementOf } from '../compare/agreement.ts'
import type { Entry } from '../corrections.ts'
import type { ScanFile } from '../scan-files.ts'
import type {
  Analysis,
  AnalysisListener,
  AnalysisRequest,
  AnalysisWorker,
  Conclusion,
  EarEdit,
  ExportOptions,
  PreviewedEar,
  SingleFile
} from './analysis-worker.ts'
import { correctionsOf } from './corrected.ts'
import { correctionNote, correctionRecord } from './correction-record.ts'
import type { EarView } from './ear-view.ts'
import { exportFiles } from './export-files.ts'
import { keepScan } from './kept-sessions.ts'
import type { SentEar } from './measurement-service.ts'
import { type ImageOnGrid, onGrid } from './on-grid.ts'
import { openCase } from './open-case.ts'
import { openPageModel } from './open-model.ts'
import { answerOf, measure, type OpenedCase, withNote } from './opened-case.ts'
import { previewOf } from './preview.ts'
import { previewCorrections } from './preview-corrections.ts'
import { readInput } from './read-input.ts'
import { received } from './received.ts'
import { type ReferenceLabels, readReferenceLabels } from './reference-labels.ts'
import { parseLog } from './session-log.ts'
import { encodeSingleFile } from './single-file.ts'

const obliquePixels = 320

/** What the analysis worker does: reads, analyses, measures and writes, with the code of the command line. */
export class AnalysisService implements AnalysisWorker {
  #case: OpenedCase | undefined
  /** With its labyrinths from a scan before surgery, until `adopt`. */
  #taken: OpenedCase | undefined

  async analyze(request: AnalysisRequest, listener: AnalysisListener): Promise<Analysis> {
    const { progress, read } = listener
    progress({ stage: 'reading the scan', done: 0, total: 1 })
    const input = await readInput(request, listener)
    if ('session' in input) {
      const { session, log, path } = input
      await read(previewOf(session.scan), true)
      const found = { ...session.found, labels: labelsOfEars(session.found.ears, session.scan.geometry) }
      const opened = openCase({ ...session, origin: session.origin, found })
      this.#case = opened.case
      return { ...opened.analysis, log: parseLog(log, opened.case.views, path) }
    }
    const { scan, source, origin } = input
    await read(previewOf(scan), false)
    progress({ stage: 'opening the model', done: 0, total: 1 })
    const model = await openPageModel(request.engine, request.base)
    const analysis = analyze(scan, model, { progress }).finally(() => closeModel(model))
    const found = await earsFound(analysis, source.notes)
    progress({ stage: 'measuring', done: 0, total: 1 })
    const opened = openCase({ scan, source, origin, model, found })
    this.#case = opened.case
    return { ...opened.analysis, log: [] }
  }

  sendEars(port: MessagePort): void {
    const { found, views } = this.#opened()
    const ears = found.ears.map((ear, n): SentEar => ({ ear: { ...ear, repeats: [] }, view: views[n] as EarView }))
    port.postMessage(ears)
  }

  sendBefore(port: MessagePort, name: string, log: readonly Entry[]): void {
    const { scan, source, now } = this.#opened()
    port.postMessage(scanBefore(name, { scan, source: withNote(source, log) }, now))
  }

  async takeBefore(port: MessagePort): Promise<Analysis> {
    const before = await received<ScanBefore>(port)
    const { scan, source, origin, model, found } = this.#opened()
    const taken = takeFromBefore(found, scan, source.path, before)
    const opened = openCase({ scan, source, origin, model, found: taken })
    this.#taken = opened.case
    return { ...opened.analysis, log: [] }
  }

  adopt(): void {
    if (this.#taken === undefined) throw new Error('nothing was taken from a scan before surgery')
    this.#case = this.#taken
    this.#taken = undefined
  }

  async conclude(edits: readonly EarEdit[], log: readonly Entry[]): Promise<Conclusion> {
    const opened = this.#opened()
    const { found, views, source } = opened
    opened.now = await correctFindings(found, correctionsOf(found.ears, edits, views))
    opened.electrodes = edits.map(({ electrode }) => electrode)
    const noted = withNote(source, log)
    const measured = measure(opened, opened.now, noted, opened.electrodes)
    opened.result = createResult(measured, { ...opened, source: noted })
    const { ears } = opened.now
    return {
      result: opened.result,
      surfaces: ears.map(({ surfaces }) => surfaces.parts),
      planes: ears.map(obliquePlanes),
      implants: measured.ears.map(answerOf)
    }
  }

  async oblique(at: number, name: string, shift: number): Promise<string | undefined> {
    const { now, scan } = this.#opened()
    const ear = now.ears[at]
    if (ear === undefined) return undefined
    const plane = obliquePlanes(ear).find((one) => one.name === name)?.plane
    if (plane === undefined) return undefined
    const center = add(plane.center, scale(cross(plane.across, plane.down), shift))
    return sliceFigure(scan, ear, { ...plane, center }, name, obliquePixels)
  }

  async export(options: ExportOptions): Promise<Uint8Array> {
    const { scan, now, result, views, origin } = this.#opened()
    const zip = await exportFiles({ scan, findings: now, result, created: new Date() }, views, options, origin)
    return transfer(zip, [zip.buffer])
  }

  async file(file: SingleFile): Promise<Uint8Array | string> {
    const { scan, now, result } = this.#opened()
    return encodeSingleFile(file, { scan, findings: now, result, created: new Date() })
  }

  async session(name: string, log: readonly Entry[]): Promise<Uint8Array> {
    const file = encodeSession(this.#session(name, log))
    return transfer(file, [file.buffer])
  }

  async keep(id: string, name: string): Promise<void> {
    await keepScan(id, encodeSession(this.#session(name, [])))
  }

  async readLabels(files: readonly ScanFile[]): Promise<ReferenceLabels> {
    const { scan, views } = this.#opened()
    return readReferenceLabels(files, scan.geometry, views)
  }

  async previewCorrections(edits: readonly EarEdit[]): Promise<readonly PreviewedEar[]> {
    return previewCorrections(this.#opened(), edits)
  }

  async agreement(
    shown: Uint8Array,
    other: Uint8Array,
    grid: Geometry,
    by: 'parts' | 'labyrinth'
  ): Promise<Agreement[]> {
    return agreementOf(shown, other, grid, by)
  }

  async onGrid(grid: Geometry, toScan: Affine): Promise<ImageOnGrid> {
    const { scan, now } = this.#opened()
    return onGrid(scan, now.labels, grid, toScan)
  }

  #session(name: string, log: readonly Entry[]): Session {
    const { scan, source, origin, model, found, now, electrodes, views } = this.#opened()
    return {
      name,
      scan,
      source,
      note: correctionNote(log) ?? null,
      ...(origin !== undefined && { origin }),
      model,
      found,
      corrected: now.ears.map(({ landmarks, labels, isPainted }, n) => {
        const electrode = electrodes[n]
        return { landmarks, labels: isPainted ? labels : null, ...(electrode && { electrode }) }
      }),
      log,
      record: log.length === 0 ? null : correctionRecord(log, found.ears, views, scan)
    }
  }

  #opened(): OpenedCase {
    if (this.#case === undefined) throw new Error('no scan was analysed')
    return this.#case
  }
}

import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { analyze } from '../../../src/analyze/analyze.ts'
import type { EarFinding } from '../../../src/analyze/findings.ts'
import { closeModel, openModel } from '../../../src/analyze/open-model.ts'
import type { Scan } from '../../../src/core/volume.ts'
import type { DicomOrigin } from '../../../src/io/dicom/origin.ts'
import { readModelFolder } from '../../../src/node/model-folder.ts'
import { readScan } from '../../../src/node/read-scan.ts'
import { encodeSession } from '../../../src/report/session/session-file.ts'
import { nodeRuntime } from '../../../src/runtime/node.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'
import { writeDicomSeries } from '../../support/write-dicom-series.ts'
import { drop, openStage, type PageUnderTest, patience, type Stage, smallModel, untilReady } from './page-under-test.ts'
import { knownEar } from './scans.ts'

/** A scan to open as a session. */
export interface KnownScan {
  readonly name: string
  readonly scan: Scan
  /** What the scan is like when the page opens it, such as after surgery; the ears are those found before. */
  readonly later?: (scan: Scan, ears: readonly EarFinding[]) => Scan
  /** What was noted when it was read. */
  readonly notes?: readonly string[]
  /** Whether it comes from DICOM, so that results refer to that. */
  readonly isDicom?: boolean
}

/**
 * The known left ear, or another scan of it, analysed here and seen once, as a session that a page opens without analysing
 * anything; for tests of what follows an analysis.
 */
export async function writeKnownSession(folder: string, known?: KnownScan) {
  const { name, scan, later, notes = [], isDicom = false } = known ?? { name: 'left', scan: await knownEar() }
  const { model, ears, timings } = await analysed(scan)
  const path = join(folder, `${name}.otomark`)
  const origin = isDicom ? await originOf(scan, join(folder, `${name}-series`)) : undefined
  const file = encodeSession({
    name: `${name}.nii.gz`,
    scan: later?.(scan, ears) ?? scan,
    source: { path: `${name}.nii.gz`, format: 'nifti', notes },
    ...(origin && { origin }),
    model,
    found: { ears: ears.map((ear) => ({ ...ear, repeats: [] })), timings },
    corrected: ears.map(({ landmarks }) => ({ landmarks, labels: null })),
    note: null,
    log: [],
    record: null
  })
  await writeFile(path, file)
  return path
}

/** What was found in the scans of all tests, by geometry and voxels: each is analysed once. */
const found = new Map<string, ReturnType<typeof analyseOnce>>()

function analysed(scan: Scan): ReturnType<typeof analyseOnce> {
  const key = createHash('sha256').update(JSON.stringify(scan.geometry)).update(scan.data).digest('hex')
  const known = found.get(key) ?? analyseOnce(scan)
  found.set(key, known)
  return known
}

async function analyseOnce(scan: Scan) {
  const model = await openModel(await readModelFolder(smallModel), nodeRuntime)
  const { ears, timings } = await analyze(scan, model).finally(() => closeModel(model))
  return { model, ears, timings }
}

/** What results of a scan refer to that is written as a DICOM series. */
async function originOf(scan: Scan, series: string): Promise<DicomOrigin | undefined> {
  await writeDicomSeries(scan, series)
  return (await readScan(series)).origin
}

/**
 * Opens a known session once for all tests of a file, on the page with small networks.
 * @param prepare what a file's tests begin from
 * @param known another scan than that of the left ear
 * @returns the folder that the session lies in, which goes with the last test
 */
export function useKnownSession(
  prepare: (opened: PageUnderTest) => Promise<void> | void,
  known?: () => Promise<KnownScan>
): string {
  let stage: Stage
  const folder = scratchFolder()
  beforeAll(async () => {
    stage = await openStage(smallModel)
    const opened = await stage.open()
    await drop(opened.page, await writeKnownSession(folder, await known?.()))
    await untilReady(opened.page)
    await prepare(opened)
  }, 2 * patience)
  afterAll(() => stage?.close())
  return folder
}

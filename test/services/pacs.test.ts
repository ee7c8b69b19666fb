import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchSeries, seriesOf } from '../../src/cli/pacs/fetch-series.ts'
import { watchServer } from '../../src/cli/pacs/watch-server.ts'
import { randomUid } from '../../src/clinic/dicom/uid.ts'
import { findInstances, findSeries } from '../../src/clinic/dicomweb/search.ts'
import { retrieveInstance, storeInstance } from '../../src/clinic/dicomweb/transfer.ts'
import { InputError, ResourceError } from '../../src/core/errors.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { smallFiles } from '../clinic/small-result.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallScan } from '../support/small-scan.ts'
import { encodeDicom, type SliceAttributes, sliceAttributes } from '../support/write-dicom-series.ts'
import { type Orthanc, startOrthanc } from './orthanc.ts'
import { tools } from './tools.ts'

const folder = scratchFolder()
const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')

/** The files of a small series; `edit` changes a slice or leaves it out. */
function seriesFiles(
  n: number,
  edit: (attributes: SliceAttributes, k: number) => SliceAttributes | undefined = (attributes) => attributes
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  for (let k = 0; k < 19; k++) {
    const attributes = edit(
      {
        ...sliceAttributes(smallScan(), k, { seriesNumber: n }),
        StudyInstanceUID: `2.25.2000.${n}`,
        StudyDate: today,
        PatientID: `P${n}`
      },
      k
    )
    if (attributes !== undefined) files.set(String(attributes.SOPInstanceUID), encodeDicom(attributes))
  }
  return files
}

describe.runIf(tools.orthanc.found && tools.namespace.found)('an Orthanc with DICOMweb', () => {
  let orthanc: Orthanc
  beforeAll(async () => {
    const place = join(folder, 'orthanc')
    await mkdir(place)
    orthanc = await startOrthanc(place)
  })
  afterAll(() => orthanc.kill())

  test('gives back the bytes that were stored, and stores nothing twice', async () => {
    const files = seriesFiles(1)
    for (const bytes of files.values()) await storeInstance(orthanc.server, bytes)
    const [first] = files.values()
    await storeInstance(orthanc.server, first as Uint8Array)
    const target = join(folder, 'fetched')
    const series = await seriesOf(orthanc.server, '2.25.1000.1')
    await fetchSeries(orthanc.server, series, target)
    expect((await readdir(target)).sort()).toEqual([...files.keys()].map((uid) => `${uid}.dcm`).sort())
    for (const [uid, bytes] of files) expect(new Uint8Array(await readFile(join(target, `${uid}.dcm`)))).toEqual(bytes)
    expect(series.instances).toBe(19)
  })

  test('reports that another object is kept under the UID of one that is sent', async () => {
    const [k] = [3]
    const [changed] = [
      ...seriesFiles(1, (a, at) => (at === k ? { ...a, SeriesInstanceUID: '2.25.3000' } : undefined)).values()
    ]
    await expect(storeInstance(orthanc.server, changed as Uint8Array)).rejects.toThrow(InputError)
  })

  test('needs the right password, and no message names the server or the key', async () => {
    const authorization = `Basic ${Buffer.from('otomark:wrong-key').toString('base64')}`
    const refused = findSeries({ ...orthanc.server, authorization }, {})
    await expect(refused).rejects.toThrow(/the DICOMweb server: wants other credentials \(401\)/)
    const error = await refused.catch((thrown: Error) => thrown)
    expect(`${error} ${JSON.stringify(error)}`).not.toMatch(/127\.0\.0\.1|wrong-key|b3RvbWFyaz/)
  })

  test('is searched page after page', async () => {
    const place = { studyUid: '2.25.4000', seriesUid: '2.25.4000.1' }
    for (let n = 0; n < 205; n++) {
      const attributes = sliceAttributes(smallScan(), n % 19, {})
      const uids = {
        StudyInstanceUID: place.studyUid,
        SeriesInstanceUID: place.seriesUid,
        SOPInstanceUID: `2.25.4000.1.${n}`
      }
      await orthanc.upload(encodeDicom({ ...attributes, ...uids, Modality: 'CT', StudyDate: '20000101' }))
    }
    expect(new Set(await findInstances(orthanc.server, place)).size).toBe(205)
  })

  test('may be killed while objects are stored: all of them are there in the end', async () => {
    const files = [...seriesFiles(2).values()]
    for (const [n, bytes] of files.entries()) {
      const stored = storeInstance(orthanc.server, bytes)
      if (n === 5 || n === 12) {
        await orthanc.kill()
        await orthanc.start()
      }
      await stored
    }
    const series = await seriesOf(orthanc.server, '2.25.1000.2')
    const uids = await findInstances(orthanc.server, series)
    expect(uids.length).toBe(19)
    for (const [n, bytes] of files.entries()) {
      expect(await retrieveInstance(orthanc.server, series, `2.25.1000.2.${n + 1}`)).toEqual(bytes)
    }
  })

  test('that is gone is reported in one line', async () => {
    const away = { url: 'http://127.0.0.1:9/dicom-web', retries: 1, firstDelay: 1 }
    await expect(findSeries(away, {})).rejects.toThrow(ResourceError)
    await expect(findSeries(away, {})).rejects.toThrow(/^the DICOMweb server cannot be reached$/)
  })

  test('is watched: 50 series are analysed once each, three of them broken, though the watch is stopped and started', async () => {
    const broken: Record<number, (attributes: SliceAttributes, k: number) => SliceAttributes | undefined> = {
      110: (attributes, k) => (k === 9 ? undefined : attributes),
      120: (attributes, k) => (k < 10 ? attributes : undefined),
      130: (attributes) => ({ ...attributes, ImagePositionPatient: ['0', '0', '0'] })
    }
    // What the tests above stored is no matter of the watch's.
    const before = new Set((await findSeries(orthanc.server, { Modality: 'CT' })).map(({ seriesUid }) => seriesUid))
    for (let n = 101; n <= 150; n++) {
      for (const bytes of seriesFiles(n, broken[n]).values()) await orthanc.upload(bytes)
    }
    const state = join(folder, 'watch')
    const analysed: string[] = []
    let killed = false
    const lines = async () => (await readFile(join(state, 'audit.jsonl'), 'utf8').catch(() => '')).trim().split('\n')
    const run = async (stopAfter: number) => {
      const stop = new AbortController()
      await watchServer(orthanc.server, {
        state,
        interval: 50,
        days: 2,
        once: true,
        signal: stop.signal,
        say: () => {},
        async analyze(source) {
          if (analysed.length >= stopAfter) stop.abort(new Error('stopped'))
          const { origin } = await readScan(source, { asStored: true })
          if (origin === undefined) throw new Error('no origin')
          analysed.push(origin.seriesUid)
          if (analysed.length === 30 && !killed) {
            killed = true
            await orthanc.kill()
            await orthanc.start()
          }
          return smallFiles(origin, randomUid)
        }
      })
    }
    await run(20)
    await run(1000)
    await run(1000)
    const audit = (await lines()).map((line) => JSON.parse(line)).filter(({ series }) => !before.has(series))
    expect(audit.length).toBe(50)
    expect(new Set(audit.map(({ series }) => series)).size).toBe(50)
    expect(
      audit
        .filter(({ outcome }) => outcome === 'failed')
        .map(({ series }) => series)
        .sort()
    ).toEqual([110, 120, 130].map((n) => `2.25.1000.${n}`))
    const mine = analysed.filter((uid) => !before.has(uid))
    expect(mine.length).toBe(47)
    expect(new Set(mine).size).toBe(47)
    const stored = await findSeries(orthanc.server, { Modality: 'SEG' })
    expect(stored.filter(({ studyUid }) => /^2\.25\.2000\.1[0-5]\d$/.test(studyUid)).length).toBe(47)
    expect(await lines().then((all) => all.join())).not.toMatch(/127\.0\.0\.1|of-a-test|P1\d\d/)
  })
})

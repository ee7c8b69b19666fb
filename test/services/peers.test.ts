import { spawnSync } from 'node:child_process'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { closeModel, openModel } from '../../src/analyze/open-model.ts'
import { analyzeScan } from '../../src/cli/analyze-scan.ts'
import { reopenSession } from '../../src/cli/reopen-session.ts'
import type { Files } from '../../src/io/files.ts'
import { defaultModelFolder, readModelFolder } from '../../src/node/model-folder.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { encodeSession } from '../../src/report/session/session-file.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import { correctedSession } from '../support/corrected-session.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { writeDicomSeries } from '../support/write-dicom-series.ts'
import { cornerstoneFolder, peerPython, tools } from './tools.ts'

const folder = scratchFolder()
const [series, result] = [join(folder, 'series'), join(folder, 'result')]
/** Of a session with an electrode array that a person corrected. */
const [after, corrected] = [join(folder, 'after'), join(folder, 'corrected')]

async function keep(place: string, files: Files): Promise<void> {
  await mkdir(place)
  for (const [name, content] of Object.entries(files)) await writeFile(join(place, name), content)
}

describe.runIf(tools.dciodvfy.found || tools.peers.found)('the result of the example, as DICOM', () => {
  beforeAll(async () => {
    const { scan } = await readScan(fileURLToPath(new URL('../../examples/generated-ear.nii.gz', import.meta.url)))
    await writeDicomSeries(scan, series, {
      edit: (attributes) => ({
        ...attributes,
        SpecificCharacterSet: 'ISO_IR 192',
        PatientName: 'Müller^山田',
        StudyID: '1',
        StudyDate: '20260102',
        StudyTime: '120000'
      })
    })
    const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime)
    const { files } = await analyzeScan(series, model, { dicom: true, surfaces: [] }).finally(() => closeModel(model))
    await keep(result, files)
    const session = join(folder, 'after.otomark')
    await writeFile(session, encodeSession(await correctedSession(after)))
    await keep(corrected, (await reopenSession(session, { dicom: true, surfaces: [] })).files)
  })

  test.runIf(tools.dciodvfy.found).each([
    ['as it was found', result],
    ['as a person corrected it, with contacts of an array', corrected]
  ])('dciodvfy is silent but for codes of our own scheme in the report: %s', (_, place) => {
    for (const [name, kind] of Object.entries({
      'segmentation.dcm': 'Segmentation',
      'report.dcm': 'Comprehensive3DSR'
    })) {
      const { stderr, stdout } = spawnSync('dciodvfy', [join(place, name)], { encoding: 'utf8' })
      const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '')
      const isOurs = (line: string) => kind !== 'Segmentation' && line.includes('<99OTOMARK>')
      expect(lines.filter((line) => !isOurs(line))).toEqual([kind])
    }
  })

  test.runIf(tools.peers.found).each([
    ['as they were found', series, result],
    ['as a person corrected them, with contacts of an array', after, corrected]
  ])('highdicom and dcmqi read the label map, the numbers and the points that we wrote: %s', (_, scan, place) => {
    const script = fileURLToPath(new URL('../../bench/peers/dicom_results.py', import.meta.url))
    const { stdout, stderr, status } = spawnSync(peerPython(), [script, scan, place], { encoding: 'utf8' })
    expect(status, `${stdout}${stderr}`).toBe(0)
    expect(stdout).toContain('0 failed')
  })

  test.runIf(tools.cornerstone.found)('the code that OHIF decodes with finds every voxel in Chromium', async () => {
    const place = cornerstoneFolder() ?? ''
    await copyFile(fileURLToPath(new URL('../../bench/peers/cornerstone.mjs', import.meta.url)), join(place, 'run.mjs'))
    const { stdout, stderr, status } = spawnSync('node', ['run.mjs', series, result], { cwd: place, encoding: 'utf8' })
    expect(status, `${stdout}${stderr}`).toBe(0)
    expect(stdout).toMatch(/^[1-9]\d* labelled voxels, 0 of all differ\n$/)
  })
})

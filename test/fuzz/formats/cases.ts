import { join } from 'node:path'
import { readCaseRecord } from '../../../src/cases/case-record.ts'
import { encodeCase } from '../../../src/cases/encode-case.ts'
import { findCases } from '../../../src/cases/find-cases.ts'
import { readMarkups } from '../../../src/cases/marked-ears.ts'
import { openPredictions, readPrediction } from '../../../src/cases/predictions.ts'
import { readTruth } from '../../../src/cases/read-truth.ts'
import { readCase } from '../../../src/cli/cohort/cohort-folder.ts'
import { findScans } from '../../../src/cli/cohort/scan-folder.ts'
import { readScanList } from '../../../src/cli/cohort/scan-list.ts'
import { createVolume } from '../../../src/core/volume.ts'
import { diskFiles } from '../../../src/node/file-access.ts'
import { knownResult } from '../../report/known-findings.ts'
import { niftiBytes } from '../../support/image-bytes.ts'
import { type FileSet, jsonFile, textFile } from '../file-set.ts'
import type { Format } from '../format.ts'
import { fuzzScan } from './scan.ts'

const labels = createVolume(
  fuzzScan.geometry,
  Uint8Array.from(fuzzScan.data, (value) => (value > 1000 ? 1 : value > 0 ? 2 : 0))
)
const place = [-57, 23, -497] as const

const caseFiles: FileSet = Object.fromEntries(
  Object.entries(
    encodeCase({
      scan: fuzzScan,
      labels,
      ears: [
        {
          side: 'left',
          landmarks: [{ id: 'helicotrema', status: 'defined', position: place, confidence: 1 }],
          more: {}
        }
      ],
      description: 'fuzz',
      more: {}
    })
  ).map(([name, content]) => [name, typeof content === 'string' ? textFile(content) : content])
)

const below = (folder: string, files: FileSet): FileSet =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${folder}/${name}`, bytes]))

const image = niftiBytes(fuzzScan)
const labelFile = niftiBytes(labels)

/** A set of cases in each layout that is read, as `evaluate` and `train` read their truth. */
export const caseFormat: Format = {
  async seeds() {
    const dataset = {
      channel_names: { 0: 'CT' },
      labels: { background: 0, cochlea: 1, vestibule: 2, semicircular_canals: 3 },
      numTraining: 1,
      file_ending: '.nii'
    }
    const list = { training: [{ image: 'a.nii', label: 'b.nii' }], labels: dataset.labels }
    return [
      { files: { ...below('one', caseFiles), ...below('two', caseFiles) }, main: '' },
      {
        files: {
          'dataset.json': jsonFile(dataset),
          'imagesTr/a_0000.nii': image,
          'labelsTr/a.nii': labelFile
        },
        main: ''
      },
      { files: { 'list.json': jsonFile(list), 'a.nii': image, 'b.nii': labelFile }, main: 'list.json' }
    ]
  },
  async read(path) {
    const { cases } = await findCases(diskFiles, path)
    for (const one of cases) await readTruth(diskFiles, one)
  }
}

const marked = Object.entries(caseFiles).filter(([name]) => name.endsWith('.mrk.json'))

export const markupsFormat: Format = {
  seeds: async () => marked.map(([name, bytes]) => ({ files: { [name]: bytes }, main: name })),
  read: (path) => readMarkups(diskFiles, path)
}

/** Lists of scans, and a folder of them. */
export const listFormat: Format = {
  async seeds() {
    const text = '# scans\na.nii\nsub/b.nii.gz\n"c d.nrrd"\n'
    const table = 'id,path,series\none,a.nii,\n"two, ""2""",sub/b,3\r\nthree,"c\nd.nii",1.2.3\n'
    return [
      { files: { 'list.txt': textFile(text) }, main: 'list.txt' },
      { files: { 'list.csv': textFile(table) }, main: 'list.csv' },
      { files: { 'a.nii': image, 'b/ct.nii': image, 'b/labels.nii': labelFile }, main: '' }
    ]
  },
  read: (path) => (/\.(txt|csv)$/.test(path) ? readScanList(path) : findScans(path, join(path, 'none')))
}

const record = {
  format: 'otomark-case',
  version: 1,
  id: 'one',
  path: 'one.nii',
  outcome: {
    status: 'done',
    provenance: {
      software: '0.1.0',
      model: { detector: 'a', segmenter: 'b' },
      options: { surfaces: 'stl', pdf: 'false' },
      input: { files: 1, bytes: 100, modified: 1 }
    }
  }
}

/** What a cohort left: a record and results, taken up by the next run, and evaluated as predictions. */
export const resultFormat: Format = {
  async seeds() {
    const results = { 'result.json': jsonFile(knownResult(['left', 'right'])), 'labels.nii': labelFile }
    const failed = { ...record, outcome: { status: 'failed', exitCode: 4, message: 'no ear' } }
    return [
      {
        files: below('cases/one', {
          ...results,
          'case.json': jsonFile(record),
          'landmarks.mrk.json': marked[0]?.[1] as Uint8Array
        }),
        main: ''
      },
      { files: below('cases/one', { 'case.json': jsonFile(failed) }), main: '' }
    ]
  },
  async read(path) {
    const scan = { id: 'one', path: 'one.nii', given: 'one.nii', folder: 'one' }
    await readCaseRecord(diskFiles, join(path, 'cases', 'one'))
    await readCase(path, scan)
    const predictions = await openPredictions(diskFiles, path)
    await readPrediction(diskFiles, await predictions.find({ id: 'one', scan: 'one.nii' }))
  }
}

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { analyze } from '../../src/analyze/analyze.ts'
import type { Model } from '../../src/analyze/model.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { measureFindings } from '../../src/measure/measure-findings.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { createResult } from '../../src/report/create-result.ts'
import { analysisResult } from '../../src/report/result.ts'
import { exportFiles } from '../../web/worker/export-files.ts'
import { boneScan, groundTruthModel, type KnownEar, meanShape, uprightFrame } from '../analyze/analytic-network.ts'
import { writeModelFolder } from '../support/empty-model.ts'
import { metaImageBytes, nrrdBytes } from '../support/image-bytes.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { type SliceAttributes, writeDicomSeries } from '../support/write-dicom-series.ts'

const opened = vi.hoisted(() => ({ model: undefined as Model | undefined }))

// The networks in the model folder are empty; what is opened in their place predicts the known ear.
vi.mock('../../src/analyze/open-model.ts', async (original) => ({
  ...(await original<typeof import('../../src/analyze/open-model.ts')>()),
  openModel: async () => opened.model
}))
vi.mock('../../src/analyze/segment/test-time-augmentation.ts', async (original) =>
  (await import('../support/analysed-once.ts')).oneView(original)
)
vi.mock('../../src/analyze/analyze.ts', async (original) =>
  (await import('../support/analysed-once.ts')).analysedOnce(original)
)
vi.mock('../../src/measure/uncertainty.ts', async (original) =>
  (await import('../support/analysed-once.ts')).measuredOnce(original)
)
// Surfaces seen from the sides take most of the time that a report takes.
vi.mock('../../src/report/picture/render.ts', () => ({
  renderMeshes: (_meshes: unknown, _plane: unknown, pixels: number) => new Uint8Array(4 * pixels ** 2)
}))

/** Stands in every text of every header; the folder's name is somebody's too. */
const secret = 'DOE^JANE'
const secretUid = '2.25.424242424242'
const scratch = scratchFolder()
const place = join(scratch, 'user-of-this-machine')
const ear: KnownEar = { frame: uprightFrame('right', [1, 1, 2]), shape: meanShape }
const earModel = groundTruthModel([ear])
const bone = boneScan([0.1, 0.2, 0.3], [48, 48, 48], [0.7, 0.7, 0.7], [1, 0, 0, 0, 1, 0, 0, 0, 1])
const scan = { ...bone, data: bone.data.map((value, at) => (at % 50 === 7 ? -1000 + (at % 11) : value)) }

/** Text attributes of patient, study, series, equipment and image. */
const textAttributes = [
  ...['PatientName', 'PatientID', 'OtherPatientIDs', 'OtherPatientNames', 'PatientComments', 'PatientAddress'],
  ...['PatientMotherBirthName', 'PatientTelephoneNumbers', 'MedicalRecordLocator', 'EthnicGroup', 'Occupation'],
  ...[
    'IssuerOfPatientID',
    'PatientBirthName',
    'AdditionalPatientHistory',
    'ResponsiblePerson',
    'CurrentPatientLocation'
  ],
  ...['StudyID', 'StudyDescription', 'AccessionNumber', 'ReferringPhysicianName', 'NameOfPhysiciansReadingStudy'],
  ...['SeriesDescription', 'ProtocolName', 'PerformingPhysicianName', 'OperatorsName', 'RequestedProcedureDescription'],
  ...['PerformedProcedureStepDescription', 'RequestingPhysician', 'InstitutionName', 'InstitutionAddress'],
  ...['InstitutionalDepartmentName', 'StationName', 'DeviceSerialNumber', 'ManufacturerModelName', 'Manufacturer'],
  ...['ConvolutionKernel', 'ImageComments', 'DerivationDescription', 'ContrastBolusAgent', 'RouteOfAdmissions'],
  ...['ClinicalTrialSubjectID', 'ClinicalTrialSponsorName', 'ClinicalTrialProtocolName', 'ClinicalTrialSiteName']
]

function identified(attributes: SliceAttributes): SliceAttributes {
  return {
    ...attributes,
    ...Object.fromEntries(textAttributes.map((keyword) => [keyword, secret])),
    PatientBirthDate: '19390423',
    StudyInstanceUID: `${secretUid}.1`,
    SeriesInstanceUID: `${secretUid}.2.${attributes.SeriesNumber}`,
    SOPInstanceUID: `${secretUid}.${String(attributes.SOPInstanceUID).slice(5)}`
  }
}

const telltale = /DOE\^JANE|19390423|2\.25\.4242|user-of-this-machine/

/** Files in a folder, unpacked, that hold something of a patient or of the machine; DICOM objects but where asked for. */
function telling(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(3)
  return files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => {
      const bytes = readFileSync(path)
      return telltale.test((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1'))
    })
    .map((path) => path.slice(folder.length + 1))
    .sort()
}

let model = ''
async function analyzed(name: string, ...words: readonly string[]): Promise<string> {
  const output = join(scratch, `out-${name}-${words.join('')}`)
  const { code, err } = await runCli('analyze', join(place, name), '--output', output, '--model', model, ...words)
  expect(code, err).toBe(0)
  return output
}

beforeAll(async () => {
  opened.model = earModel
  model = await writeModelFolder(join(place, 'model'))
  await writeDicomSeries(scan, join(place, 'series'), { edit: identified })
  // Beside it what is left out with a note: a series of one slice and one of another plane.
  const other = {
    seriesNumber: 7,
    prefix: 'other',
    edit: (a: SliceAttributes, k: number) => (k > 2 ? undefined : identified(a))
  }
  await writeDicomSeries(scan, join(place, 'series'), other)
  const nifti = encodeNifti(scan)
  // db_name, descrip, aux_file and intent_name (nifti1.h).
  for (const at of [14, 148, 228, 328]) Buffer.from(nifti.buffer).write(secret, at, 'latin1')
  writeFileSync(join(place, 'head.nii'), nifti)
  const texts = { content: secret, 'DOE^JANE': undefined, [`${secret}:=`]: secret, '# name': secret }
  writeFileSync(join(place, 'head.nrrd'), nrrdBytes(scan, { fields: texts }))
  writeFileSync(
    join(place, 'head.mha'),
    metaImageBytes(scan, { fields: { Comment: secret, Name: secret, ID: secret } })
  )
})

describe('what a result holds of the patient and of the machine', () => {
  test('nothing, where it is not asked for, but in DICOM objects, which name the patient as all of a study do', async () => {
    const output = await analyzed('series', '--dicom', '--surfaces', 'stl,obj,ply,glb')
    expect(telling(output)).toEqual(['report.dcm', 'segmentation.dcm'])
    const { input, flags } = analysisResult.parse(JSON.parse(readFileSync(join(output, 'result.json'), 'utf8')))
    expect(input.series).toEqual({ number: '1' })
    expect(flags.map(({ text }) => text)).toContain(
      'left out: the series 7 (3 slices of 0.7 mm), which cannot show an ear'
    )
  })

  test.each(['head.nii', 'head.nrrd', 'head.mha'])('nothing out of the texts of %s', async (name) => {
    const { source } = await readScan(join(place, name))
    expect(JSON.stringify({ ...source, path: name })).not.toMatch(telltale)
  })

  test('with --keep-identifiers, patient, study, series and the whole path', async () => {
    const output = await analyzed('series', '--keep-identifiers')
    expect(telling(output)).toEqual(['report.html', 'result.json'])
    const { input } = analysisResult.parse(JSON.parse(readFileSync(join(output, 'result.json'), 'utf8')))
    expect(input).toMatchObject({
      source: join(place, 'series'),
      series: { number: '1', uid: `${secretUid}.2.1`, description: secret },
      identifiers: { PatientName: secret, PatientID: secret, PatientBirthDate: '19390423' }
    })
    expect(readFileSync(join(output, 'report.html'), 'utf8')).toContain('<dt>Patient Name</dt><dd>DOE^JANE</dd>')
  })

  test('nothing in the tables, pages and records of a cohort, whether a scan was analysed or refused', async () => {
    const scans = join(place, 'cohort')
    mkdirSync(scans)
    await writeDicomSeries(scan, join(scans, 'good'), { edit: identified })
    // A choice of two, which a person is shown with their descriptions.
    await writeDicomSeries(scan, join(scans, 'two'), { edit: identified })
    await writeDicomSeries(scan, join(scans, 'two'), { edit: identified, seriesNumber: 2, prefix: 'second' })
    // Too few slices, and one that is missing.
    const few = (a: SliceAttributes, k: number) => (k > 8 ? undefined : identified(a))
    await writeDicomSeries(scan, join(scans, 'few'), { edit: few })
    await writeDicomSeries(scan, join(scans, 'few'), { edit: few, seriesNumber: 2, prefix: 'second' })
    await writeDicomSeries(scan, join(scans, 'gap'), { edit: (a, k) => (k === 20 ? undefined : identified(a)) })
    const cohort = join(scratch, 'of-cohort')
    const { code, err } = await runCli('analyze', scans, '--cohort', cohort, '--model', model, '--threads', '1')
    expect(code).toBe(3)
    expect(readFileSync(join(cohort, 'errors.csv'), 'utf8')).toMatch(
      /two: holds 2 CT series.*1 \(48 slices of 0\.7 mm\)/
    )
    expect(telling(cohort)).toEqual([])
    expect(err).not.toMatch(telltale)
  })

  test('nothing in what the page exports but in its DICOM objects', async () => {
    const { scan: read, source, origin } = await readScan(join(place, 'series'), { series: '1' })
    const findings = await analyze(read, earModel)
    const result = createResult(measureFindings(findings, { scan: read, source: { ...source, path: 'series' } }), {
      source: { ...source, path: 'series' },
      model: earModel
    })
    const options = { name: 'case', log: [], trainingCase: true }
    const archive = await exportFiles({ scan: read, findings, result, created: new Date(0) }, [], options, origin)
    const files = Object.entries(unzipSync(archive)).filter(([, bytes]) => {
      const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
      return telltale.test(Buffer.from(isGzip ? gunzipSync(bytes) : bytes).toString('latin1'))
    })
    expect(files.map(([name]) => name).sort()).toEqual(['result/report.dcm', 'result/segmentation.dcm'])
  })
})

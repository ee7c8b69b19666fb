import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { type CaseFiles, scanOf } from '../../src/cases/case-files.ts'
import { findCases } from '../../src/cases/find-cases.ts'
import { openPredictions, readPrediction } from '../../src/cases/predictions.ts'
import { readTruth } from '../../src/cases/read-truth.ts'
import { InputError } from '../../src/core/errors.ts'
import { encodeLabelNrrd } from '../../src/io/encode-nrrd.ts'
import { encodeMarkups } from '../../src/io/markups.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { diskFiles } from '../../src/node/file-access.ts'
import { blocks, mark, markedEar } from '../evaluate/known-ears.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const labels = blocks([{ label: 3, start: [4, 4, 3], edge: [4, 4, 4] }])
const right = markedEar('right', [15, -14, 39])

function write(name: string, content: Uint8Array | string): string {
  const path = join(scratch, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

const noScan = { scan: null, scanPlace: 'case/ct.nii.gz' }
const noFiles: CaseFiles = { id: 'case', ...noScan, labels: null, labelNumbers: null, markups: null, truth: null }
const truthOf = (files: Partial<CaseFiles>) => readTruth(diskFiles, { ...noFiles, ...files })

test('cases are folders and files side by side, in the order of their names; other folders are left out', async () => {
  write('cases/b/ct.nii.gz', 'scan')
  write('cases/b/labels.nii.gz', 'labels')
  write('cases/b/truth.json', '{}')
  write('cases/a_2.nii.gz', 'scan')
  write('cases/a_2_truth.nii.gz', 'labels')
  write('cases/a_2_truth.json', '{}')
  write('cases/c/ct/1.dcm', 'slice')
  write('cases/c/landmarks.mrk.json', '{}')
  write('cases/notes/readme.txt', 'no case')
  const folder = join(scratch, 'cases')
  expect((await findCases(diskFiles, folder)).cases).toEqual([
    {
      id: 'a_2',
      scan: join(folder, 'a_2.nii.gz'),
      scanPlace: join(folder, 'a_2.nii.gz'),
      labels: join(folder, 'a_2_truth.nii.gz'),
      labelNumbers: null,
      markups: null,
      truth: join(folder, 'a_2_truth.json')
    },
    {
      id: 'b',
      scan: join(folder, 'b/ct.nii.gz'),
      scanPlace: join(folder, 'b/ct.nii.gz'),
      labels: join(folder, 'b/labels.nii.gz'),
      labelNumbers: null,
      markups: null,
      truth: join(folder, 'b/truth.json')
    },
    {
      id: 'c',
      scan: join(folder, 'c/ct'),
      scanPlace: join(folder, 'c/ct.nii.gz'),
      labels: null,
      labelNumbers: null,
      markups: join(folder, 'c/landmarks.mrk.json'),
      truth: null
    }
  ])
})

test('a NIfTI pair is read as labels and as a scan, in a case folder, beside a scan and as a prediction', async () => {
  const bytes = encodeNifti(labels)
  const header = bytes.slice(0, 348)
  header.set(new TextEncoder().encode('ni1\0'), 344)
  new DataView(header.buffer).setFloat32(108, 0, true) // vox_offset, nifti1.h
  for (const stem of ['pair/p1/ct', 'pair/p1/labels', 'pair/p2', 'pair/p2_truth', 'pair-predictions/p2']) {
    write(`${stem}.hdr`, header)
    write(`${stem}.img`, bytes.slice(352))
  }
  const { cases, notes } = await findCases(diskFiles, join(scratch, 'pair'))
  expect(notes).toEqual([])
  for (const one of cases) expect((await readTruth(diskFiles, one)).labels?.data).toEqual(labels.data)
  expect(cases.map(({ id, scan }) => [id, scan !== null])).toEqual([
    ['p1', true],
    ['p2', true]
  ])
  const predictions = await openPredictions(diskFiles, join(scratch, 'pair-predictions'))
  const found = await predictions.find({ id: 'p2', scan: null })
  expect((await readPrediction(diskFiles, found)).labels?.data).toEqual(labels.data)
})

test('files that are called as the truth of a case and are not read are named', async () => {
  const image = encodeNifti(labels)
  for (const name of ['p1/labels.seg.nrrd', 'p2/labels.seg.nrrd', 'p1/landmarks.fcsv', 'p1/Truth.json']) {
    write(`unused/${name}`, 'other')
  }
  for (const name of ['p1/ct.nii', 'p2/labels.nii', 'q.nii', 'q_truth.nii']) write(`unused/${name}`, image)
  write('unused/q_truth.seg.nrrd', 'other')
  write('unused/p3/labels.mhd', 'header')
  write('unused/p3/labels.raw', 'voxels')
  write('unused/p4/label_old.nii', image)
  const { cases, notes } = await findCases(diskFiles, join(scratch, 'unused'))
  expect(cases.map(({ id }) => id)).toEqual(['p1', 'p2', 'p3', 'q'])
  expect(notes.map((note) => note.replace(`${join(scratch, 'unused')}`, '').replace(/;.*/, '')).sort()).toEqual([
    '/p1: Truth.json is not read',
    '/p1: labels.seg.nrrd is not read, nor is it in 1 more',
    '/p1: landmarks.fcsv is not read',
    '/p4: label_old.nii is not read',
    ': q_truth.seg.nrrd is not read'
  ])
  await expect(findCases(diskFiles, join(scratch, 'unused', 'p4'))).rejects.toThrow(/holds no case/)
})

test('a case without its scan says where the scan belongs in its layout', async () => {
  write('scanless/folders/p1/labels.nii.gz', 'labels')
  write('scanless/beside/p1_truth.nii.gz', 'labels')
  write('scanless/nnunet/dataset.json', '{"channel_names":{"0":"T1","1":"CT"},"labels":{"background":0,"labyrinth":1}}')
  write('scanless/nnunet/labelsTr/p1.nii.gz', 'labels')
  write('scanless/nnunet/imagesTr/p2_0001.nii.gz', 'scan')
  const told = async (layout: string) => {
    const folder = join(scratch, 'scanless', layout)
    const { cases } = await findCases(diskFiles, folder)
    try {
      return scanOf(cases[0] ?? noFiles)
    } catch (error) {
      return error instanceof InputError ? error.message.replace(`${folder}/`, '').replace(/,.*/, '') : error
    }
  }
  expect(await told('folders')).toBe('p1/ct.nii.gz: is missing')
  expect(await told('beside')).toBe('p1.nii.gz: is missing')
  expect(await told('nnunet')).toBe('imagesTr/p1_0001.nii.gz: is missing')
})

test('a folder without any case, and none at all, are refused by name', async () => {
  await expect(findCases(diskFiles, join(scratch, 'cases', 'notes'))).rejects.toThrow(/notes: holds no case/)
  await expect(findCases(diskFiles, join(scratch, 'nowhere'))).rejects.toThrow(/nowhere/)
})

test('a truth.json gives side and landmarks; null is known to be absent, what is missing is not evaluated', async () => {
  const truth = write('one.json', '{"side": "L", "landmarks": {"oval_window": [1, 2, 3], "round_window": null}}')
  expect((await truthOf({ truth })).ears).toMatchObject([
    {
      side: 'left',
      place: [1, 2, 3],
      landmarks: [
        { id: 'oval_window', status: 'defined', position: [1, 2, 3], confidence: 1 },
        { id: 'round_window', status: 'undefined', confidence: 1 }
      ]
    }
  ])
})

test('labels without landmarks are an ear too, of the side in truth.json; crumbs are none', async () => {
  const truth = write('side.json', '{"side": "right"}')
  const map = write('labels.nii.gz', encodeNifti(labels))
  const { ears } = await truthOf({ labels: map, truth })
  expect(ears).toMatchObject([{ side: 'right', landmarks: [], place: [15.5, -14.5, 39] }])
  const crumb = encodeNifti(blocks([{ label: 1, start: [0, 0, 0], edge: [2, 2, 1] }]))
  expect((await truthOf({ labels: write('crumb.nii.gz', crumb), truth })).ears).toEqual([])
})

test('a case without an ear has a truth that says so', async () => {
  const truth = write('none.json', '{"side": null, "landmarks": {}}')
  expect(await truthOf({ truth })).toEqual({ labels: null, outlined: 'parts', ears: [], isOtherOpen: false })
})

test('markups of two ears have their sides in the names of their lists', async () => {
  const left = markedEar('left', [90, 0, 0])
  const markups = write(
    'two.mrk.json',
    encodeMarkups([
      { name: 'Right', ...right },
      { name: 'Left', ...left }
    ])
  )
  expect((await truthOf({ markups })).ears.map(({ side }) => side)).toEqual(['right', 'left'])
  const truth = write('one-side.json', '{"side": "left"}')
  await expect(truthOf({ markups, truth })).rejects.toThrow(/one-side\.json: names one side/)
})

test.each([
  ['other-side.json', '{"side": "up"}'],
  ['other-point.json', '{"landmarks": {"oval_window": [1, 2]}}'],
  ['third-ear.json', '{"ears": [{}, {}, {}]}']
])('%s is refused by name', async (name, content) => {
  await expect(truthOf({ truth: write(name, content) })).rejects.toThrow(new RegExp(`${name}: is not a truth\\.json`))
})

test('a side without a place, and a case without any truth, are refused', async () => {
  const truth = write('nowhere.json', '{"side": "left"}')
  await expect(truthOf({ truth })).rejects.toThrow(/nowhere\.json: names a side, but neither labels nor landmarks/)
  await expect(truthOf({ scan: 'ct.nii.gz' })).rejects.toThrow(
    /ct\.nii\.gz: case case holds neither labels nor landmarks/
  )
})

test('a truth.json may hold two ears, and markups beside it replace its landmarks', async () => {
  const ears = [
    { side: 'L', landmarks: { oval_window: [90, 0, 0] } },
    { side: 'R', landmarks: { oval_window: [0, 0, 0], round_window: [1, 1, 1] } }
  ]
  const truth = write('two-ears.json', JSON.stringify({ ears }))
  expect((await truthOf({ truth })).ears.map(({ side, landmarks }) => [side, landmarks.length])).toEqual([
    ['left', 1],
    ['right', 2]
  ])
  const lists = [
    { name: 'Right', landmarks: [mark('oval_window', 0.25, 0, 0)] },
    { name: 'Left', landmarks: [mark('oval_window', 90.25, 0, 0)] }
  ]
  const markups = write('two-ears.mrk.json', encodeMarkups(lists))
  expect((await truthOf({ truth, markups })).ears.map(({ side, place }) => [side, place])).toEqual([
    ['right', [0.25, 0, 0]],
    ['left', [90.25, 0, 0]]
  ])
})

test('a truth of one ear leaves open whether the scan shows another, unless it says that there is none', async () => {
  const outlined = write('open/labels.nii.gz', encodeNifti(labels, { gzip: true }))
  expect(await truthOf({ labels: outlined })).toMatchObject({ isOtherOpen: true })
  const only = write('open/only.json', JSON.stringify({ ears: [{ side: 'right' }, { side: null }] }))
  expect(await truthOf({ labels: outlined, truth: only })).toMatchObject({
    isOtherOpen: false,
    ears: [{ side: 'right' }]
  })
  for (const ears of [[], [{ side: null }], [{ side: null }, { side: null }]]) {
    const silent = write('open/silent.json', JSON.stringify({ ears }))
    expect(await truthOf({ labels: outlined, truth: silent }), JSON.stringify(ears)).toMatchObject({
      isOtherOpen: true
    })
  }
  const none = write('open/none.json', JSON.stringify({ side: null }))
  expect(await truthOf({ truth: none })).toMatchObject({ isOtherOpen: false, ears: [] })
})

test('a label that is in no table is refused by number', async () => {
  const map = encodeNifti(blocks([{ label: 7, start: [0, 0, 0], edge: [2, 2, 2] }]))
  await expect(truthOf({ labels: write('seven.nii.gz', map) })).rejects.toThrow(/seven\.nii\.gz: .*label 7/)
})

test('predictions are read from folders of otomark, from cohorts of it, and from files of any program', async () => {
  const folder = join(scratch, 'predictions')
  const markups = encodeMarkups([right])
  write('predictions/a/labels.nii.gz', encodeNifti(labels))
  write('predictions/a/landmarks.mrk.json', markups)
  write('predictions/a/result.json', '{"ears": [{"side": "right"}]}')
  write('predictions/cases/b/landmarks.mrk.json', markups)
  write('predictions/c.nii.gz', encodeNifti(labels))
  const predictions = await openPredictions(diskFiles, folder)
  const read = async (id: string) => readPrediction(diskFiles, await predictions.find({ id, scan: null }))
  const a = await read('a')
  expect([a.labels?.data, a.ears.map(({ side }) => side)]).toEqual([labels.data, ['right']])
  expect(await read('b')).toMatchObject({ labels: null, ears: [{ side: null, landmarks: right.landmarks }] })
  expect((await read('c')).ears).toMatchObject([{ side: null, landmarks: [], place: [15.5, -14.5, 39] }])
  await expect(read('d')).rejects.toThrow(/predictions: holds no prediction of d/)
})

test('a cohort’s cases are known by their record: by the case’s name or its scan, not by the name of a folder', async () => {
  const folder = join(scratch, 'cohort')
  const record = (id: string, path: string, outcome: object) =>
    JSON.stringify({ format: 'otomark-case', version: 1, id, path, outcome })
  const failed = (exitCode: number) => ({ status: 'failed', exitCode, message: 'it is too coarse' })
  const provenance = {
    software: '1',
    model: { detector: '', segmenter: '' },
    options: {},
    input: { files: 1, bytes: 1, modified: 1 }
  }
  const done = { status: 'done', provenance }
  const markups = encodeMarkups([right])
  for (const [name, id, path] of [
    ['p_1', 'p 1', '/scans/p 1/ct.nii.gz'],
    ['p_1-2', 'p_1', '/scans/p_1/ct.nii.gz'],
    ['old_ct', 'old/ct', '/scans/old/ct.nii.gz'],
    ['mine', 'my own name', '/scans/listed/ct.nii.gz']
  ] as const) {
    write(`cohort/cases/${name}/landmarks.mrk.json`, markups)
    write(`cohort/cases/${name}/case.json`, record(id, path, done))
  }
  write('cohort/cases/none/case.json', record('none', '/scans/none.nii.gz', failed(4)))
  write('cohort/cases/cut/case.json', record('cut', '/scans/cut.nii.gz', failed(3)))
  const predictions = await openPredictions(diskFiles, folder)
  const find = async (id: string, scan: string | null = null) => (await predictions.find({ id, scan })).markups
  expect(await find('p_1')).toBe(join(folder, 'cases/p_1-2/landmarks.mrk.json'))
  expect(await find('p 1')).toBe(join(folder, 'cases/p_1/landmarks.mrk.json'))
  expect(await find('old')).toBe(join(folder, 'cases/old_ct/landmarks.mrk.json'))
  expect(await find('listed', 'listed/ct.nii.gz')).toBe(join(folder, 'cases/mine/landmarks.mrk.json'))
  await expect(find('listed', 'ct.nii.gz')).rejects.toThrow(/holds no prediction of listed/)
  const none = await predictions.find({ id: 'none', scan: null })
  expect(await readPrediction(diskFiles, none)).toEqual({ labels: null, outlined: 'parts', ears: [] })
  await expect(find('cut')).rejects.toThrow(/cases\/cut: the analysis of cut failed: it is too coarse/)
})

test('labels that a result holds as NRRD too are read once, and refused where somebody changed one of the two', async () => {
  const folder = join(scratch, 'twice')
  write('twice/head/labels.nii.gz', encodeNifti(labels, { gzip: true }))
  write('twice/head/labels.nrrd', encodeLabelNrrd(labels))
  write('twice/head/result.json', '{"ears": [{"side": "right"}]}')
  const predictions = await openPredictions(diskFiles, folder)
  const read = async () => readPrediction(diskFiles, await predictions.find({ id: 'head', scan: null }))
  expect((await read()).labels?.data).toEqual(labels.data)
  write(
    'twice/head/labels.nrrd',
    encodeLabelNrrd({ ...labels, data: labels.data.map((label) => (label === 3 ? 2 : label)) })
  )
  await expect(read()).rejects.toThrow(/labels\.nrrd: differs from labels\.nii\.gz beside it/)
})

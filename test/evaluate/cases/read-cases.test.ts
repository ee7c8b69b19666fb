import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { type EvaluationCase, findCases } from '../../../src/evaluate/cases/find-cases.ts'
import { findPrediction, readPrediction } from '../../../src/evaluate/cases/read-prediction.ts'
import { readTruth } from '../../../src/evaluate/cases/read-truth.ts'
import { encodeMarkups } from '../../../src/io/markups.ts'
import { encodeNifti } from '../../../src/io/nifti/encode.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'
import { blocks, markedEar } from '../known-ears.ts'

const scratch = scratchFolder()
const labels = blocks([{ label: 3, start: [4, 4, 3], edge: [4, 4, 4] }])
const right = markedEar('right', [15, -14, 39])

function write(name: string, content: Uint8Array | string): string {
  const path = join(scratch, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

const truthOf = (files: Partial<EvaluationCase>) =>
  readTruth({ id: 'case', scan: null, labels: null, markups: null, truth: null, ...files })

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
  expect(await findCases(folder)).toEqual([
    {
      id: 'a_2',
      scan: join(folder, 'a_2.nii.gz'),
      labels: join(folder, 'a_2_truth.nii.gz'),
      markups: null,
      truth: join(folder, 'a_2_truth.json')
    },
    {
      id: 'b',
      scan: join(folder, 'b/ct.nii.gz'),
      labels: join(folder, 'b/labels.nii.gz'),
      markups: null,
      truth: join(folder, 'b/truth.json')
    },
    { id: 'c', scan: join(folder, 'c/ct'), labels: null, markups: join(folder, 'c/landmarks.mrk.json'), truth: null }
  ])
})

test('a folder without any case, and none at all, are refused by name', async () => {
  await expect(findCases(join(scratch, 'cases', 'notes'))).rejects.toThrow(/notes: holds no case/)
  await expect(findCases(join(scratch, 'nowhere'))).rejects.toThrow(/nowhere/)
})

test('a truth.json tells side and landmarks; null is known to be absent, what is missing is not judged', async () => {
  const truth = write('one.json', '{"side": "L", "landmarks": {"oval_window": [1, 2, 3], "round_window": null}}')
  expect((await truthOf({ truth })).ears).toEqual([
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

test('labels without landmarks are an ear too, of the side that truth.json tells; crumbs are none', async () => {
  const truth = write('side.json', '{"side": "right"}')
  const map = write('labels.nii.gz', encodeNifti(labels))
  const { ears } = await truthOf({ labels: map, truth })
  expect(ears).toEqual([{ side: 'right', landmarks: [], place: [15.5, -14.5, 39] }])
  const crumb = encodeNifti(blocks([{ label: 1, start: [0, 0, 0], edge: [2, 2, 1] }]))
  expect((await truthOf({ labels: write('crumb.nii.gz', crumb), truth })).ears).toEqual([])
})

test('a case without an ear has a truth that says so', async () => {
  const truth = write('none.json', '{"side": null, "landmarks": {}}')
  expect(await truthOf({ truth })).toEqual({ labels: null, ears: [] })
})

test('markups of two ears tell their sides by the names of their lists', async () => {
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
  ['other-frame.json', '{"landmark_space": "RAS mm", "landmarks": {"oval_window": [1, 2, 3]}}'],
  ['other-side.json', '{"side": "up"}'],
  ['other-point.json', '{"landmarks": {"oval_window": [1, 2]}}'],
  ['text.json', 'left']
])('%s is refused by name', async (name, content) => {
  await expect(truthOf({ truth: write(name, content) })).rejects.toThrow(new RegExp(`${name}: is no truth`))
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
  const read = async (id: string) => readPrediction(await findPrediction(folder, id))
  const a = await read('a')
  expect([a.labels?.data, a.ears.map(({ side }) => side)]).toEqual([labels.data, ['right']])
  expect(await read('b')).toMatchObject({ labels: null, ears: [{ side: null, landmarks: right.landmarks }] })
  expect((await read('c')).ears).toEqual([{ side: null, landmarks: [], place: [15.5, -14.5, 39] }])
  await expect(read('d')).rejects.toThrow(/predictions: holds no prediction of d/)
})

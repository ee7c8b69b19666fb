import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import type { LabelledEar } from '../../src/calibrate/labelled-ear.ts'
import { encodeCase, encodeLandmarks } from '../../src/cases/encode-case.ts'
import { labelledEarsIn } from '../../src/cli/labelled-ears.ts'
import { landmarkKinds } from '../../src/core/anatomy.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import { createVolume } from '../../src/core/volume.ts'
import { evaluation } from '../../src/evaluate/evaluation.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import { evaluateModel } from '../../src/study/evaluate-model.ts'
import { parseStudy } from '../../src/study/specification.ts'
import { openCases, surveyCases } from '../../src/train/cases/open-cases.ts'
import { boneScan, meanShape, trueLabels, trueLandmarks, uprightFrame } from '../analyze/analytic-network.ts'
import { tinyStudy } from '../study/tiny-study.ts'
import { emptyNetwork } from '../support/empty-model.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { tinyConfiguration } from '../train/tiny-configuration.ts'

// A case is enough to see how cases are read.
vi.mock('../../src/calibrate/fit-labelled.ts', async (original) => ({
  ...(await original<typeof import('../../src/calibrate/fit-labelled.ts')>()),
  fewestLabelledEars: 1
}))

const scratch = scratchFolder()
const ear = { frame: uprightFrame('right', [1, 1, 2]), shape: meanShape }
const bone = boneScan([0, 0, 0], [32, 32, 32], [0.9, 0.9, 0.9])
// Some voxels of air: without them the values could not be told to be Hounsfield units.
const scan = { ...bone, data: bone.data.map((value, at) => (at % 50 === 7 ? -1000 + (at % 11) : value)) }
const labels = createVolume(scan.geometry, trueLabels(ear, scan.geometry))
const landmarks = landmarkKinds.map(({ id }, n): Landmark => {
  return { id, status: 'defined', position: trueLandmarks(ear)[n] ?? expect.unreachable(), confidence: 1 }
})
const [helicotrema, oval_window, round_window] = trueLandmarks(ear)
const places = { helicotrema, oval_window, round_window }

const image = encodeNifti(scan, { gzip: true })
const relabelled = (number: (label: number) => number): Uint8Array =>
  encodeNifti({ ...labels, data: labels.data.map(number) }, { gzip: true })
const parts = relabelled((label) => label)
const turned = relabelled((label) => [0, 5, 4, 2][label] as number)
const whole = relabelled((label) => Math.min(label, 1))
const nnunet = (names: object): object => ({
  channel_names: { 0: 'CT' },
  numTraining: 1,
  file_ending: '.nii.gz',
  labels: names
})
const turnedNames = { background: 0, ossicles: 1, semicircular_canals: 2, vestibule: 4, cochlea: 5 }

type Content = Uint8Array | object | string
type Layout = Readonly<Record<string, Content>>

/** Writes files. @returns their folder */
function laidOut(name: string, files: Layout): string {
  const folder = join(scratch, name)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    const isText = typeof content === 'string' || content instanceof Uint8Array
    writeFileSync(join(folder, path), isText ? content : JSON.stringify(content))
  }
  return folder
}

const inFolder = (files: Layout): Layout =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`a/${name}`, content]))

// What was predicted is the truth: what the evaluation then says is what it read.
beforeAll(() => {
  const markups = encodeLandmarks([{ side: 'right', landmarks }])
  laidOut('predictions', {
    'a/labels.nii.gz': parts,
    'a/landmarks.mrk.json': markups,
    'a/result.json': { ears: [{ side: 'right' }] }
  })
})

async function evaluated(cases: string, output: string) {
  const folder = join(scratch, 'evaluated', output)
  const outcome = await runCli('evaluate', cases, '--output', folder, '--predictions', join(scratch, 'predictions'))
  const read = () => evaluation.parse(JSON.parse(readFileSync(join(folder, 'evaluation.json'), 'utf8'))).summary
  return { ...outcome, read }
}

async function learned(cases: string) {
  const configuration = tinyConfiguration({ labelled: [{ folder: cases, share: 1, heldOut: 0 }] })
  const survey = await surveyCases(configuration)
  return { survey, drawn: await openCases(configuration, survey).draw(0) }
}

/** The ears that `calibrate --labelled` compares with. */
async function calibratedOn(cases: string, note: (text: string) => unknown = () => {}): Promise<LabelledEar[]> {
  const read: LabelledEar[] = []
  for await (const ear of (await labelledEarsIn(cases, undefined, note)).ears) read.push(ear)
  return read
}

/** What a study says of a network that sees nothing. */
async function studied(cases: string) {
  const [path, set] = [join(scratch, 'blind.onnx'), { name: 'cases', folder: cases, cases: null, key: '' }]
  writeFileSync(path, emptyNetwork('segmenter'))
  const { pose } = parseStudy(tinyStudy, 'tiny.json')
  return evaluateModel(path, set, { pose, runtime: nodeRuntime, threads: 1 })
}

interface Known {
  /** Whether somebody said the side; otherwise training tells it by the anatomy. */
  readonly side: boolean
  readonly landmarks: 0 | 2 | 3
}

const layouts: readonly (readonly [string, Layout, Known, string])[] = [
  [
    'what otomark writes',
    inFolder(encodeCase({ scan, labels, ears: [{ side: 'right', landmarks }], description: '' })),
    { side: true, landmarks: 3 },
    ''
  ],
  [
    'a side written "R" and landmarks in truth.json',
    inFolder({ 'ct.nii.gz': image, 'labels.nii.gz': parts, 'truth.json': { side: 'R', landmarks: places } }),
    { side: true, landmarks: 3 },
    ''
  ],
  [
    'markups that say less than truth.json',
    inFolder({
      'ct.nii.gz': image,
      'labels.nii.gz': parts,
      'landmarks.mrk.json': encodeLandmarks([{ side: 'right', landmarks: landmarks.slice(1) }]),
      'truth.json': { side: 'right', landmarks: places }
    }),
    { side: true, landmarks: 2 },
    ''
  ],
  [
    'files side by side',
    { 'a.nii.gz': image, 'a_truth.nii.gz': parts, 'a_truth.json': { side: 'right', landmarks: places } },
    { side: true, landmarks: 3 },
    ''
  ],
  [
    'clutter of other programs',
    {
      ...inFolder({
        'ct.nii.gz': image,
        '._ct.nii.gz': 'clutter',
        'labels.nii.gz': parts,
        '._labels.nii.gz': 'clutter'
      }),
      '.ipynb_checkpoints/ct.nii.gz': 'clutter',
      '__MACOSX/a/labels.nii.gz': 'clutter'
    },
    { side: false, landmarks: 0 },
    ''
  ],
  [
    'an nnU-Net dataset',
    { 'dataset.json': nnunet(turnedNames), 'imagesTr/a_0000.nii.gz': image, 'labelsTr/a.nii.gz': turned },
    { side: false, landmarks: 0 },
    ''
  ],
  [
    'an nnU-Net dataset of version 1',
    {
      'dataset.json': {
        modality: { 0: 'CT' },
        labels: { 0: 'background', 1: 'cochlea', 2: 'vestibule', 3: 'canals' },
        training: [{ image: './imagesTr/a.nii.gz', label: './labelsTr/a.nii.gz' }]
      },
      'imagesTr/a_0000.nii.gz': image,
      'labelsTr/a.nii.gz': parts
    },
    { side: false, landmarks: 0 },
    ''
  ],
  [
    'a MONAI list',
    {
      'list.json': { training: [{ image: 'scans/a.nii.gz', label: './outlines/a.nii.gz', fold: 0 }] },
      'scans/a.nii.gz': image,
      'outlines/a.nii.gz': parts
    },
    { side: false, landmarks: 0 },
    'list.json'
  ]
]

test.each(layouts)('%s is read alike by evaluate, train, calibrate and study', async (name, files, known, list) => {
  const cases = join(laidOut(name.replaceAll(/\W+/g, '-'), files), list)
  const { code, err, read } = await evaluated(cases, name.replaceAll(/\W+/g, '-'))
  expect({ code, failures: err.match(/failed; written/) }).toEqual({ code: 0, failures: null })
  const summary = read()
  expect(summary.ears).toMatchObject({ known: 1, found: 1, missed: 0, false: 0 })
  expect(summary.sides).toEqual(known.side ? { judged: 1, correct: 1 } : { judged: 0, correct: 0 })
  expect(summary.landmarks.all).toMatchObject({ known: known.landmarks, found: known.landmarks })
  expect(Object.entries(summary.outlines).map(([region, { dice }]) => [region, dice.mean])).toEqual([
    ['labyrinth', 1],
    ['cochlea', 1],
    ['vestibule', 1],
    ['semicircular_canals', 1]
  ])

  const { survey, drawn } = await learned(cases)
  expect(survey[0]?.cases.map(({ name, ears }) => [name, ears.map(({ frame }) => frame.side)])).toEqual([
    ['a', ['right']]
  ])
  expect(drawn.landmarks).toEqual(landmarks.slice(3 - known.landmarks))
  expect(drawn.scan.geometry.spacing[0]).toBeCloseTo(0.9, 6)
  const again = drawn.labels?.(labels.geometry) ?? new Uint8Array()
  expect(again.filter((label, at) => label !== labels.data[at]).length).toBeLessThan(0.001 * again.length)

  const [compared, ...others] = await calibratedOn(cases)
  expect(others).toEqual([])
  expect(compared?.labels?.data).toEqual(labels.data)
  expect(compared?.landmarks).toEqual(drawn.landmarks)

  const { cases: judged, failed } = await studied(cases)
  expect([judged.length, failed]).toEqual([1, []])
  expect(judged[0]?.ears).toMatchObject([{ outcome: 'found', sideCorrect: known.side ? true : null }])
  const missed = judged[0]?.ears[0]?.landmarks.filter(({ outcome }) => outcome === 'missed')
  expect(missed).toHaveLength(known.landmarks)
  expect(judged[0]?.outlines.cochlea?.trueVolume).toBeGreaterThan(10)
})

test('what there is to know of how a scan was read is said by train, calibrate and study', async () => {
  const raised = encodeNifti({ ...scan, data: scan.data.map((value) => value + 1024) }, { gzip: true })
  const cases = laidOut('raised', inFolder({ 'ct.nii.gz': raised, 'labels.nii.gz': parts }))
  const said: string[] = []
  await calibratedOn(cases, (text) => said.push(text))
  expect(said).toContainEqual(
    expect.stringMatching(/^a: ct\.nii\.gz: No voxel is as dark as air, so that it cannot be checked/)
  )
  const { survey } = await learned(cases)
  expect(survey[0]?.notes).toEqual(said)
  expect((await studied(cases)).notes).toEqual(said)
})

test('landmarks of which the names seem to be exchanged are noted by evaluate, train, calibrate and study', async () => {
  const swapped = { ...places, oval_window: places.round_window, round_window: places.oval_window }
  const truth = { side: 'right', landmarks: swapped }
  const cases = laidOut('swapped', inFolder({ 'ct.nii.gz': image, 'labels.nii.gz': parts, 'truth.json': truth }))
  const said: string[] = []
  await calibratedOn(cases, (text) => said.push(text))
  const exchanged = expect.stringMatching(/^a: truth\.json: the oval window is .* their names seem to be exchanged/)
  expect(said).toContainEqual(exchanged)
  expect((await learned(cases)).survey[0]?.notes).toEqual(said)
  expect((await studied(cases)).notes).toEqual(said)
  expect((await evaluated(cases, 'swapped')).err.split('\n')).toContainEqual(
    expect.stringMatching(/^otomark: a: truth\.json: the oval window is .* their names seem to be exchanged/)
  )
})

const wholes: readonly (readonly [string, Layout])[] = [
  ['labels with no number but 1', inFolder({ 'ct.nii.gz': image, 'labels.nii.gz': whole })],
  [
    'an nnU-Net dataset of one label',
    {
      'dataset.json': nnunet({ background: 0, labyrinth: 1 }),
      'imagesTr/a_0000.nii.gz': image,
      'labelsTr/a.nii.gz': whole
    }
  ]
]

test.each(wholes)(
  '%s are the whole labyrinth: compared as such, and nothing that parts are learned from',
  async (name, files) => {
    const cases = laidOut(name.replaceAll(/\W+/g, '-'), files)
    const { code, read } = await evaluated(cases, name.replaceAll(/\W+/g, '-'))
    expect(code).toBe(0)
    expect(Object.entries(read().outlines).map(([region, { dice }]) => [region, dice.mean])).toEqual([['labyrinth', 1]])
    await expect(learned(cases)).rejects.toThrow(
      /outlines the labyrinth as one label, which cannot be used to train the parts/
    )
    expect((await calibratedOn(cases))[0]?.labels?.data).toEqual(labels.data.map((label) => Math.min(label, 1)))
  }
)

const refused: readonly (readonly [string, Layout, RegExp])[] = [
  [
    'two scans',
    { 'ct.nii.gz': image, 'ct.nrrd': 'image', 'labels.nii.gz': parts },
    /ct\.nii\.gz and ct\.nrrd, of which only/
  ],
  [
    'two labels',
    { 'ct.nii.gz': image, 'labels.mha': 'image', 'labels.nii.gz': parts },
    /labels\.nii\.gz, of which only/
  ],
  ['other labels', { 'ct.nii.gz': image, 'labels.nii.gz': turned }, /holds the label [45]; labels are 1 cochlea/],
  [
    'a side that is none',
    { 'ct.nii.gz': image, 'labels.nii.gz': parts, 'truth.json': { side: 'up' } },
    /is not a truth/
  ],
  ['no truth', { 'ct.nii.gz': image }, /holds neither labels nor landmarks/],
  ['a truth that is no JSON', { 'ct.nii.gz': image, 'labels.nii.gz': parts, 'truth.json': 'left' }, /is not JSON/]
]

test.each(refused)(
  'a case with %s is refused by evaluate, train, calibrate and study in the same words',
  async (name, files, says) => {
    const cases = laidOut(`refused ${name}`, inFolder(files))
    const { code, err } = await evaluated(cases, `refused ${name}`)
    expect([code, err]).toEqual([3, expect.stringMatching(says)])
    await expect(learned(cases)).rejects.toThrow(says)
    await expect(calibratedOn(cases)).rejects.toThrow(says)
    const told = await studied(cases).then(({ failed }) => failed[0]?.message, String)
    expect(told).toMatch(says)
  }
)

test.each<[string, Layout, RegExp]>([
  [
    'a dataset of two channels, none of which is called CT',
    {
      'dataset.json': { channel_names: { 0: 'T1', 1: 'T2' }, labels: turnedNames },
      'labelsTr/a.nii.gz': turned,
      'imagesTr/a_0000.nii.gz': image
    },
    /has the channels T1, T2; exactly one must be called CT/
  ],
  [
    'a dataset of nothing',
    { 'dataset.json': nnunet(turnedNames), 'labelsTr/readme.txt': '', 'imagesTr/readme.txt': '' },
    /holds no case/
  ],
  ['a dataset without names', { 'dataset.json': {}, 'labelsTr/a.nii.gz': turned }, /names no labels/]
])('%s is refused', async (name, files, says) => {
  await expect(learned(laidOut(name, files))).rejects.toThrow(says)
})

test('a list that is none is refused, and images of one name are distinguished by their folders', async () => {
  const item = (folder: string) => ({ image: `${folder}/ct.nii.gz`, label: `${folder}/labels.nii.gz` })
  const files = Object.fromEntries(
    ['p01', 'p02'].flatMap((name) => [
      [`${name}/ct.nii.gz`, image],
      [`${name}/labels.nii.gz`, parts]
    ])
  )
  const folder = laidOut('lists', {
    ...files,
    'list.json': { training: [item('p01'), item('./p02')] },
    'none.json': ['p01']
  })
  const { survey } = await learned(join(folder, 'list.json'))
  expect(survey[0]?.cases.map(({ name }) => name)).toEqual(['p01_ct', 'p02_ct'])
  await expect(learned(join(folder, 'none.json'))).rejects.toThrow(/none\.json: is no list of cases/)
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { CaseFiles } from '../../src/cases/case-files.ts'
import { readTruth } from '../../src/cases/read-truth.ts'
import { createGeometry } from '../../src/core/geometry/geometry.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { encodeMarkups, type MarkupsList } from '../../src/io/markups.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { diskFiles } from '../../src/node/file-access.ts'
import { blocks, grid, mark, markedEar } from '../evaluate/known-ears.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const place: Vector3 = [15, -14, 39]
const ear = markedEar('right', place)
const outline = { label: 3, start: [4, 4, 3], edge: [4, 4, 4] } as const
const labels = blocks([outline])
const mirror = ([x, y, z]: Vector3): Vector3 => [-x, -y, z]
const placed = (landmarks: readonly Landmark[], change: (p: Vector3) => Vector3): Landmark[] =>
  landmarks.map((one) => (one.status === 'defined' ? { ...one, position: change(one.position) } : one))
const landmarksOf = (landmarks: readonly Landmark[]) =>
  Object.fromEntries(landmarks.map((one) => [one.id, one.status === 'defined' ? one.position : null]))
const lists = (...ears: MarkupsList[]) => encodeMarkups(ears)
/** One list, changed as 3D Slicer or somebody might have written it. */
const listWith = (change: object, landmarks = ear.landmarks): string => {
  const file = JSON.parse(new TextDecoder().decode(lists({ landmarks })))
  return JSON.stringify({ ...file, markups: [{ ...file.markups[0], ...change }] })
}

type Contents = Partial<Record<'scan' | 'labels' | 'markups' | 'truth', Uint8Array | string | object>>
const names = { scan: 'ct.nii', labels: 'labels.nii', markups: 'landmarks.mrk.json', truth: 'truth.json' } as const

let cases = 0
function read(contents: Contents) {
  const folder = join(scratch, String(cases++))
  const written = Object.entries(contents).map(([kind, content]) => {
    const path = join(folder, names[kind as keyof typeof names])
    mkdirSync(dirname(path), { recursive: true })
    const isText = typeof content === 'string' || content instanceof Uint8Array
    writeFileSync(path, isText ? content : JSON.stringify(content))
    return [kind, path]
  })
  const none: CaseFiles = {
    id: 'case',
    scan: null,
    scanPlace: 'case/ct.nii.gz',
    labels: null,
    labelNumbers: null,
    markups: null,
    truth: null
  }
  return readTruth(diskFiles, { ...none, ...Object.fromEntries(written) })
}

const scan = encodeNifti({ geometry: grid, data: new Int16Array(20 * 16 * 16) })
const outlined = encodeNifti(labels)
const moved = (change: object) => encodeNifti({ geometry: createGeometry({ ...grid, ...change }), data: labels.data })
const left = markedEar('left', [75, -14, 39])

test('what agrees is read: landmarks beside labels on the scan, two files that tell the same, two ears', async () => {
  const { ears } = await read({
    scan,
    labels: outlined,
    markups: lists(ear),
    truth: { side: 'right', landmarks: landmarksOf(placed(ear.landmarks, ([x, y, z]) => [x + 2, y, z])) }
  })
  expect(ears).toMatchObject([{ side: 'right', landmarks: ear.landmarks }])
  expect(
    (await read({ markups: lists({ ...ear, name: 'RightEar' }, { ...left, name: 'left_ear' }) })).ears
  ).toMatchObject([{ side: 'right' }, { side: 'left' }])
})

test.each<[string, Contents, RegExp]>([
  [
    'landmarks in RAS beside labels',
    { labels: outlined, markups: lists({ landmarks: placed(ear.landmarks, mirror) }) },
    /landmarks\.mrk\.json: marks an ear 41\.. mm from the one that .*labels\.nii outlines; .*RAS for LPS/
  ],
  [
    'landmarks some way off their labels',
    { labels: outlined, markups: lists({ landmarks: placed(ear.landmarks, ([x, y, z]) => [x + 22, y, z]) }) },
    /landmarks\.mrk\.json: puts .* outside the ear that .*labels\.nii outlines/
  ],
  [
    'landmarks outside the scan',
    { scan, markups: lists({ landmarks: placed(ear.landmarks, mirror) }) },
    /landmarks\.mrk\.json: puts helicotrema .* mm outside .*ct\.nii; .*RAS for LPS/
  ],
  ['labels outside the scan', { scan, labels: moved({ origin: [60, -20, 30] }) }, /labels\.nii: has as many voxels as/],
  ['labels in voxels of another size', { scan, labels: moved({ spacing: [2, 2, 2] }) }, /labels\.nii: has as many vox/],
  [
    'labels of another size outside the scan',
    {
      scan,
      labels: encodeNifti(blocks([outline], createGeometry({ ...grid, size: [21, 16, 16], origin: [60, 0, 0] })))
    },
    /labels\.nii: outlines what lies up to .* outside .*ct\.nii/
  ],
  [
    'two ears at one place',
    { markups: lists({ ...ear, name: 'Left' }, { ...ear, name: 'Right' }) },
    /two ears 0 mm apart/
  ],
  [
    'two left ears',
    { markups: lists({ ...ear, name: 'Left' }, { ...left, name: 'Left' }) },
    /landmarks\.mrk\.json: names two left ears/
  ],
  [
    'landmarks in metres',
    {
      truth: {
        side: 'right',
        landmarks: landmarksOf(placed(ear.landmarks, ([x, y, z]) => [x / 1e3, y / 1e3, z / 1e3]))
      }
    },
    /truth\.json: puts helicotrema and oval window of an ear 0\.00141 mm apart/
  ],
  [
    'a truth.json that puts a landmark elsewhere than markups',
    { markups: lists(ear), truth: { landmarks: landmarksOf(placed(ear.landmarks, ([x, y, z]) => [x, y + 8, z])) } },
    /landmarks\.mrk\.json: puts helicotrema 8 mm from where .*truth\.json puts it/
  ],
  [
    'a truth.json of the other side than the list',
    { markups: lists({ ...ear, name: 'Right' }), truth: { side: 'left' } },
    /landmarks\.mrk\.json: names the right ear, and .*truth\.json the left/
  ],
  ['a truth.json that says nothing', { labels: outlined, truth: {} }, /truth\.json: says nothing of an ear/],
  ['a list of both sides', { markups: lists({ ...ear, name: 'left and right' }) }, /named by both sides/]
])('%s: refused, with the files that contradict each other', async (_, contents, says) => {
  await expect(read(contents)).rejects.toThrow(says)
})

test.each([
  ['coordinates', 'LPS cm'],
  ['coordinates', 'LPSmeters'],
  ['coordinate_system', 'RAS'],
  ['coordinateSystem', 0],
  ['landmark_space', 'RAS mm'],
  ['space', 'right-anterior-superior'],
  ['units', 'm']
])('landmarks whose "%s" is %j are refused', async (key, value) => {
  const told = { side: 'right', landmarks: landmarksOf(ear.landmarks), [key]: value }
  await expect(read({ truth: told })).rejects.toThrow(new RegExp(`truth\\.json: its "${key}" is .*LPS mm`))
  await expect(read({ truth: { ears: [told] } })).rejects.toThrow(/read in LPS mm; convert them/)
})

test('coordinates that are LPS mm are read under any name for them', async () => {
  const said = { coordinates: 'lps', landmark_space: 'LPS mm', units: 'millimeters', space: 'left-posterior-superior' }
  const { ears } = await read({ truth: { side: ' R ', landmarks: landmarksOf(ear.landmarks), ...said } })
  expect(ears).toMatchObject([{ side: 'right', landmarks: ear.landmarks }])
})

test.each<[unknown, unknown, 1 | -1, number]>([
  [undefined, undefined, 1, 1],
  ['LPS', 'mm', 1, 1],
  [' lps ', ['mm', 'UCUM', 'millimeter'], 1, 1],
  [1, 'cm', 1, 10],
  ['left-posterior-superior', 'm', 1, 1000],
  ['RAS ', 'um', -1, 1e-3],
  ['ras', 'mm', -1, 1],
  ['0', 'mm', -1, 1],
  ['Right-Anterior-Superior', 'mm', -1, 1]
])('markups in the coordinateSystem %j and coordinateUnits %j become LPS mm', async (system, units, sign, mm) => {
  const written = placed(ear.landmarks, ([x, y, z]) => [(sign * x) / mm, (sign * y) / mm, z / mm])
  const { ears } = await read({ markups: listWith({ coordinateSystem: system, coordinateUnits: units }, written) })
  for (const [n, one] of (ears[0]?.landmarks ?? []).entries()) {
    const { position } = ear.landmarks[n] as Extract<Landmark, { status: 'defined' }>
    expect(one).toMatchObject({ status: 'defined', position: position.map((x) => expect.closeTo(x, 6)) })
  }
  expect(ears[0]?.landmarks).toHaveLength(3)
})

test.each<[string, object, RegExp]>([
  ['in IJK', { coordinateSystem: 'IJK' }, /its coordinateSystem "ijk" is not known/],
  ['in LAS', { coordinateSystem: 'LAS' }, /its coordinateSystem "las" is not known/],
  ['in no system', { coordinateSystem: '' }, /its coordinateSystem "" is not known/],
  ['in parsecs', { coordinateUnits: 'pc' }, /its coordinateUnits "pc" are no known unit/],
  ['of other names', { controlPoints: [{ label: 'A', position: [1, 2, 3] }] }, /called Helicotrema.*, but "A"; rename/],
  ['of two names at once', { controlPoints: [{ label: 'oval or round_window, oval window' }] }, /names two landmarks/],
  ['without a place', { controlPoints: [{ label: 'Helicotrema' }] }, /helicotrema has no position/],
  [
    'that are being placed',
    { controlPoints: [{ label: 'Helicotrema', position: [1, 2, 3], positionStatus: 'preview' }] },
    /helicotrema has the status "preview"/
  ]
])('points %s are refused, not taken for LPS mm or for absent', async (_, change, says) => {
  await expect(read({ markups: listWith(change) })).rejects.toThrow(says)
})

test('the list of one ear whose points have no known name is no ear without landmarks; a list of something else is none', async () => {
  const beside = (name: string) => {
    const file = JSON.parse(listWith({ name: 'Left' }))
    return JSON.stringify({
      markups: [...file.markups, { name, controlPoints: [{ label: 'F-1', position: [1, 2, 3] }] }]
    })
  }
  await expect(read({ markups: beside('Right') })).rejects.toThrow(/its list "Right" holds no point that is called/)
  expect((await read({ markups: beside('copyright 2020') })).ears).toMatchObject([{ side: 'left' }])
})

test('a side is a word of its own in a list’s name', async () => {
  const sideOf = async (name: string) => (await read({ markups: listWith({ name }) })).ears[0]?.side
  expect(await Promise.all(['copyright 2020', 'Bright', 'Right ear', 'ear-LEFT'].map(sideOf))).toEqual([
    null,
    null,
    'right',
    'left'
  ])
})

test('points that are said to be undefined or missing are absent', async () => {
  const points = ['undefined', 'missing'].map((positionStatus, n) => ({
    label: ['Oval window', 'Round window'][n],
    positionStatus
  }))
  const { ears } = await read({
    markups: listWith({ controlPoints: [...points, { label: 'Helicotrema', position: [1, 2, 3] }] })
  })
  expect(ears[0]?.landmarks).toEqual([
    { id: 'oval_window', status: 'undefined', confidence: 1 },
    { id: 'round_window', status: 'undefined', confidence: 1 },
    mark('helicotrema', 1, 2, 3)
  ])
})

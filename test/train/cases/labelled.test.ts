import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { voxelCount } from '../../../src/core/geometry/geometry.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { distance, type Vector3 } from '../../../src/core/math/vector.ts'
import { createVolume } from '../../../src/core/volume.ts'
import { sampleCase } from '../../../src/generate/case.ts'
import { earsOf } from '../../../src/generate/ear.ts'
import { caseOptions } from '../../../src/generate/sample/options.ts'
import { encodeNifti } from '../../../src/io/nifti/encode.ts'
import { readLabelMap, readScan } from '../../../src/node/read-scan.ts'
import { fingerprintOf, openCases, surveyCases } from '../../../src/train/cases/open-cases.ts'
import { splitCases } from '../../../src/train/cases/split-cases.ts'
import { type LabelledCase, surveyFolder } from '../../../src/train/cases/survey-cases.ts'
import { applySample, sampleAugmentation } from '../../../src/train/samples/sample.ts'
import { runCli } from '../../support/run-cli.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'
import { tinyConfiguration } from '../tiny-configuration.ts'

const scratch = scratchFolder()
const folder = join(scratch, 'cases')
const options = caseOptions.parse({ field: [24, 24], finest: 0.75, anyOrientation: 0.5 })

beforeAll(async () => {
  const words = ['--count', '5', '--seed', '4', '--field', '24,24', '--finest', '0.75', '--any-orientation', '0.5']
  expect((await runCli('generate', '--output', folder, ...words)).code).toBe(0)
})

/** A copy of the first case alone, changed. */
async function changed(name: string, change: (path: string) => void | Promise<void>): Promise<string> {
  const target = join(scratch, name)
  mkdirSync(target)
  cpSync(join(folder, 'case-4-0000'), join(target, 'a'), { recursive: true })
  await change(join(target, 'a'))
  return target
}

/** Leaves of a case's landmarks neither the markups nor those in truth.json. */
function withoutLandmarks(path: string): void {
  rmSync(join(path, 'landmarks.mrk.json'))
  const { side } = JSON.parse(readFileSync(join(path, 'truth.json'), 'utf8'))
  writeFileSync(join(path, 'truth.json'), JSON.stringify({ side }))
}

const labelled = (share: number, where = folder) =>
  tinyConfiguration({
    labelled: [{ folder: where, share, heldOut: 0.4 }],
    cases: { options: { field: [22, 22], finest: 0.8 } }
  })

test('what otomark generate writes is read back: side, pose and landmarks', async () => {
  const { cases } = await surveyFolder(folder)
  expect(cases.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4].map((n) => `case-4-000${n}`))
  for (const [index, { ears }] of cases.entries()) {
    const truth = sampleCase(4, index, options).bones.flatMap(earsOf)[0]
    expect(ears).toHaveLength(1)
    expect(ears[0]?.frame.side).toBe(truth?.frame.side)
    expect(distance(ears[0]?.frame.origin as Vector3, truth?.frame.origin as Vector3)).toBeLessThan(1.5)
    for (const { id, position } of truth?.landmarks ?? []) {
      const found = ears[0]?.landmarks.find((landmark) => landmark.id === id)
      expect(found?.status === 'defined' && distance(found.position, position)).toBeLessThan(1e-6)
    }
  }
})

test('labels come to a sample as they are in the label map', async () => {
  const configuration = labelled(1)
  const source = openCases(configuration, await surveyCases(configuration))
  const drawn = await source.draw(3)
  const map = await readLabelMap(join(folder, drawn.name.split(',')[0] as string, 'labels.nii.gz'))
  const again = drawn.labels?.(map.geometry) as Uint8Array
  // The case keeps the ear's surroundings only.
  const differing = again.filter((label, at) => label !== map.data[at]).length
  expect(differing).toBeLessThan(0.002 * voxelCount(map.geometry))
  expect(new Set(again)).toEqual(new Set([0, 1, 2, 3]))
})

test('held-out cases are never trained on, and the seed alone decides which they are', async () => {
  const { cases } = await surveyFolder(folder)
  const split = splitCases(cases, 0.4, 1)
  expect(split.heldOut).toHaveLength(2)
  expect(split.training.some((entry) => split.heldOut.includes(entry))).toBe(false)
  expect(splitCases(cases, 0.4, 1)).toEqual(split)
  const others = [2, 3, 4, 5, 6].map((seed) =>
    splitCases(cases, 0.4, seed)
      .heldOut.map(({ name }) => name)
      .join()
  )
  expect(new Set(others).size).toBeGreaterThan(1)
  expect(splitCases(cases.slice(0, 1), 0.9, 1).training).toHaveLength(1)
})

test('the ears of a head, and cases that have the same scan, are never on both sides', () => {
  const cases = ['p01_left', 'p01_right', 'p02_left', 'p02_right', 'p03', 'p04'].map((name): LabelledCase => {
    const scan = name === 'p04' ? 'scan of p03' : `scan of ${name}`
    const files = { id: name, scan, scanPlace: scan, labels: null, labelNumbers: null, markups: null, truth: null }
    return { name, files, ears: [], scan, labels: null }
  })
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { training, heldOut } = splitCases(cases, 0.34, seed)
    expect([training.length, heldOut.length]).toEqual([4, 2])
    expect(new Set(heldOut.map(({ name }) => name.slice(0, 3).replace('p04', 'p03'))).size).toBe(1)
  }
})

test('cases come from each source in its share, and are the same at every call', async () => {
  const configuration = labelled(0.5)
  const source = openCases(configuration, await surveyCases(configuration))
  const names: string[] = []
  for (let index = 0; index < 16; index++) names.push((await source.draw(index)).name)
  const generated = names.filter((name) => name.startsWith('generated')).length
  expect(generated).toBeGreaterThan(2)
  expect(generated).toBeLessThan(14)
  expect((await source.draw(7)).name).toBe(names[7])
  expect(source.heldOut.count).toBe(2)
  expect(source.name).toMatch(/3 labelled cases of .*, 2 more held out \(seed 1\); generated cases, seed 1/)
})

test('where there are no labels, or a landmark is not named, nothing is learned from them', async () => {
  const where = await changed('landmarks-only', (path) => {
    rmSync(join(path, 'labels.nii.gz'))
    const file = JSON.parse(readFileSync(join(path, 'landmarks.mrk.json'), 'utf8'))
    writeFileSync(join(path, 'landmarks.mrk.json'), JSON.stringify(file))
  })
  const configuration = labelled(1, where)
  const trainingCase = await openCases(configuration, await surveyCases(configuration)).draw(0)
  expect(trainingCase.labels).toBeNull()
  const known = { ...trainingCase, landmarks: trainingCase.landmarks.slice(1) }
  const sample = applySample(sampleAugmentation(configuration, known, createRandom(1)), configuration, known)
  expect([...sample.labelMask.data]).toEqual([0])
  expect([...sample.landmarkMask.data]).toEqual([0, 1, 1])
})

test('labels alone determine how an ear lies', async () => {
  const where = await changed('labels-only', withoutLandmarks)
  const [found] = (await surveyFolder(where)).cases
  const [whole] = (await surveyFolder(folder)).cases
  expect(found?.ears[0]?.frame.side).toBe(whole?.ears[0]?.frame.side)
  expect(found?.ears[0]?.landmarks).toEqual([])
})

test('a case that changed is noticed', async () => {
  const before = fingerprintOf(await surveyCases(labelled(1)))
  const where = await changed('corrected', () => {})
  expect(fingerprintOf(await surveyCases(labelled(1, where)))).not.toBe(before)
  expect(fingerprintOf([])).toBe('')
})

test('a scan or a label that changed is noticed, even where its file is as long as before', async () => {
  const plain = { scan: (path: string) => join(path, 'ct.nii'), labels: (path: string) => join(path, 'labels.nii') }
  const where = await changed('plain', async (path) => {
    const [{ scan }, labels] = [
      await readScan(join(path, 'ct.nii.gz')),
      await readLabelMap(join(path, 'labels.nii.gz'))
    ]
    for (const name of ['ct.nii.gz', 'labels.nii.gz']) rmSync(join(path, name))
    writeFileSync(plain.scan(path), encodeNifti(scan))
    writeFileSync(plain.labels(path), encodeNifti(labels))
  })
  const fingerprints = [fingerprintOf(await surveyCases(labelled(1, where)))]
  for (const file of [plain.scan(join(where, 'a')), plain.labels(join(where, 'a'))]) {
    const bytes = readFileSync(file)
    const at = bytes.findLastIndex((byte) => byte !== 0)
    bytes[at] = (bytes[at] as number) ^ 1
    writeFileSync(file, bytes)
    fingerprints.push(fingerprintOf(await surveyCases(labelled(1, where))))
  }
  expect(new Set(fingerprints).size).toBe(3)
})

test('a scan under two names gets a note', async () => {
  const where = await changed('twice', (path) => cpSync(path, join(path, '..', 'b'), { recursive: true }))
  expect((await surveyFolder(where)).notes).toEqual(['b has the same scan as a: both are trained on, or neither'])
})

test.each<[string, (path: string) => void | Promise<void>, RegExp]>([
  ['no scan', (path) => rmSync(join(path, 'ct.nii.gz')), /ct\.nii\.gz: is missing, the scan of case/],
  [
    'no truth',
    (path) => {
      rmSync(join(path, 'labels.nii.gz'))
      rmSync(join(path, 'landmarks.mrk.json'))
      rmSync(join(path, 'truth.json'))
    },
    /holds neither labels nor landmarks/
  ],
  ['two scans', (path) => cpSync(join(path, 'ct.nii.gz'), join(path, 'ct.nrrd')), /of which only one can be meant/],
  ['a broken side', (path) => writeFileSync(join(path, 'truth.json'), '{"side": "up"}'), /is not a truth/],
  ['no markups', (path) => writeFileSync(join(path, 'landmarks.mrk.json'), '[]'), /is not a 3D Slicer markups file/],
  ['other labels', (path) => relabel(path, (label) => label * 2), /holds the label [46]; labels are 1 cochlea/],
  [
    'one label',
    (path) => relabel(path, (label) => Math.min(label, 1)),
    /outlines the labyrinth as one label, which cannot be used to train the parts/
  ]
])('a case with %s is refused by name', async (what, change, says) => {
  const where = await changed(`refused: ${what}`, change)
  await expect(surveyFolder(where)).rejects.toThrow(says)
})

async function relabel(path: string, map: (label: number) => number): Promise<void> {
  const { geometry, data } = await readLabelMap(join(path, 'labels.nii.gz'))
  writeFileSync(join(path, 'labels.nii.gz'), encodeNifti(createVolume(geometry, data.map(map)), { gzip: true }))
}

test('a folder without cases is refused, and one that is not there', async () => {
  mkdirSync(join(scratch, 'empty'))
  await expect(surveyFolder(join(scratch, 'empty'))).rejects.toThrow(/holds no case/)
  await expect(surveyFolder(join(scratch, 'nowhere'))).rejects.toThrow(/no such file or folder/)
})

import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Model } from '../../src/analyze/model.ts'
import { createVolume } from '../../src/core/volume.ts'
import { evaluation } from '../../src/evaluate/evaluation.ts'
import { decodeCsv } from '../../src/io/csv.ts'
import { encodeMarkups } from '../../src/io/markups.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import {
  boneScan,
  groundTruthModel,
  type KnownEar,
  meanShape,
  trueLabels,
  trueLandmarks,
  uprightFrame
} from '../analyze/analytic-network.ts'
import { writeModelFolder } from '../support/empty-model.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const ear: KnownEar = { frame: uprightFrame('right', [1, 1, 2]), shape: meanShape }
const opened = vi.hoisted(() => ({ model: undefined as Model | undefined }))

// The networks in the model folder are empty; what is opened in their place predicts the known ear.
vi.mock('../../src/analyze/open-model.ts', async (original) => ({
  ...(await original<typeof import('../../src/analyze/open-model.ts')>()),
  openModel: async () => opened.model
}))

const bone = boneScan([0, 0, 0], [48, 48, 48], [0.7, 0.7, 0.7])
// Some voxels of air: without them the values could not be told to be Hounsfield units.
const scan = { ...bone, data: bone.data.map((value, at) => (at % 50 === 7 ? -1000 + (at % 11) : value)) }
const labels = encodeNifti(createVolume(scan.geometry, trueLabels(ear, scan.geometry)), { gzip: true })
const [helicotrema, oval, round] = trueLandmarks(ear)
const truth = JSON.stringify({ side: 'right', landmarks: { helicotrema, oval_window: oval, round_window: round } })

/** Cases with the known ear; the scan of one called `cut` is cut off. */
function casesIn(name: string, ids: readonly string[]): string {
  const folder = join(scratch, name)
  const image = encodeNifti(scan, { gzip: true })
  for (const id of ids) {
    mkdirSync(join(folder, id), { recursive: true })
    writeFileSync(join(folder, id, 'ct.nii.gz'), id === 'cut' ? image.subarray(0, image.length / 2) : image)
    writeFileSync(join(folder, id, 'labels.nii.gz'), labels)
    writeFileSync(join(folder, id, 'truth.json'), truth)
  }
  return folder
}

async function evaluate(cases: string, output: string, seen: readonly KnownEar[]) {
  opened.model = groundTruthModel(seen)
  return runCli('evaluate', cases, '--output', output, '--model', await writeModelFolder(join(scratch, 'model')))
}

const read = (output: string) => evaluation.parse(JSON.parse(readFileSync(join(output, 'evaluation.json'), 'utf8')))

test('a model that predicts the ground truth scores as such, and a broken case stops nothing', async () => {
  const [cases, output] = [casesIn('known', ['a', 'cut']), join(scratch, 'evaluated')]
  const { code, out, err } = await evaluate(cases, output, [ear])
  expect([code, out]).toEqual([3, `1 of 2 cases evaluated, 1 failed; written to ${output}\n`])
  expect(err).toMatch(/cut\/ct\.nii\.gz: its compressed data is damaged or truncated/)
  const { summary, failed, waiting } = read(output)
  expect([failed.map(({ id, exitCode }) => [id, exitCode]), waiting]).toEqual([[['cut', 3]], 0])
  expect(summary.outlines.labyrinth?.dice.mean).toBeGreaterThan(0.85)
  expect(summary.landmarks.all).toMatchObject({ known: 3, found: 3, withinHalf: 1 })
  expect([summary.sides, summary.ears.missed]).toEqual([{ judged: 1, correct: 1 }, 0])
  expect(decodeCsv(readFileSync(join(output, 'cases.csv'), 'utf8')).map(([id]) => id)).toEqual(['id', 'a'])
  expect(readFileSync(join(output, 'evaluation.md'), 'utf8')).toContain(
    'cut/ct.nii.gz: its compressed data is damaged or truncated'
  )
})

test('a model that sees nothing has missed the ear', async () => {
  const [cases, output] = [casesIn('unseen', ['a']), join(scratch, 'missed')]
  expect((await evaluate(cases, output, [])).code).toBe(0)
  const { summary } = read(output)
  expect(summary.ears).toMatchObject({ known: 1, found: 0, missed: 1 })
  expect(summary.outlines.labyrinth).toMatchObject({ dice: { n: 1, mean: 0 }, hausdorff95: null })
  expect(summary.landmarks.all).toMatchObject({ missed: 3, withinOne: 0 })
})

test('what another program predicted is evaluated past what is missing, and only what changed is evaluated again', async () => {
  const cases = casesIn('theirs', ['a', 'b', 'c'])
  const [output, predictions] = [join(scratch, 'read'), join(scratch, 'predictions')]
  mkdirSync(predictions)
  for (const id of ['a', 'b']) writeFileSync(join(predictions, `${id}.nii.gz`), labels)
  const run = () => runCli('evaluate', cases, '--output', output, '--predictions', predictions)
  const first = await run()
  expect([first.code, first.out]).toEqual([3, `2 of 3 cases evaluated, 1 failed; written to ${output}\n`])
  expect(first.err).toMatch(/predictions: holds no prediction of c/)
  const { summary } = read(output)
  expect(summary.outlines.vestibule).toMatchObject({ dice: { n: 2, mean: 1 }, averageHausdorff: { mean: 0 } })
  expect(summary.landmarks.oval_window).toMatchObject({ known: 0, found: 0, missed: 0 })
  expect(summary.sides.judged).toBe(0)

  const kept = statSync(join(output, 'cases', 'a.json')).mtimeMs
  const landmarks = [
    { id: 'oval_window', status: 'defined', confidence: 1, position: oval ?? expect.unreachable() } as const
  ]
  writeFileSync(join(predictions, 'b.mrk.json'), encodeMarkups([{ landmarks }]))
  writeFileSync(join(predictions, 'c.nii.gz'), labels)
  const second = await run()
  expect([second.code, second.out]).toEqual([0, `3 of 3 cases evaluated, 0 failed; written to ${output}\n`])
  expect(statSync(join(output, 'cases', 'a.json')).mtimeMs).toBe(kept)
  expect(read(output).summary.landmarks.oval_window).toMatchObject({ known: 1, found: 1, error: { mean: 0 } })

  for (const id of ['a', 'c']) rmSync(join(predictions, `${id}.nii.gz`))
  writeFileSync(join(predictions, 'a.mrk.json'), encodeMarkups([{ landmarks }]))
  writeFileSync(join(predictions, 'c.mrk.json'), encodeMarkups([{ landmarks: [] }]))
  expect((await run()).code).toBe(0)
  const halves = read(output).summary
  expect(halves.outlines.labyrinth?.dice).toMatchObject({ n: 1, mean: 1 })
  expect(halves.landmarks.oval_window).toMatchObject({ known: 3, found: 2, missed: 1 })
})

test('figures are made again where what the numbers of labels mean is corrected, or the scan is another', async () => {
  const [cases, predictions, output] = [join(scratch, 'named'), join(scratch, 'named-p'), join(scratch, 'named-o')]
  const put = (path: string, content: Uint8Array | object): void => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content instanceof Uint8Array ? content : JSON.stringify(content))
  }
  const names = (cochlea: number, vestibule: number) => ({ labels: { background: 0, cochlea, vestibule, canals: 3 } })
  const image = join(cases, 'imagesTr/a_0000.nii.gz')
  put(image, encodeNifti(scan, { gzip: true }))
  put(join(cases, 'labelsTr/a.nii.gz'), labels)
  put(join(predictions, 'a.nii.gz'), labels)
  const run = async (truth: object, predicted: object) => {
    put(join(cases, 'dataset.json'), truth)
    put(join(predictions, 'dataset.json'), predicted)
    await runCli('evaluate', cases, '--output', output, '--predictions', predictions)
    return read(output).summary.outlines.cochlea?.dice.mean
  }
  expect(await run(names(1, 2), names(1, 2))).toBe(1)
  expect(await run(names(2, 1), names(1, 2))).toBe(0)
  expect(await run(names(2, 1), names(2, 1))).toBe(1)
  const record = join(output, 'cases', 'a.json')
  const kept = statSync(record).mtimeMs
  await run(names(2, 1), names(2, 1))
  expect(statSync(record).mtimeMs).toBe(kept)
  put(image, encodeNifti(scan, { gzip: true, description: 'another' }))
  await run(names(2, 1), names(2, 1))
  expect(statSync(record).mtimeMs).toBeGreaterThan(kept)
})

test('labels that do not say what their numbers mean are refused beside a truth with numbers of its own, and one number gets a note', async () => {
  const [cases, predictions, output] = [join(scratch, 'unsaid'), join(scratch, 'unsaid-p'), join(scratch, 'unsaid-o')]
  for (const folder of ['imagesTr', 'labelsTr']) mkdirSync(join(cases, folder), { recursive: true })
  mkdirSync(predictions)
  writeFileSync(join(cases, 'imagesTr', 'a_0000.nii.gz'), encodeNifti(scan, { gzip: true }))
  writeFileSync(join(cases, 'labelsTr', 'a.nii.gz'), labels)
  const run = (names: object, predicted: Uint8Array) => {
    writeFileSync(join(cases, 'dataset.json'), JSON.stringify({ labels: names }))
    writeFileSync(join(predictions, 'a.nii.gz'), predicted)
    return runCli('evaluate', cases, '--output', output, '--predictions', predictions)
  }
  const refused = await run({ background: 0, vestibule: 1, cochlea: 2, canals: 3 }, labels)
  expect([refused.code, refused.err]).toEqual([
    3,
    expect.stringMatching(/a\.nii\.gz: does not say what its numbers mean, .* put the dataset\.json/)
  ])
  const map = createVolume(
    scan.geometry,
    trueLabels(ear, scan.geometry).map((label) => (label === 1 ? 1 : 0))
  )
  const noted = await run({ background: 0, cochlea: 1, vestibule: 2, canals: 3 }, encodeNifti(map, { gzip: true }))
  expect([noted.code, noted.err]).toEqual([0, expect.stringMatching(/predicted a\.nii\.gz: holds no label but 1/)])
})

test('how files were read is printed and kept with the case: an sform and a qform that differ', async () => {
  const [cases, predictions, output] = [join(scratch, 'noted'), join(scratch, 'noted-p'), join(scratch, 'noted-o')]
  const moved = (image: Uint8Array): Uint8Array => {
    const view = new DataView(image.buffer, image.byteOffset)
    const offset = 292 // srow_x[3], nifti1.h
    view.setFloat32(offset, view.getFloat32(offset, true) + 1, true)
    return image
  }
  for (const folder of [join(cases, 'a'), predictions]) mkdirSync(folder, { recursive: true })
  const map = createVolume(scan.geometry, trueLabels(ear, scan.geometry))
  writeFileSync(join(cases, 'a', 'ct.nii'), moved(encodeNifti(scan)))
  writeFileSync(join(cases, 'a', 'labels.nii'), moved(encodeNifti(map)))
  writeFileSync(join(predictions, 'a.nii'), moved(encodeNifti(map)))
  const run = () => runCli('evaluate', cases, '--output', output, '--predictions', predictions)
  const text = 'its sform and qform put voxels up to 1.00 mm apart: the sform is taken'
  const notes = ['labels.nii', 'ct.nii', 'predicted a.nii'].map((name) => `${name}: ${text}`)
  for (const { code, err } of [await run(), await run()]) {
    expect([code, err.match(/^otomark: a: .*$/gm)]).toEqual([0, notes.map((note) => `otomark: a: ${note}`)])
  }
  expect(JSON.parse(readFileSync(join(output, 'cases', 'a.json'), 'utf8')).notes).toEqual(notes)
})

test('somebody’s own files are not replaced, and a model and predictions exclude each other', async () => {
  const [cases, output] = [casesIn('own', ['a']), join(scratch, 'own-output')]
  mkdirSync(output)
  writeFileSync(join(output, 'cases.csv'), 'mine')
  const own = await evaluate(cases, output, [ear])
  expect([own.code, own.err]).toEqual([3, expect.stringMatching(/cases\.csv: is no result of otomark/)])
  expect(readFileSync(join(output, 'cases.csv'), 'utf8')).toBe('mine')
  const both = await runCli('evaluate', cases, '--output', output, '--model', 'x', '--predictions', 'y')
  expect([both.code, both.err]).toEqual([2, expect.stringMatching(/cannot be used together/)])
})

test('no file of an evaluation holds the folders above what was given', () => {
  const texts = ['evaluated', 'read'].flatMap((folder) => {
    const entries = readdirSync(join(scratch, folder), { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
  })
  expect(texts.length).toBeGreaterThan(10)
  for (const text of texts) expect(text).not.toContain(scratch)
})

import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createGeometry, voxelCount } from '../../src/core/geometry/geometry.ts'
import { identity3, type Vector3 } from '../../src/core/math/vector.ts'
import { createVolume, type Volume } from '../../src/core/volume.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { Graph } from '../../src/onnx/graph.ts'
import { relu } from '../../src/onnx/operators/activation.ts'
import { emptyNetwork, writeModelFolder } from '../support/empty-model.ts'
import { niftiBytes, nrrdBytes } from '../support/image-bytes.ts'
import { asNobody } from '../support/nobody.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { writeDicomSeries } from '../support/write-dicom-series.ts'

const scratch = scratchFolder()
const model = join(scratch, 'model')
const temporary = join(scratch, 'temporary')
/** A scan that can be read: a ball of bone in air, 40 mm wide. */
const ball = scanOf([40, 40, 40], 1, (i, j, k) =>
  Math.hypot(i - 20, j - 20, k - 20) < 15 ? 1500 : -1000 + ((i + 2 * j + 3 * k) % 11)
)

beforeAll(async () => {
  // Also nobody, who is not root, may write here; temporary files have a folder of their own, to see what is left there.
  await chmod(scratch, 0o777)
  await mkdir(temporary)
  vi.stubEnv('TMPDIR', temporary)
  await writeModelFolder(model)
})

afterAll(() => vi.unstubAllEnvs())

function scanOf(size: Vector3, mm: number, valueAt: (i: number, j: number, k: number) => number): Volume<Int16Array> {
  const geometry = createGeometry({ size, spacing: [mm, mm, mm], origin: [0, 0, 0], direction: identity3 })
  const data = new Int16Array(voxelCount(geometry))
  const [nx, ny] = size
  for (const at of data.keys()) data[at] = valueAt(at % nx, Math.floor(at / nx) % ny, Math.floor(at / nx / ny))
  return createVolume(geometry, data)
}

/** Writes a file into a folder of its own. @returns its path */
async function file(name: string, content: Uint8Array | string): Promise<string> {
  const folder = join(scratch, `input-${(await readdir(scratch)).length}`)
  await mkdir(folder)
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

/** Analyses an input that must be refused: one line on stderr, nothing on stdout, nothing written, nothing left over. */
async function expectRefusal(
  input: string,
  expected: { code: number; says: RegExp },
  ...flags: string[]
): Promise<void> {
  const output = join(scratch, 'made', 'for', 'this')
  const { code, out, err } = await runCli('analyze', input, '--output', output, '--model', model, '--json', ...flags)
  expect.soft(err).toMatch(expected.says)
  expect.soft(err).toMatch(/^otomark: [^\n]+\n$/)
  expect.soft(err).not.toMatch(/\bat .*:\d+:\d+|this is a bug/)
  expect.soft(out).toBe('')
  expect(code).toBe(expected.code)
  expect(existsSync(join(scratch, 'made'))).toBe(false)
  expect(await readdir(temporary)).toEqual([])
}

const ballBytes = niftiBytes(ball)

/** Inputs by what is wrong with them: the file's name and content, the exit code and what is said. */
const badFiles: readonly (readonly [what: string, name: string, content: () => Uint8Array | string, says: RegExp])[] = [
  ['an empty file', 'empty.nii.gz', () => '', /empty\.nii\.gz: is empty/],
  ['a truncated file', 'cut.nii', () => ballBytes.subarray(0, 50_000), /cut\.nii: is truncated/],
  [
    'a truncated compressed file',
    'cut.nii.gz',
    () => gzipSync(ballBytes).subarray(0, 500),
    /cut\.nii\.gz: .*truncated/
  ],
  ['a damaged compressed file', 'bad.nii.gz', () => gzipSync(ballBytes).fill(7, 60, 90), /bad\.nii\.gz: .*damaged/],
  ['text named .nii.gz', 'text.nii.gz', () => 'Dear radiologist,\n', /text\.nii\.gz: .*NIfTI/],
  ['text of no known kind', 'letter.txt', () => 'Dear radiologist,\n', /letter\.txt: .*give a NIfTI/],
  ['text named .dcm', 'text.dcm', () => 'Dear radiologist,\n', /text\.dcm: is not a DICOM file/],
  ['a 2-D image', 'flat.nii', () => niftiBytes(scanOf([64, 64, 1], 1, (i) => i)), /flat\.nii: is a 2-D image/],
  [
    'a series of volumes',
    'time.nii',
    () => niftiBytes(ball, { dim: [4, 40, 40, 20, 2, 1, 1, 1] }),
    /time\.nii: holds several/
  ],
  ['a colour image', 'colour.nii', () => niftiBytes(ball, { datatype: 128 }), /colour\.nii: .*colour/],
  [
    'a colour image in NRRD',
    'colour.nrrd',
    () =>
      nrrdBytes(ball, {
        fields: {
          dimension: '4',
          sizes: '3 40 40 20',
          kinds: 'RGB-color domain domain domain',
          'space directions': 'none (1,0,0) (0,1,0) (0,0,1)'
        }
      }),
    /colour\.nrrd: .*colour/
  ],
  [
    'a scan with NaN',
    'nan.nii',
    () => niftiBytes({ ...ball, data: Float32Array.from(ball.data, (value, at) => (at === 999 ? Number.NaN : value)) }),
    /nan\.nii: .*(NaN|not a number|finite)/i
  ],
  [
    'a constant image',
    'constant.nii',
    () => niftiBytes(scanOf([32, 32, 32], 1, () => 40)),
    /constant\.nii: is constant/
  ],
  ['an 8-bit picture', 'window.nii', () => niftiBytes(scanOf([32, 32, 32], 1, (i) => i)), /window\.nii: .*Hounsfield/],
  [
    '5 × 5 × 5 voxels',
    'tiny.nii',
    () => niftiBytes(scanOf([5, 5, 5], 1, (i) => 100 * i - 500)),
    /tiny\.nii: is too small/
  ],
  [
    'a huge declared size',
    'huge.nii',
    () => niftiBytes(ball, { dim: [3, 30000, 30000, 30000, 1, 1, 1, 1] }),
    /huge\.nii: declares 30000 × 30000 × 30000/
  ],
  [
    'a size the file cannot hold',
    'short.nii',
    () => niftiBytes(ball, { dim: [3, 900, 900, 900, 1, 1, 1, 1] }),
    /short\.nii: is truncated/
  ],
  [
    'a size its compressed data cannot hold',
    'bomb.nii.gz',
    () => gzipSync(niftiBytes(ball, { dim: [3, 900, 900, 900, 1, 1, 1, 1] })),
    /bomb\.nii\.gz: is truncated/
  ],
  [
    'a zip that leads out of its folder',
    'escape.zip',
    () => zipSync({ '../../evil.dcm': ballBytes }),
    /escape\.zip: .*leads out of the archive/
  ],
  [
    'a zip without DICOM',
    'letters.zip',
    () => zipSync({ 'letter.txt': ballBytes }),
    /letters\.zip: holds no DICOM file; give .* NIfTI, NRRD or MetaImage file itself/
  ],
  ['a truncated zip', 'cut.zip', () => zipSync({ 'a.dcm': ballBytes }).subarray(0, 200), /cut\.zip: .*truncated/]
]

test.each(badFiles)('%s is refused', async (_, name, content, says) => {
  await expectRefusal(await file(name, content()), { code: 3, says })
})

test('a missing file is refused', () =>
  expectRefusal(join(scratch, 'none.nii'), { code: 3, says: /none\.nii: no such file/ }))

test('a folder without DICOM is refused', async () => {
  const path = await file('letter.txt', 'Dear radiologist,\n')
  await expectRefusal(join(path, '..'), { code: 3, says: /holds no DICOM file/ })
})

test('a file without the right to read it is refused', async () => {
  const path = await file('secret.nii', ballBytes)
  await chmod(path, 0)
  await asNobody(scratch, () => expectRefusal(path, { code: 3, says: /secret\.nii: no permission to read it/ }))
})

test('a scan without an ear gets its own exit code', async () => {
  await expectRefusal(await file('ball.nii', ballBytes), { code: 4, says: /ball\.nii: no inner ear was found.*check/ })
})

test('with it comes what was noted when the scan was read, in a cohort, too: it often says why', async () => {
  const noted =
    /no inner ear was found .*\(noted when it was read: it does not say where it lies \(space origin\): .*\)/
  const path = await file('ball.nrrd', nrrdBytes(ball, { fields: { 'space origin': undefined } }))
  await expectRefusal(path, { code: 4, says: noted })
  const cohort = join(scratch, 'cohort')
  await runCli('analyze', join(path, '..'), '--cohort', cohort, '--model', model)
  expect(await readFile(join(cohort, 'errors.csv'), 'utf8')).toMatch(noted)
})

test('slices too thick to show an ear get the same', async () => {
  const thick = niftiBytes(scanOf([40, 40, 40], 4, (i, j, k) => i + j + k - 1000))
  await expectRefusal(await file('thick.nii', thick), { code: 4, says: /thick\.nii: .*4\.00 mm/ })
  const unit = /thick\.nrrd: .*4\.00 mm.* \(noted when it was read: its unit of length \(ell\) is not known: .*\)/
  const strange = nrrdBytes(
    scanOf([40, 40, 40], 4, (i, j, k) => i + j + k - 1000),
    {
      fields: { 'space units': '"ell" "ell" "ell"' }
    }
  )
  await expectRefusal(await file('thick.nrrd', strange), { code: 4, says: unit })
})

test('a DICOM series with a missing slice is refused, and the gap is named', async () => {
  const folder = join(scratch, 'gap')
  await writeDicomSeries(ball, folder, { edit: (slice, k) => (k === 20 ? undefined : slice) })
  await expectRefusal(folder, { code: 3, says: /gap: .*missing/ })
})

test('several DICOM series are listed, to choose one by --series', async () => {
  const folder = join(scratch, 'two')
  for (const seriesNumber of [3, 4])
    await writeDicomSeries(ball, folder, { seriesNumber, prefix: `series${seriesNumber}` })
  await expectRefusal(folder, { code: 2, says: /two: .*--series/ })
  await expectRefusal(folder, { code: 2, says: /two: .*5/ }, '--series', '5')
})

/** Model folders by what is wrong with them. */
const badModels: readonly (readonly [what: string, files: Parameters<typeof writeModelFolder>[1], says: RegExp])[] = [
  ['text', { detector: 'Dear radiologist,\n' }, /detector\.onnx: .*not an ONNX model/],
  ['an empty file', { segmenter: '' }, /segmenter\.onnx: /],
  ['ONNX of another program', { detector: foreignModel() }, /detector\.onnx: .*no otomark description/],
  ['the detector in the place of the segmenter', { segmenter: emptyNetwork('detector') }, /segmenter\.onnx: its role/],
  [
    'labels of another kind',
    { detector: emptyNetwork('detector', { labels: ['background', 'a', 'b', 'c'] }) },
    /detector\.onnx: its labels/
  ],
  ['a truncated file', { detector: emptyNetwork('detector').subarray(0, 700) }, /detector\.onnx: /]
]

function foreignModel(): Uint8Array {
  const graph = new Graph()
  graph.output('y', relu(graph, graph.input('x', [1])))
  return encodeGraph(graph)
}

test.each(badModels)('a model that is %s is refused', async (what, files, says) => {
  const folder = await writeModelFolder(join(scratch, `model ${what}`), files)
  await expectRefusal(await file('ball.nii', ballBytes), { code: 3, says }, '--model', folder)
})

test('an unknown model is refused', async () => {
  const folder = join(scratch, 'no-model')
  await expectRefusal(
    await file('ball.nii', ballBytes),
    { code: 3, says: /no-model: .*detector\.onnx/ },
    '--model',
    folder
  )
})

test('a number of threads that is none is refused', async () => {
  await expectRefusal(await file('ball.nii', ballBytes), { code: 2, says: /--threads 0/ }, '--threads', '0')
})

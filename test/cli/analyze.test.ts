import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Model } from '../../src/analyze/model.ts'
import { sameGrid } from '../../src/core/geometry/geometry.ts'
import { connectedComponents } from '../../src/core/image/components.ts'
import { distance } from '../../src/core/math/vector.ts'
import { decodeNifti } from '../../src/io/nifti/decode.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { analysisResult } from '../../src/report/result.ts'
import {
  boneScan,
  type KnownEar,
  knowingModel,
  meanShape,
  trueLandmarks,
  uprightFrame
} from '../analyze/analytic-network.ts'
import { writeModelFolder } from '../support/blind-model.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const right: KnownEar = { frame: uprightFrame('right', [-16, 1, 2]), shape: meanShape }
const left: KnownEar = { frame: uprightFrame('left', [17, 0, 1]), shape: meanShape }
const opened = vi.hoisted(() => ({ model: undefined as Model | undefined }))

// The files in the model folder are blind; what is opened from them sees the known ears.
vi.mock('../../src/analyze/open-model.ts', async (original) => ({
  ...(await original<typeof import('../../src/analyze/open-model.ts')>()),
  openModel: async () => opened.model
}))

const scan = boneScan([0, 0, 0], [140, 80, 70], [0.5, 0.5, 0.5], [-1, 0, 0, 0, -1, 0, 0, 0, 1])
const files = [
  'cochlea.stl',
  'labels.nii.gz',
  'labyrinth.stl',
  'landmarks.mrk.json',
  'report.html',
  'result.json',
  'semicircular_canals.stl',
  'vestibule.stl'
]
let folders = 0

async function analyzed(ears: readonly KnownEar[], ...flags: string[]) {
  opened.model = knowingModel(ears)
  const [input, output] = [join(scratch, 'head.nii.gz'), join(scratch, `out-${++folders}`)]
  // Some voxels of air: without them the values could not be told to be Hounsfield units.
  const data = scan.data.map((value, at) => (at % 50 === 7 ? -1000 + (at % 11) : value))
  writeFileSync(input, encodeNifti({ ...scan, data }, { gzip: true }))
  const model = await writeModelFolder(join(scratch, 'model'))
  const outcome = await runCli('analyze', input, '--model', model, '--output', output, ...flags)
  return { ...outcome, output, read: (name: string) => readFileSync(join(output, name)) }
}

test('analyze writes labels, landmarks, surface and result, and prints a table', async () => {
  const { code, out, err, output, read } = await analyzed([right])
  expect([code, readdirSync(output).sort()]).toEqual([0, files])
  expect(out).toMatch(/Right ear.*Helicotrema.*Labyrinth.*not a medical device.*Written to/s)
  expect(err).toMatch(/finding ears: .*outlining ears: /s)

  const labels = await decodeNifti(read('labels.nii.gz'), 'labels.nii.gz')
  expect(sameGrid(labels.geometry, scan.geometry)).toBe(true)
  const mask = Uint8Array.from(labels.data, (label) => (label > 0 ? 1 : 0))
  expect(connectedComponents(scan.geometry, mask).components[0]?.voxels).toBeGreaterThan(140 / 0.5 ** 3)

  const { markups } = JSON.parse(read('landmarks.mrk.json').toString())
  const [helicotrema] = trueLandmarks(right)
  expect(markups).toHaveLength(1)
  expect(markups[0].controlPoints[0].label).toBe('Helicotrema')
  expect(distance(markups[0].controlPoints[0].position, helicotrema ?? [0, 0, 0])).toBeLessThan(0.1)

  const stl = read('labyrinth.stl')
  expect(stl.length).toBe(84 + 50 * stl.readUInt32LE(80))
  expect(stl.readUInt32LE(80)).toBeGreaterThan(1000)

  const result = analysisResult.parse(JSON.parse(read('result.json').toString()))
  expect(result.ears.map(({ side }) => side)).toEqual(['right'])
  // Voxels of 0.5 mm count whole or not at all; the volume in the result counts their parts. The evidence of this
  // test's networks rises by 10 in a mm, so that what occupancy takes off a trained network's is 0.1 mm of wall here.
  const counted = mask.reduce((sum, inside) => sum + inside, 0) * 0.5 ** 3
  expect(Math.abs((result.ears[0]?.volumes.labyrinth ?? 0) / counted - 1)).toBeLessThan(0.2)
})

test('analyze --surfaces writes the formats that are asked for', async () => {
  const { code, output, read } = await analyzed([right], '--surfaces', 'obj,GLB')
  const scenes = ['labyrinth.glb', 'labyrinth.mtl', 'labyrinth.obj']
  expect([code, readdirSync(output).sort()]).toEqual([
    0,
    [...files.filter((name) => !name.endsWith('.stl')), ...scenes].sort()
  ])
  expect(read('labyrinth.obj').toString()).toContain('o Semicircular_canals_right\n')
  expect(read('labyrinth.glb').toString('latin1', 0, 4)).toBe('glTF')
})

test('analyze refuses a surface format it does not know before it looks at the scan', async () => {
  const { code, err } = await runCli('analyze', 'no-such-scan.nii', '--surfaces', 'stl,vrml')
  expect([code, err]).toEqual([
    2,
    'otomark: --surfaces stl,vrml: "vrml" is not one of stl, obj, ply, glb or none; see otomark --help\n'
  ])
})

test('analyze --pdf without a browser fails before the long work, with exit code 5', async () => {
  vi.stubEnv('OTOMARK_BROWSER', join(scratch, 'no-browser'))
  const { code, err } = await runCli('analyze', 'no-such-scan.nii', '--pdf')
  vi.unstubAllEnvs()
  expect(code).toBe(5)
  expect(err).toMatch(/^otomark: printing a PDF: .*cannot be run; install one/)
})

test('analyze --json prints result.json and nothing else', async () => {
  const { code, out, err, read } = await analyzed([right], '--json')
  expect([code, out, err]).toEqual([0, read('result.json').toString(), ''])
})

test('analyze names its folder after the input, so that scans of different names do not share one', async () => {
  opened.model = knowingModel([])
  const model = await writeModelFolder(join(scratch, 'model'))
  const told = async (name: string): Promise<string> => {
    mkdirSync(join(scratch, name))
    writeFileSync(`${name}-otomark`.replace('.nii.gz', ''), '')
    return (await runCli('analyze', join(scratch, name), '--model', model)).err
  }
  const here = process.cwd()
  process.chdir(scratch)
  try {
    // A file lies where the folder would be made, so the refusal tells the folder's name.
    expect(await told('study.1')).toMatch(/^otomark: study\.1-otomark: cannot be written/)
    expect(await told('head.2.nii.gz')).toMatch(/^otomark: head\.2-otomark: cannot be written/)
  } finally {
    process.chdir(here)
  }
})

test('analyze names the side of each landmark where it finds two ears', async () => {
  const { out, read } = await analyzed([right, left])
  const { markups } = JSON.parse(read('landmarks.mrk.json').toString())
  const names = markups.flatMap((list: { controlPoints: { label: string }[] }) =>
    list.controlPoints.map((p) => p.label)
  )
  expect(names).toContain('Right oval window')
  expect(names).toContain('Left oval window')
  expect(out).toMatch(/Right ear/)
  expect(out).toMatch(/Left ear/)
})

test('analyze --electrode adds depth, angle and frequency along the electrode to result and table', async () => {
  const { code, out, read } = await analyzed([right], '--electrode', '20')
  expect(code).toBe(0)
  const [ear] = analysisResult.parse(JSON.parse(read('result.json').toString())).ears
  const rows = ear?.electrode?.rows ?? []
  expect(rows.map(({ depth }) => depth)).toEqual(Array.from({ length: 21 }, (_, mm) => mm))
  for (const [n, row] of rows.slice(1).entries()) {
    expect(row.angle).toBeGreaterThan(rows[n]?.angle ?? Number.NaN)
    expect(row.frequency).toBeLessThan(rows[n]?.frequency ?? Number.NaN)
  }
  expect(out).toContain('frequency, Hz')
  const refused = await analyzed([right], '--electrode', '-3')
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('--electrode -3') })
})

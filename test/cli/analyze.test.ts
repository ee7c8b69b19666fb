import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Model } from '../../src/analyze/model.ts'
import { sameGrid } from '../../src/core/geometry/geometry.ts'
import { connectedComponents } from '../../src/core/image/components.ts'
import { distance } from '../../src/core/math/vector.ts'
import { decodeNifti } from '../../src/io/nifti/decode.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { analysisResult } from '../../src/report/result.ts'
import {
  boneScan,
  groundTruthModel,
  type KnownEar,
  meanShape,
  trueLandmarks,
  uprightFrame
} from '../analyze/analytic-network.ts'
import { writeModelFolder } from '../support/empty-model.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const right: KnownEar = { frame: uprightFrame('right', [-15.5, 1, 2]), shape: meanShape }
const left: KnownEar = { frame: uprightFrame('left', [15.5, 0, 1]), shape: meanShape }
const opened = vi.hoisted(() => ({ model: undefined as Model | undefined }))

// The networks in the model folder are empty; what is opened in their place predicts the known ears.
vi.mock('../../src/analyze/open-model.ts', async (original) => ({
  ...(await original<typeof import('../../src/analyze/open-model.ts')>()),
  openModel: async () => opened.model
}))

// Voxels that are neither divided nor interpolated where the boundary is placed and surfaces are drawn.
const scan = boneScan([0, 0, 0], [216, 104, 104], [0.25, 0.25, 0.25], [-1, 0, 0, 0, -1, 0, 0, 0, 1])
const surfaces = ['cochlea.stl', 'labyrinth.stl', 'semicircular_canals.stl', 'vestibule.stl']
const others = ['labels.nii.gz', 'landmarks.mrk.json', 'report.html', 'result.json']
let folders = 0

async function analyzed(ears: readonly KnownEar[], ...flags: string[]) {
  opened.model = groundTruthModel(ears)
  const [input, output] = [join(scratch, 'head.nii.gz'), join(scratch, `out-${++folders}`)]
  // Some voxels of air: without them the values could not be told to be Hounsfield units.
  const data = scan.data.map((value, at) => (at % 50 === 7 ? -1000 + (at % 11) : value))
  writeFileSync(input, encodeNifti({ ...scan, data }, { gzip: true }))
  const model = await writeModelFolder(join(scratch, 'model'))
  const outcome = await runCli('analyze', input, '--model', model, '--output', output, ...flags)
  return { ...outcome, output, read: (name: string) => readFileSync(join(output, name)) }
}

describe('analyze --json on one ear', () => {
  let done: Awaited<ReturnType<typeof analyzed>>
  beforeAll(async () => {
    done = await analyzed([right], '--json')
  })

  test('writes labels, landmarks, surfaces, report and result', async () => {
    const { code, output, read } = done
    expect([code, readdirSync(output).sort()]).toEqual([0, [...surfaces, ...others].sort()])

    const labels = await decodeNifti(read('labels.nii.gz'), 'labels.nii.gz')
    expect(sameGrid(labels.geometry, scan.geometry)).toBe(true)
    const mask = Uint8Array.from(labels.data, (label) => (label > 0 ? 1 : 0))
    expect(connectedComponents(scan.geometry, mask).components[0]?.voxels).toBeGreaterThan(140 / 0.25 ** 3)

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
    // Voxels count whole or not at all; the volume in the result counts their parts. The logits of this test's networks
    // rises by 10 in a mm, so that what occupancy takes off a trained network's is 0.1 mm of wall here.
    const counted = mask.reduce((sum, inside) => sum + inside, 0) * 0.25 ** 3
    expect(Math.abs((result.ears[0]?.volumes.labyrinth ?? 0) / counted - 1)).toBeLessThan(0.2)
  })

  test('prints result.json and nothing else', () => {
    const { code, out, err, read } = done
    expect([code, out, err]).toEqual([0, read('result.json').toString(), ''])
  })
})

describe('analyze --surfaces and --electrode on two ears', () => {
  let done: Awaited<ReturnType<typeof analyzed>>
  beforeAll(async () => {
    done = await analyzed([right, left], '--surfaces', 'obj,GLB', '--electrode', '20')
  })

  test('prints how far it has come, and a table of both', () => {
    const { code, out, err } = done
    expect(code).toBe(0)
    expect(out).toMatch(/Right ear.*Helicotrema.*Labyrinth.*not a medical device.*Written to/s)
    expect(out).toMatch(/Left ear.*Helicotrema.*Labyrinth/s)
    expect(err).toMatch(/detecting ears: .*segmenting ears: /s)
  })

  test('names the side of each landmark', () => {
    const { markups } = JSON.parse(done.read('landmarks.mrk.json').toString())
    const names = markups.flatMap((list: { controlPoints: { label: string }[] }) =>
      list.controlPoints.map((p) => p.label)
    )
    expect(names).toContain('Right oval window')
    expect(names).toContain('Left oval window')
  })

  test('writes the formats that are asked for', () => {
    const scenes = ['labyrinth.glb', 'labyrinth.mtl', 'labyrinth.obj']
    expect(readdirSync(done.output).sort()).toEqual([...others, ...scenes].sort())
    expect(done.read('labyrinth.obj').toString()).toContain('o Semicircular_canals_right\n')
    expect(done.read('labyrinth.glb').toString('latin1', 0, 4)).toBe('glTF')
  })

  test('adds depth, angle and frequency along the electrode to result and table', () => {
    const { ears } = analysisResult.parse(JSON.parse(done.read('result.json').toString()))
    expect(ears).toHaveLength(2)
    for (const { electrode } of ears) {
      const rows = electrode?.rows ?? []
      expect(rows.map(({ depth }) => depth)).toEqual(Array.from({ length: 21 }, (_, mm) => mm))
      for (const [n, row] of rows.slice(1).entries()) {
        expect(row.angle).toBeGreaterThan(rows[n]?.angle ?? Number.NaN)
        expect(row.frequency).toBeLessThan(rows[n]?.frequency ?? Number.NaN)
      }
    }
    expect(done.out).toContain('frequency, Hz')
  })
})

test('analyze refuses an electrode of no length', async () => {
  const refused = await runCli('analyze', 'no-such-scan.nii', '--electrode', '-3')
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('--electrode -3') })
})

test('the array is named by --array, or by its former name, but not by both', async () => {
  const now = await runCli('analyze', 'no-such-scan.nii', '--array', 'flex99')
  const before = await runCli('analyze', 'no-such-scan.nii', '--implant', 'flex99')
  const both = await runCli('analyze', 'no-such-scan.nii', '--implant', 'flex28', '--array', 'flex24')
  expect(now).toMatchObject({ code: 2, err: expect.stringMatching(/flex99/) })
  expect(before).toEqual(now)
  expect(both).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--implant <id>.*cannot be used with.*--array <id>/)
  })
})

test('analyze refuses a surface format it does not know before it looks at the scan', async () => {
  const { code, err } = await runCli('analyze', 'no-such-scan.nii', '--surfaces', 'stl,vrml')
  expect([code, err]).toEqual([
    2,
    'otomark: --surfaces stl,vrml: "vrml" is not one of stl, obj, ply, glb or none; see otomark analyze --help\n'
  ])
})

test('analyze --pdf without a browser fails before the long work, with exit code 5', async () => {
  vi.stubEnv('OTOMARK_BROWSER', join(scratch, 'no-browser'))
  const { code, err } = await runCli('analyze', 'no-such-scan.nii', '--pdf')
  vi.unstubAllEnvs()
  expect(code).toBe(5)
  expect(err).toMatch(/^otomark: printing a PDF: .*cannot be run; install one/)
})

test('analyze names its folder after the input, so that scans of different names do not share one', async () => {
  opened.model = groundTruthModel([])
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

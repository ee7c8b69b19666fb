import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeModel } from '../../src/network/model-file.ts'
import { emptyNetwork, writeModelFolder } from '../support/empty-model.ts'
import { runCli } from '../support/run-cli.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otomark-calibrate-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a model that finds none of the generated ears cannot be calibrated, and its file stays as it was', async () => {
  const model = await writeModelFolder(join(folder, 'model'))
  const before = await readFile(join(model, 'segmenter.onnx'))
  const { code, err } = await runCli('calibrate', model, '--cases', '1')
  expect(code).toBe(3)
  expect(err).toMatch(/segmenter\.onnx: calibrating needs 10 ears, but only 0 of 1 generated ones were found/)
  expect(await readFile(join(model, 'segmenter.onnx'))).toEqual(before)
})

test('a segmenter is not calibrated on the generated ears it was trained on, whose errors are too small', async () => {
  const training = {
    recipe: JSON.stringify({ cases: { seed: 21 } }),
    steps: 1,
    seed: 1,
    data: 'generated cases, seed 21'
  }
  const segmenter = emptyNetwork('segmenter', { training })
  const model = await writeModelFolder(join(folder, 'trained'), { segmenter })
  for (const seed of ['21', '20']) {
    const { code, err } = await runCli('calibrate', model, '--cases', '1', '--seed', seed)
    expect([code, err]).toEqual([2, expect.stringMatching(/--seed 2[01]: .*trained on those of seed 21/)])
  }
})

test('a number of cases that is none is refused', async () => {
  const { code, err } = await runCli('calibrate', folder, '--cases', 'many')
  expect(code).toBe(2)
  expect(err).toMatch(/--cases/)
})

test('the shipped segmenter carries its calibration, with a deviation for every quantity that can be checked', async () => {
  const path = 'models/default/segmenter.onnx'
  const { calibration } = decodeModel(await readFile(path), path).metadata
  expect(Object.keys(calibration?.deviations ?? {}).length).toBeGreaterThan(25)
  expect(calibration?.fitted.ears).toBeGreaterThanOrEqual(40)
})

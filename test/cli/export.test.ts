import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeModel } from '../../src/network/model-file.ts'
import { runCli } from '../support/run-cli.ts'

const model = 'models/default/detector.onnx'
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otomark-export-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a shipped model in half precision takes half the space, and goes back to single with its metadata', async () => {
  const [half, single] = [join(folder, 'half.onnx'), join(folder, 'single.onnx')]
  const { code, out } = await runCli('export', model, '--half', '--output', half)
  expect(code).toBe(0)
  expect(out).toMatch(/half\.onnx: \d\.\d\d MB; models\/default\/detector\.onnx has \d\.\d\d MB\n$/)
  expect((await runCli('export', half, '--output', single)).code).toBe(0)
  const [full, small, back] = await Promise.all([model, half, single].map((path) => readFile(path)))
  expect((small?.length ?? 0) / (full?.length ?? 0)).toBeLessThan(0.53)
  const [before, after] = [
    decodeModel(small ?? expect.unreachable(), half),
    decodeModel(back ?? expect.unreachable(), single)
  ]
  expect(after).toEqual(before)
  expect(after.metadata).toEqual(decodeModel(full ?? expect.unreachable(), model).metadata)
})

test('what is no model is refused in one line, and nothing is written', async () => {
  const text = join(folder, 'text.onnx')
  await writeFile(text, 'no model')
  const before = await readdir(folder)
  const { code, err } = await runCli('export', text, '--half', '--output', join(folder, 'new.onnx'))
  expect([code, err.split('\n').length]).toEqual([3, 2])
  expect(err).toMatch(/text\.onnx: this is not an ONNX model/)
  expect(await readdir(folder)).toEqual(before)
})

test('neither the model itself nor a file that is no model is replaced', async () => {
  const [own, scan] = [join(folder, 'own.onnx'), join(folder, 'scan.nii.gz')]
  expect((await runCli('export', model, '--output', own)).code).toBe(0)
  const before = await readFile(own)
  expect(await runCli('export', own, '--half', '--output', own)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/own\.onnx: is the model itself, which would be replaced/)
  })
  expect(before.equals(await readFile(own))).toBe(true)
  await writeFile(scan, 'a scan')
  expect(await runCli('export', own, '--output', scan)).toMatchObject({
    code: 3,
    err: expect.stringMatching(/scan\.nii\.gz: is no model of otomark and would be replaced/)
  })
  expect(await readFile(scan, 'utf8')).toBe('a scan')
})

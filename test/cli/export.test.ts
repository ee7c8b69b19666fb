import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { exportCommand } from '../../src/cli/export.ts'
import { run } from '../../src/cli/run.ts'
import { decodeModel } from '../../src/network/model-file.ts'

const model = 'models/default/finder.onnx'
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otomark-export-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(() => vi.restoreAllMocks())

/** Runs `otomark export`, and keeps what it says on one of the streams. */
async function exported(stream: 'stdout' | 'stderr', ...words: string[]): Promise<[code: number, said: string]> {
  let said = ''
  vi.spyOn(process[stream], 'write').mockImplementation((text) => {
    said += text
    return true
  })
  return [await run(['export', ...words], [exportCommand()]), said]
}

test('a shipped model in half precision takes half the space, and goes back to single with its metadata', async () => {
  const [half, single] = [join(folder, 'half.onnx'), join(folder, 'single.onnx')]
  const [code, said] = await exported('stdout', model, '--half', '--output', half)
  expect(code).toBe(0)
  expect(said).toMatch(/half\.onnx: \d\.\d\d MB; models\/default\/finder\.onnx has \d\.\d\d MB\n$/)
  expect((await exported('stdout', half, '--output', single))[0]).toBe(0)
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
  const [code, said] = await exported('stderr', text, '--half', '--output', join(folder, 'new.onnx'))
  expect([code, said.split('\n').length]).toEqual([3, 2])
  expect(said).toMatch(/text\.onnx: this is not an ONNX model/)
  expect(await readdir(folder)).toEqual(before)
})

import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const small = ['--field', '22,22', '--finest', '0.8']

test('--picture draws each case beside its files, also one that was there, and draws none twice', async () => {
  const generate = (...words: string[]) => runCli('generate', '--seed', '5', '--output', scratch, ...small, ...words)
  expect((await generate()).code).toBe(0)
  const folder = join(scratch, 'case-5-0000')
  const files = ['ct.nii.gz', 'labels.nii.gz', 'landmarks.mrk.json', 'truth.json']
  expect(readdirSync(folder).sort()).toEqual(files)
  const written = statSync(join(folder, 'ct.nii.gz')).mtimeMs

  const { code, err } = await generate('--picture', '--count', '2')
  expect(code, err).toBe(0)
  for (const name of ['case-5-0000', 'case-5-0001']) {
    expect(readdirSync(join(scratch, name)).sort()).toEqual([...files.slice(0, 3), 'picture.png', 'truth.json'])
    const { width, height } = decode(readFileSync(join(scratch, name, 'picture.png')))
    expect([width, height]).toEqual([3 * 360, 360])
  }
  expect(statSync(join(folder, 'ct.nii.gz')).mtimeMs).toBe(written)
  const drawn = statSync(join(folder, 'picture.png')).mtimeMs
  rmSync(join(scratch, 'case-5-0001', 'picture.png'))
  expect((await generate('--picture', '--count', '2')).code).toBe(0)
  expect(statSync(join(folder, 'picture.png')).mtimeMs).toBe(drawn)
  expect(readdirSync(join(scratch, 'case-5-0001'))).toContain('picture.png')
})

test('--picture draws the middle of a scan without an ear', async () => {
  const output = join(scratch, 'without')
  const words = ['--seed', '6', '--without-ear', '1', '--picture', '--output', output, ...small]
  expect((await runCli('generate', ...words)).code).toBe(0)
  const { data } = decode(readFileSync(join(output, 'case-6-0000', 'picture.png')))
  expect(new Set(data).size).toBeGreaterThan(10)
})

test('--picture and --report exclude each other', async () => {
  const { code, err } = await runCli('generate', '--picture', '--report', '--output', join(scratch, 'never'))
  expect([code, err]).toEqual([2, expect.stringMatching(/^otomark: --picture shows cases/)])
})

import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contentHash } from '../../src/node/content-hash.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()

function write(path: string, content: string): string {
  const whole = join(scratch, path)
  mkdirSync(join(whole, '..'), { recursive: true })
  writeFileSync(whole, content)
  return whole
}

test('the hash of a header changes with the voxels that lie in a file beside it', async () => {
  const header = write('pair/ct.mhd', 'ElementDataFile = ct.raw')
  write('pair/ct.raw', 'before')
  const before = await contentHash(header)
  write('pair/ct.raw', 'after!')
  expect(await contentHash(header)).not.toBe(before)
})

test('the hash of a folder is that of its copy elsewhere, whatever a system leaves there, and changes with a file or a name', async () => {
  write('series/1.dcm', 'one')
  write('series/more/2.dcm', 'two')
  const [series, copy] = [join(scratch, 'series'), join(scratch, 'copy')]
  const hash = await contentHash(series)
  cpSync(series, copy, { recursive: true })
  write('copy/.DS_Store', 'left by a system')
  expect(await contentHash(copy)).toBe(hash)
  write('copy/more/2.dcm', 'owt')
  expect(await contentHash(copy)).not.toBe(hash)
  write('copy/more/2.dcm', 'two')
  write('copy/3.dcm', '')
  expect(await contentHash(copy)).not.toBe(hash)
})

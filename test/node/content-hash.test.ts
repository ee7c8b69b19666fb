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

test.each([
  ['mhd', 'ElementDataFile = NAME.raw'],
  ['nhdr', 'NRRD0004\ndata file: NAME.raw'],
  ['mhd', 'NDims = 3\r\nElementDataFile = voxels/NAME.raw\r\n'],
  ['hdr', 'header of a pair']
])('of many scans in a folder each is hashed with its own voxels alone: .%s, %s', async (ending, header) => {
  const folder = `flat-${ending}-${header.length}`
  const named = (name: string): string => write(`${folder}/${name}.${ending}`, header.replace('NAME', name))
  const voxels = (name: string, content: string): string => {
    const file = ending === 'hdr' ? `${name}.img` : header.includes('voxels/') ? `voxels/${name}.raw` : `${name}.raw`
    return write(`${folder}/${file}`, content)
  }
  const [a, b] = [named('a'), named('b')]
  voxels('a', 'before')
  voxels('b', 'before')
  const before = [await contentHash(a), await contentHash(b)]
  voxels('b', 'after!')
  expect(await contentHash(a)).toBe(before[0])
  expect(await contentHash(b)).not.toBe(before[1])
})

test.each(['voxels\\CT.raw', 'Voxels/ct.raw', 'CT.RAW'])(
  'a data file is known as it is read, also by %s',
  async (name) => {
    const folder = `meant-${name.length}`
    const header = write(`${folder}/ct.mhd`, `ElementDataFile = ${name}`)
    const file = `${folder}/${/voxels/i.test(name) ? `${name.startsWith('V') ? 'Voxels' : 'voxels'}/` : ''}ct.raw`
    write(file, 'before')
    const before = await contentHash(header)
    write(`${folder}/other.raw`, 'voxels')
    expect(await contentHash(header)).toBe(before)
    write(file, 'after!')
    expect(await contentHash(header)).not.toBe(before)
  }
)

test('where a header names no file that is there, all beside it count', async () => {
  const header = write('unclear/ct.mhd', 'ElementDataFile = ct.raw')
  const before = await contentHash(header)
  write('unclear/other.raw', 'voxels')
  expect(await contentHash(header)).not.toBe(before)
})

test('a device that a header names, or a file elsewhere, is not read', async () => {
  write('voxels.raw', 'before')
  const named = (name: string): string => write(`astray/${name.length}.mhd`, `ElementDataFile = ${name}`)
  const [device, above] = [named('/dev/zero'), named('../voxels.raw')]
  await contentHash(device)
  const before = await contentHash(above)
  write('voxels.raw', 'after!')
  expect(await contentHash(above)).toBe(before)
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

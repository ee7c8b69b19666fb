import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diskFiles } from '../../src/node/file-access.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()

test('a folder is listed by name; links to folders are folders, and clutter is passed over', async () => {
  const folder = join(scratch, 'listed')
  for (const name of ['b', '.ipynb_checkpoints', '__MACOSX']) mkdirSync(join(folder, name), { recursive: true })
  for (const name of ['c.txt', '._c.txt']) writeFileSync(join(folder, name), 'text')
  symlinkSync(join(folder, 'b'), join(folder, 'a'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'd'))
  expect(await diskFiles.list(folder)).toEqual([
    { name: 'a', isFolder: true },
    { name: 'b', isFolder: true },
    { name: 'c.txt', isFolder: false },
    { name: 'd', isFolder: false }
  ])
})

test('a file is read whole, or refused where it is larger than asked for', async () => {
  const path = join(scratch, 'some.txt')
  writeFileSync(path, 'text')
  expect(new TextDecoder().decode(await diskFiles.read(path, 4))).toBe('text')
  await expect(diskFiles.read(path, 3)).rejects.toThrow(
    /some\.txt: is larger than such a file may be: 4 bytes, at most 3/
  )
  await expect(diskFiles.read(join(scratch, 'none.txt'))).rejects.toThrow(/none\.txt: no such file/)
  await expect(diskFiles.list(path)).rejects.toThrow(/some\.txt/)
})

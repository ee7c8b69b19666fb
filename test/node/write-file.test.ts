import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { InputError, type OtomarkError, ResourceError } from '../../src/core/errors.ts'
import { readError } from '../../src/io/file-error.ts'
import { makeFolders } from '../../src/node/make-folders.ts'
import { readBytes } from '../../src/node/read-file.ts'
import { makeFolder, writeError, writeFileAtomically } from '../../src/node/write-file.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

type OtomarkErrorClass = new (...parts: never[]) => OtomarkError

const folder = scratchFolder()
const failed = (code: string): Error => Object.assign(new Error(`${code}: failed`), { code })

describe('a file written atomically', () => {
  test('holds its bytes, replaces what was there, and leaves nothing else', async () => {
    const inside = join(folder, 'plain')
    await makeFolder(join(inside, 'deep/er'))
    const path = join(inside, 'labels.nii.gz')
    await writeFileAtomically(path, 'old')
    await writeFileAtomically(path, Uint8Array.of(1, 2, 3))
    expect([...readFileSync(path)]).toEqual([1, 2, 3])
    expect(readdirSync(inside).sort()).toEqual(['deep', 'labels.nii.gz'])
  })

  test('leaves no temporary file when the name cannot be taken', async () => {
    const inside = join(folder, 'taken')
    mkdirSync(join(inside, 'result.json/full'), { recursive: true })
    await expect(writeFileAtomically(join(inside, 'result.json'), 'x')).rejects.toThrow(/it is a folder/)
    expect(readdirSync(inside)).toEqual(['result.json'])
  })

  test('fails with a one-line error where the folder is missing or is a file', async () => {
    await expect(writeFileAtomically(join(folder, 'nowhere/a.txt'), 'x')).rejects.toThrow(/folder does not exist/)
    writeFileSync(join(folder, 'file'), 'x')
    await expect(writeFileAtomically(join(folder, 'file/a.txt'), 'x')).rejects.toThrow(/is a file, not a folder/)
    await expect(makeFolder(join(folder, 'file'))).rejects.toThrow(InputError)
  })
})

describe('an output folder', () => {
  const makes = (path: string, Kind: OtomarkErrorClass, says: RegExp) =>
    expect(makeFolder(path)).rejects.toSatisfy((error: Error) => error instanceof Kind && says.test(error.message))

  // Node's own recursive mkdir never ends there.
  test.skipIf(process.platform !== 'linux')('where the system lets none be made is refused at once', async () => {
    for (const path of ['/proc/results', '/proc/self/a/b']) {
      await makes(path, ResourceError, new RegExp(`^writing ${path}: no folder can be made there; choose another`))
    }
  })

  test('is said to be made from its first missing part on, and not at all where a part cannot be made', async () => {
    expect(makeFolders(join(folder, 'new/a/b'))).toBe(join(folder, 'new'))
    expect(makeFolders(join(folder, 'new/a/b'))).toBeUndefined()
    expect(makeFolders(join(folder, 'new/a/../c'))).toBe(join(folder, 'new/c'))
    await makes(join(folder, 'fresh', 'x'.repeat(300)), InputError, /name is too long/)
    expect(readdirSync(folder)).not.toContain('fresh')
  })

  test('through a link is made where it leads, or the link is blamed', async () => {
    const inside = join(folder, 'links')
    mkdirSync(join(inside, 'there'), { recursive: true })
    symlinkSync('there', join(inside, 'good'))
    symlinkSync('nowhere', join(inside, 'dangling'))
    symlinkSync('circle', join(inside, 'circle'))
    await makeFolder(join(inside, 'good/a'))
    expect(readdirSync(join(inside, 'there'))).toEqual(['a'])
    await makes(join(inside, 'dangling'), InputError, /a link that leads nowhere/)
    await makes(join(inside, 'dangling/a'), InputError, /a link that leads nowhere/)
    await makes(join(inside, 'circle/a'), InputError, /links run in a circle/)
  })
})

describe('a failed file operation', () => {
  test('of a kind that has no words of its own is told in one line too', () => {
    const system = Object.assign(failed('EINVAL'), { syscall: 'read' })
    expect(readError('in', system)).toEqual(new InputError('in', 'cannot be read: the system says EINVAL'))
    expect(writeError('out', system)).toEqual(
      new ResourceError('writing out: the system says EINVAL; choose another folder')
    )
  })

  test.skipIf(process.platform !== 'linux')('of a file in a folder that takes none blames the folder', () =>
    expect(writeFileAtomically('/proc/a.txt', 'x')).rejects.toThrow(
      /^writing \/proc\/a\.txt: no file can be made there/
    )
  )

  test('to read a link that leads nowhere, or in a circle, blames the link', async () => {
    symlinkSync('nowhere', join(folder, 'dangling'))
    symlinkSync('circle', join(folder, 'circle'))
    await expect(readBytes(join(folder, 'dangling'))).rejects.toThrow(/dangling: is a link that leads nowhere/)
    await expect(readBytes(join(folder, 'circle'))).rejects.toThrow(/circle: its links run in a circle/)
  })

  test.each<[string, OtomarkErrorClass, RegExp]>([
    ['ENOSPC', ResourceError, /writing out: the disk is full/],
    ['EDQUOT', ResourceError, /the disk is full/],
    ['EACCES', ResourceError, /no permission to write/],
    ['EROFS', ResourceError, /read-only/],
    ['ENOTDIR', InputError, /is a file, not a folder/],
    ['EISDIR', InputError, /it is a folder/],
    ['ENAMETOOLONG', InputError, /name is too long/]
  ])('to write, %s, is told in one line', (code, Kind, says) => {
    const error = writeError('out', failed(code)) as Error
    expect(error).toBeInstanceOf(Kind)
    expect(error.message).toMatch(says)
  })

  test.each<[string, OtomarkErrorClass, RegExp]>([
    ['ENOENT', InputError, /in: no such file or folder/],
    ['EACCES', InputError, /no permission to read/],
    ['EIO', InputError, /error while reading/],
    ['EMFILE', ResourceError, /too many open files/],
    ['ERR_FS_FILE_TOO_LARGE', ResourceError, /too large/]
  ])('to read, %s, is told in one line', (code, Kind, says) => {
    const error = readError('in', failed(code)) as Error
    expect(error).toBeInstanceOf(Kind)
    expect(error.message).toMatch(says)
  })

  test('that is none stays what it is', () => {
    const bug = new TypeError('a bug')
    expect(readError('in', bug)).toBe(bug)
    expect(writeError('out', bug)).toBe(bug)
  })
})

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { assertOnlyResults, openOutputFolder } from '../../src/cli/output-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'otomark-output-'))
afterAll(() => rmSync(root, { recursive: true }))

describe('an output folder', () => {
  it('gets all files, in place of older ones, and nothing else', async () => {
    const path = join(root, 'a', 'b')
    mkdirSync(path, { recursive: true })
    writeFileSync(join(path, 'one.txt'), 'old')
    const output = await openOutputFolder(path)
    expect(readdirSync(path)).toEqual(['.otomark.lock', 'one.txt'])
    await output.write({ 'one.txt': 'new', 'two.bin': Uint8Array.of(1, 2) })
    expect(readdirSync(path).sort()).toEqual(['one.txt', 'two.bin'])
    expect(readFileSync(join(path, 'one.txt'), 'utf8')).toBe('new')
    expect([...readFileSync(join(path, 'two.bin'))]).toEqual([1, 2])
  })

  it('loses the files of an older result that the new one lacks, and nothing else', async () => {
    const path = join(root, 'again')
    const first = await openOutputFolder(path)
    await first.write({ 'result.json': '1', 'ear.stl': 'old', 'report.pdf': 'old' })
    writeFileSync(join(path, 'notes.txt'), 'mine')
    const second = await openOutputFolder(path)
    await second.write({ 'result.json': '2', 'ear.stl': 'new' }, ['ear.stl', 'ear.ply', 'report.pdf'])
    expect(readdirSync(path).sort()).toEqual(['ear.stl', 'notes.txt', 'result.json'])
    expect(readFileSync(join(path, 'ear.stl'), 'utf8')).toBe('new')
  })

  it('keeps the older files when one of the new ones cannot be written', async () => {
    const path = join(root, 'half')
    mkdirSync(path)
    writeFileSync(join(path, 'one.txt'), 'old')
    const output = await openOutputFolder(path)
    const tooLong = `${'x'.repeat(300)}.txt`
    await expect(output.write({ 'one.txt': 'new', [tooLong]: '' })).rejects.toThrow(/too long/)
    expect(readdirSync(path)).toEqual(['one.txt'])
    expect(readFileSync(join(path, 'one.txt'), 'utf8')).toBe('old')
  })

  it('disappears when it is discarded, with the folders made for it and no others', async () => {
    const output = await openOutputFolder(join(root, 'kept', 'x', 'y'))
    output.discard()
    expect(existsSync(join(root, 'kept'))).toBe(false)
    mkdirSync(join(root, 'mine'))
    const inMine = await openOutputFolder(join(root, 'mine'))
    inMine.discard()
    expect(existsSync(join(root, 'mine'))).toBe(true)
  })

  it('stays when it is discarded but holds something', async () => {
    const path = join(root, 'used')
    const output = await openOutputFolder(path)
    writeFileSync(join(path, 'note.txt'), 'mine')
    output.discard()
    expect(readdirSync(path)).toEqual(['note.txt'])
  })

  it('is refused where a file has its name, before any work', async () => {
    writeFileSync(join(root, 'file'), '')
    await expect(openOutputFolder(join(root, 'file'))).rejects.toMatchObject({ exitCode: 3 })
    await expect(openOutputFolder(join(root, 'file', 'below'))).rejects.toMatchObject({ exitCode: 3 })
  })

  it('is not taken for results where files of their names are somebody’s own', async () => {
    const path = join(root, 'own')
    mkdirSync(path)
    writeFileSync(join(path, 'labels.nii.gz'), 'mine')
    await expect(assertOnlyResults(path, 'result.json', ['labels.nii.gz'])).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('labels.nii.gz')
    })
    // A file of the record's name is the user's, too, unless otomark wrote it.
    writeFileSync(join(path, 'result.json'), '{"my": "experiment"}')
    await expect(assertOnlyResults(path, 'result.json', ['labels.nii.gz'])).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('result.json')
    })
    writeFileSync(join(path, 'result.json'), '{ "format": "otomark-result" }')
    await expect(assertOnlyResults(path, 'result.json', ['labels.nii.gz'])).resolves.toBeUndefined()
  })
})

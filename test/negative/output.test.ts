import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openOutputFolder } from '../../src/cli/output-folder.ts'
import { ResourceError } from '../../src/core/errors.ts'
import { expectFailure } from '../support/expect-error.ts'
import { asNobody } from '../support/nobody.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

/** While true, the disk has no space for another byte. */
const disk = vi.hoisted(() => ({ full: false }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>()
  const open: typeof real.open = async (...parameters) => {
    const file = await real.open(...parameters)
    if (disk.full) {
      file.writeFile = () =>
        Promise.reject(
          Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' })
        )
    }
    return file
  }
  return { ...real, default: real, open }
})

const scratch = scratchFolder()
const smallCase = ['--field', '22,22', '--finest', '0.8']

beforeAll(() => chmod(scratch, 0o755))
afterEach(() => {
  disk.full = false
})

test('a full disk is said to be full, and no half-written file is left', async () => {
  disk.full = true
  const output = join(scratch, 'full')
  const { code, out, err } = await runCli('generate', '--output', output, ...smallCase)
  expect(code).toBe(5)
  expect(err.split('\n').at(-2)).toMatch(/^otomark: writing .*ct\.nii\.gz: the disk is full; free some space/)
  expect(out).toBe('')
  expect(await readdir(join(output, 'case-1-0000'))).toEqual([])
})

test('a result that does not fit onto the disk leaves the older one whole', async () => {
  const folder = join(scratch, 'older')
  await mkdir(folder)
  await writeFile(join(folder, 'labels.nii.gz'), 'old')
  const output = await openOutputFolder(folder)
  disk.full = true
  await expectFailure(output.write({ 'labels.nii.gz': 'new', 'result.json': '{}' }), {
    name: ResourceError.name,
    exitCode: 5,
    says: /the disk is full/
  })
  expect(await readdir(folder)).toEqual(['labels.nii.gz'])
  expect(await readFile(join(folder, 'labels.nii.gz'), 'utf8')).toBe('old')
})

test('a folder in the place of one result leaves the older ones whole', async () => {
  const folder = join(scratch, 'occupied')
  await mkdir(join(folder, 'result.json'), { recursive: true })
  await writeFile(join(folder, 'labels.nii.gz'), 'old')
  const output = await openOutputFolder(folder)
  await expectFailure(output.write({ 'labels.nii.gz': 'new', 'result.json': '{}' }), {
    name: 'InputError',
    exitCode: 3,
    says: /result\.json: cannot be written: it is a folder/
  })
  expect(await readdir(folder)).toEqual(['labels.nii.gz', 'result.json'])
  expect(await readFile(join(folder, 'labels.nii.gz'), 'utf8')).toBe('old')
})

test.each(['analyze', 'generate'])(
  '%s: a file in the place of the output folder is refused and stays',
  async (command) => {
    const output = join(scratch, `${command}-file`)
    await writeFile(output, 'mine')
    const words = command === 'analyze' ? ['analyze', 'scan.nii', '--output', output] : ['generate', '--output', output]
    expect(await runCli(...words)).toEqual({
      code: 3,
      out: '',
      err: `otomark: ${output}: cannot be written: a part of the path is a file, not a folder; choose another path\n`
    })
    expect(await readFile(output, 'utf8')).toBe('mine')
  }
)

test.each(['analyze', 'generate'])('%s: an output folder that may not be written is refused', async (command) => {
  const parent = join(scratch, `${command}-closed`)
  await mkdir(parent)
  await chmod(parent, 0o555)
  const output = join(parent, 'output')
  const words = command === 'analyze' ? ['analyze', 'scan.nii', '--output', output] : ['generate', '--output', output]
  expect(await asNobody(scratch, () => runCli(...words))).toEqual({
    code: 5,
    out: '',
    err: `otomark: writing ${output}: no permission to write there; choose another folder\n`
  })
  expect(existsSync(output)).toBe(false)
})

test('an existing output folder that may not be written is refused before the long work', async () => {
  const output = join(scratch, 'existing-closed')
  await mkdir(output)
  await chmod(output, 0o555)
  const { code, err } = await asNobody(scratch, () => runCli('analyze', 'scan.nii', '--output', output))
  expect({ code, err }).toEqual({
    code: 5,
    err: `otomark: writing ${output}: no permission to write there; choose another folder\n`
  })
})

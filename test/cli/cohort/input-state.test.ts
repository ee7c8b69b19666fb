import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inputState } from '../../../src/cli/cohort/input-state.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

const scratch = scratchFolder()

/** Writes a file of a given size, last changed so many seconds after 1970. */
function write(path: string, bytes: number, seconds: number): string {
  const whole = join(scratch, path)
  mkdirSync(join(whole, '..'), { recursive: true })
  writeFileSync(whole, new Uint8Array(bytes))
  utimesSync(whole, seconds, seconds)
  return whole
}

test('what a system leaves in a DICOM folder, at any depth, is no change of the scan; another slice is one', async () => {
  write('series/1.dcm', 10, 5)
  write('series/more/2.dcm', 20, 7)
  const folder = join(scratch, 'series')
  const before = await inputState(folder)
  expect(before).toEqual({ files: 2, bytes: 30, modified: 7000 })
  write('series/.DS_Store', 1, 99)
  write('series/more/Thumbs.db', 1, 99)
  write('series/__MACOSX/more/1.dcm', 1, 99)
  expect(await inputState(folder)).toEqual(before)
  write('series/3.dcm', 5, 6)
  expect(await inputState(folder)).toEqual({ files: 3, bytes: 35, modified: 7000 })
})

test('a folder or file that was named itself counts, whatever it is called', async () => {
  write('.hidden/1.dcm', 10, 5)
  const state = { files: 1, bytes: 10, modified: 5000 }
  expect(await inputState(join(scratch, '.hidden'))).toEqual(state)
  expect(await inputState(write('alone/.scan.mhd', 10, 5))).toEqual(state)
  write('alone/scan.raw', 1, 6)
  write('alone/._scan.raw', 1, 99)
  expect(await inputState(join(scratch, 'alone', '.scan.mhd'))).toEqual({ files: 2, bytes: 11, modified: 6000 })
})

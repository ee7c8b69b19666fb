import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockFolder } from '../../src/node/folder-lock.ts'
import { startOf } from '../../src/node/process-identity.ts'
import { sweepTemporaryFolders } from '../../src/node/temporary-folder.ts'
import { sweepTemporary } from '../../src/node/write-file.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const folder = scratchFolder()
const lock = join(folder, '.otomark.lock')

test('a folder that a living process writes is refused, and free when it is released', () => {
  const release = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow(new RegExp(`process ${process.pid} writes there`))
  release()
  expect(readdirSync(folder)).toEqual([])
})

test('a lock that a dead process left, or that is damaged, does not hold', () => {
  // Process ids end far below this one.
  const reused = `${process.ppid} ${hostname()} 1\n`
  const own = `${process.pid} ${hostname()}\n`
  for (const left of [`${2 ** 30} ${hostname()}\n`, 'no-lock', '', own, ...(startOf(1) === '' ? [] : [reused])]) {
    writeFileSync(lock, left)
    utimesSync(lock, 0, 0)
    expect(() => lockFolder(folder)()).not.toThrow()
  }
})

test('a lock that is being written holds', () => {
  writeFileSync(lock, '')
  expect(() => lockFolder(folder)).toThrow(/another process writes there/)
})

test('temporary folders of processes that are gone are removed, and no others', () => {
  const parent = join(folder, 'temporary')
  const kept = [`otomark-${process.pid}-${startOf(process.pid)}-aaaaaa`, 'otomark-other', 'mine']
  for (const name of [...kept, `otomark-${2 ** 30}-7-bbbbbb`])
    mkdirSync(join(parent, name, 'inside'), { recursive: true })
  sweepTemporaryFolders(parent)
  expect(readdirSync(parent).sort()).toEqual([...kept].sort())
})

test('a lock of another machine holds', () => {
  writeFileSync(lock, '17 elsewhere\n')
  expect(() => lockFolder(folder)).toThrow(/process 17 on elsewhere/)
})

test('temporary files that a killed process left are removed, and nothing else', async () => {
  writeFileSync(lock, '')
  writeFileSync(join(folder, '.cohort.json.01234567-89ab-4cde-8f01-23456789abcd.tmp'), '{')
  writeFileSync(join(folder, '.mine.tmp'), '')
  await sweepTemporary(folder)
  expect(readdirSync(folder).sort()).toEqual(['.mine.tmp', '.otomark.lock', 'temporary'])
})

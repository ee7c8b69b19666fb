import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { writeGeneratedCases } from '../../src/generate/write-cases.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const cases = { seed: 3, count: 2, options: caseOptions.parse({ field: [22, 22], finest: 0.8 }) }

/** Every file under a folder with its bytes. */
const contents = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [
      basename(parentPath),
      name,
      readFileSync(join(parentPath, name)).toString('base64')
    ])
    .sort()

test('several writers of the same cases at once all end with every case whole, and the bytes of one alone', async () => {
  const alone = join(scratch, 'alone')
  const together = join(scratch, 'together')
  await writeGeneratedCases(alone, cases)
  const whole = await Promise.all(
    [1, 2].map(async () => {
      const names: string[] = []
      await writeGeneratedCases(together, {
        ...cases,
        eachCase: async (folder) => {
          names.push(basename(folder))
        }
      })
      return names.sort()
    })
  )
  const all = ['case-3-0000', 'case-3-0001']
  expect(whole).toEqual([all, all])
  expect(contents(together)).toEqual(contents(alone))
})

test('a folder with a case of other options is refused, and one of more cases of the same gets those that it lacks', async () => {
  const folder = join(scratch, 'options')
  await writeGeneratedCases(folder, { ...cases, count: 1 })
  const before = contents(folder)
  const other = { ...cases, options: { ...cases.options, implanted: 1, finest: 0.7 } }
  await expect(writeGeneratedCases(folder, other)).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/case-3-0000: holds a case .*\(finest, implanted differ\); choose another folder/)
  })
  expect(contents(folder)).toEqual(before)
  await writeGeneratedCases(folder, cases)
  expect(contents(folder)).toHaveLength(2 * before.length)
})

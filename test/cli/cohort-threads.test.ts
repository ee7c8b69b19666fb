import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compiledProgram } from '../support/compiled-program.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const { main } = await compiledProgram()
const scratch = scratchFolder()
const small = fileURLToPath(new URL('../browser/walk/small-model', import.meta.url))
const scans = join(scratch, 'scans')
mkdirSync(scans)
for (const name of ['a', 'b']) copyFileSync(join(small, 'generated-ear.nii.gz'), join(scans, `${name}.nii.gz`))
writeFileSync(join(scans, 'broken.nii.gz'), 'no scan')

/** @param threads how many scans at a time */
function cohort(input: string, name: string, threads: number) {
  const folder = join(scratch, name)
  const words = ['analyze', input, '--cohort', folder, '--model', small, '--threads', String(threads)]
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' })
  return { cases: join(folder, 'cases'), folder, code: status, out: stdout, err: stderr }
}

/** A result without what tells whose and how fast it was made. */
function timeless(cases: string, id: string): unknown {
  const { timings, input, ...result } = JSON.parse(readFileSync(join(cases, id, 'result.json'), 'utf8'))
  expect([timings, input]).not.toContain(undefined)
  return result
}

test('a scan gives the same digits beside others, in threads, and as the only one where several threads may be used', () => {
  const many = cohort(scans, 'many', 2)
  expect([many.code, many.out]).toEqual([3, `2 of 3 scans analysed, 1 failed; written to ${many.folder}\n`])
  expect(many.err).toMatch(/broken/)
  writeFileSync(join(scratch, 'one.txt'), 'scans/a.nii.gz')
  const alone = cohort(join(scratch, 'one.txt'), 'alone', 2)
  const [id = ''] = readdirSync(alone.cases)
  const files = readdirSync(join(alone.cases, id))
  expect(timeless(alone.cases, id)).toMatchObject({ threads: 1 })
  for (const other of ['a', 'b']) {
    expect(readdirSync(join(many.cases, other))).toEqual(files)
    expect(timeless(many.cases, other)).toEqual(timeless(alone.cases, id))
    for (const file of files.filter((name) => !/^(result\.json|report\.html|case\.json)$/.test(name))) {
      const [ours, its] = [join(many.cases, other, file), join(alone.cases, id, file)].map((path) => readFileSync(path))
      expect(ours?.equals(its as Buffer), file).toBe(true)
    }
  }
})

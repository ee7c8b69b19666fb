import { writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()

/** A recipe file. @returns its path */
function recipe(name: string, content: string): string {
  writeFileSync(join(scratch, name), content)
  return join(scratch, name)
}

test.each<[string, string[], number, RegExp]>([
  ['a recipe that is not there', ['train', join(scratch, 'none.json')], 3, /none\.json: no such file/],
  ['a recipe that is not JSON', ['train', recipe('text.json', 'Dear colleague,')], 3, /text\.json: is not JSON/],
  ['a recipe with a word too many', ['train', recipe('odd.json', '{"sped": 3}')], 2, /odd\.json: .*sped/],
  ['a recipe that lacks what is needed', ['train', recipe('bare.json', '{}')], 2, /bare\.json: .*name.*role.*grid/],
  [
    'a recipe of endless levels',
    ['train', recipe('deep.json', '{"network":{"levels":2147483648}}')],
    2,
    /network\.levels/
  ],
  ['a recipe of endless steps', ['train', recipe('long.json', '{"steps":2147483648}')], 2, /steps/],
  ['a recipe of an endless grid', ['train', recipe('wide.json', '{"grid":{"size":[1e5,1e5,1e5]}}')], 2, /grid\.size/],
  ['a recipe of endless cases', ['train', recipe('many.json', '{"pool":{"size":1e9}}')], 2, /pool\.size/],
  ['no case at all', ['generate', '--count', '0'], 2, /--count 0: is not a whole number of at least 1/],
  ['half a seed', ['generate', '--seed', '1.5'], 2, /--seed 1\.5: is not a whole number/],
  ['a share that is none', ['generate', '--without-ear', '2'], 2, /--without-ear 2: is not a share/],
  ['a field of view that is none', ['generate', '--field', 'wide'], 2, /--field wide: is not a range/]
])('%s is refused in one line', async (_, words, code, says) => {
  const output = join(scratch, 'output')
  const outcome = await runCli(...words, '--output', output)
  expect.soft(outcome.err).toMatch(says)
  expect(outcome.err).toMatch(/^otomark: [^\n]+\n$/)
  expect(outcome.err).not.toContain('this is a bug')
  expect({ code: outcome.code, out: outcome.out }).toEqual({ code, out: '' })
  expect(await readdir(scratch)).not.toContain('output')
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const session = join(scratch, 'mine.otomark')
writeFileSync(session, 'no session')

test.each([
  ['--tta', []],
  ['--series', ['2']],
  ['--threads', ['1']],
  ['--model', [scratch]]
])('a session is refused with %s, which would change nothing', async (option, values) => {
  const { code, err } = await runCli('analyze', session, option, ...values, '--output', join(scratch, 'out'))
  expect(code).toBe(2)
  expect(err).toContain(`${option} cannot be used with a session: its scan is not analysed again`)
})

test('what is called a session and is none is refused', async () => {
  const { code, err } = await runCli('analyze', session, '--output', join(scratch, 'out'))
  expect(code).toBe(3)
  expect(err).toMatch(/mine\.otomark: is no zip archive, or a damaged one/)
})

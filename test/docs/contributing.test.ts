import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Milliseconds as the last argument of a test, alone on its line or after what the test does, or as a limit of waiting. */
const limitOfItsOwn = /^\s*(?:\},? *)?\d[\d_]{3,}\)?$|\{ timeout: *[\d_]{4,}/gm

test('no test has a limit of its own beside that of its suite, as CONTRIBUTING.md says', () => {
  const limits = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .flatMap((path) =>
      [...readFileSync(`test/${path}`, 'utf8').matchAll(limitOfItsOwn)].map(([found]) => `${path}: ${found.trim()}`)
    )
  expect(limits).toEqual([])
})

test('what a test must not set is told', () => {
  const written = `test(async () => {\n}, 120_000)\n  },\n  90000\n)\nwaitFor({ timeout: ${30_000} })\n`
  expect(written.match(limitOfItsOwn)).toHaveLength(3)
})

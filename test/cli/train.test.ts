import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { tinyRecipe } from '../train/tiny-configuration.ts'

const scratch = scratchFolder()
const recipe = join(scratch, 'tiny.json')
writeFileSync(recipe, JSON.stringify({ ...tinyRecipe, cases: { seed: 1, options: { field: [22, 22], finest: 0.8 } } }))

test('--dry-run prints parameters, work, data, time and memory, and writes nothing', async () => {
  const { code, out, err } = await runCli('train', recipe, '--output', join(scratch, 'run'), '--dry-run')
  expect(code).toBe(0)
  // On a busy machine it says how far it has come.
  expect(err).toMatch(/^(trial: \d+ %.*\n)*trial: [\d.]+ s\n$/)
  expect(out).toMatch(/network +2 levels, 2 features, 1,251 parameters\n/)
  expect(out).toMatch(/work +6 steps of 0\.00526 GFLOP, one sample each\n/)
  expect(out).toMatch(/data +generated cases, seed 1\n/)
  expect(out).toMatch(/pool +2 cases at a time, 2 samples of each: 3 cases\n/)
  expect(out).toMatch(/validation +every 3 steps, 2 times; held-out cases: 2\n/)
  expect(out).toMatch(/checkpoints +every 3 steps: 2 times\n/)
  expect(out).toMatch(/trial +engine [\d.e-]+ s a step; one thread [\d.e-]+ s a case and [\d.e-]+ s a sample\n/)
  expect(out).toMatch(/time +about [\d.]+ s, [\d.e-]+ s a step\n/)
  expect(out).toMatch(/memory +about [\d.]+ GiB\n/)
  expect(readdirSync(scratch)).toEqual(['tiny.json'])
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { evaluateCases } from '../../src/cli/evaluation/evaluate-cases.ts'
import type { Predictor } from '../../src/cli/evaluation/predictor.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()

test('Ctrl+C ends an evaluation with what is done, and the same command goes on with the rest', async () => {
  const [cases, output] = [join(scratch, 'cases'), join(scratch, 'output')]
  mkdirSync(cases)
  for (const id of ['a', 'b', 'c']) writeFileSync(join(cases, `${id}_truth.json`), '{"side": null}')
  const asked: string[] = []
  const predictor = (stopAt?: string): Predictor => ({
    name: 'nobody',
    version: '1',
    inputs: async () => ({ files: [], labelNumbers: null }),
    async predict({ id }) {
      asked.push(id)
      if (id === stopAt) process.emit('SIGINT')
      return { labels: null, outlined: 'parts', ears: [] }
    }
  })
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    await evaluateCases(cases, output, predictor('b'))
    expect(told).toHaveBeenLastCalledWith('otomark: stopped; the same command goes on\n')
    await evaluateCases(cases, output, predictor())
    expect(said.mock.calls.map(([text]) => String(text).slice(0, 33))).toEqual([
      '2 of 3 cases evaluated, 0 failed;',
      '3 of 3 cases evaluated, 0 failed;'
    ])
  } finally {
    said.mockRestore()
    told.mockRestore()
  }
  expect(asked).toEqual(['a', 'b', 'c'])
})

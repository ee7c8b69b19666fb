import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { evaluateCases } from '../../src/cli/evaluation/evaluate-cases.ts'
import type { Predictor } from '../../src/cli/evaluation/predictor.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
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

test('an ear that is found far from the only one of the truth gets a note: it may be the head’s other one', async () => {
  const [cases, output] = [join(scratch, 'one-of-two'), join(scratch, 'one-of-two-o')]
  mkdirSync(cases)
  const landmarks = { helicotrema: [40, 0, 0], oval_window: [44, 0, 0], round_window: [44, 3, 0] }
  writeFileSync(join(cases, 'a_truth.json'), JSON.stringify({ side: 'left', landmarks }))
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const evaluated = async (places: readonly Vector3[]): Promise<string> => {
    told.mockClear()
    const ears = places.map((place) => ({ side: null, place, landmarks: [] }))
    await evaluateCases(cases, output, {
      name: 'somebody',
      version: String(places.length),
      inputs: async () => ({ files: [], labelNumbers: null }),
      predict: async () => ({ labels: null, outlined: 'parts', ears })
    })
    return told.mock.calls.map(([text]) => String(text)).join('')
  }
  try {
    expect(await evaluated([[43, 1, 0]])).not.toContain('an ear was found')
    expect(
      await evaluated([
        [43, 1, 0],
        [-37, 1, 0]
      ])
    ).toMatch(/a: an ear was found 79\.7 mm from the only one .* so neither it nor its outline is judged/)
  } finally {
    told.mockRestore()
    said.mockRestore()
  }
})

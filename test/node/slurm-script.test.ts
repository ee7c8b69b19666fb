import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { batchScript, dealOut } from '../../src/node/slurm/script.ts'

const array = {
  name: 'mine',
  workingFolder: '/data',
  folder: '/data/out/slurm',
  commands: [
    ['echo', 'first'],
    ['printf', '%s\n', "it's a folder", '$HOME', '']
  ]
}
const options = { perTask: 1, memory: '3G', time: '2:00:00', threads: 2, lines: ['--account=ears'] }

test('a batch script asks for what was wanted', () => {
  const lines = batchScript(array, { ...options, partition: 'long' }).split('\n')
  expect(lines.slice(0, 10)).toEqual([
    '#!/bin/bash',
    '#SBATCH --job-name=mine',
    '#SBATCH --array=0-1',
    '#SBATCH --chdir=/data',
    '#SBATCH --output=/data/out/slurm/%A_%a.log',
    '#SBATCH --cpus-per-task=2',
    '#SBATCH --mem=3G',
    '#SBATCH --time=2:00:00',
    '#SBATCH --partition=long',
    '#SBATCH --account=ears'
  ])
})

test('each task runs its own command, whatever its words hold', () => {
  const script = batchScript(array, options)
  const run = (task: number) =>
    execFileSync('bash', ['-c', script], { env: { ...process.env, SLURM_ARRAY_TASK_ID: `${task}` }, encoding: 'utf8' })
  expect(run(0)).toBe('first\n')
  expect(run(1)).toBe("it's a folder\n$HOME\n\n")
})

test('work is dealt out to the last piece', () => {
  expect(dealOut([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(dealOut([], 2)).toEqual([])
})

import { expect, it } from 'vitest'
import { compareRows } from '../../bench/compare.ts'
import type { Row } from '../../bench/rows.ts'

function row(name: string, peerName: string, ratio: number | null, unit: Row['unit'] = 's'): Row {
  return { name, unit, ours: 1, peer: ratio === null ? null : 1 / ratio, peerName, ratio }
}

const before = [
  row('forward-64', 'torch-2.15.0+cu132 eager', 0.8),
  row('forward-64', 'onnxruntime, plain graph', 0.9),
  row('forward-64', 'torch-2.15.0+cu132 eager', 0.5, 'MiB'),
  row('step-64', 'torch-2.15.0+cu132 eager', 0.9)
]

it('a ratio that grew by more than a tenth is worse, one that grew by less or fell is not', () => {
  const now = [
    row('forward-64', 'torch-2.15.0+cu132 eager', 0.87),
    row('forward-64', 'onnxruntime, plain graph', 0.4),
    row('step-64', 'torch-2.15.0+cu132 eager', 1)
  ]
  const { compared, worse } = compareRows(before, now)
  expect(compared).toBe(3)
  expect(worse).toMatchObject([{ name: 'step-64', unit: 's', before: 0.9, now: 1 }])
})

it('a peer of another version is the same peer, seconds and memory are not the same', () => {
  const { compared, worse } = compareRows(before, [row('forward-64', 'torch-3.0.1 eager', 0.7, 'MiB')])
  expect(compared).toBe(1)
  expect(worse).toMatchObject([{ unit: 'MiB', before: 0.5, now: 0.7 }])
})

it('what one side lacks is not compared', () => {
  const { compared } = compareRows(before, [
    row('forward-64', 'none', null),
    row('forward-96', 'torch-2.15.0 eager', 1)
  ])
  expect(compared).toBe(0)
})

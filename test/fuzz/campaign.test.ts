import { expect, test } from 'vitest'
import { runCampaign } from './campaign.ts'
import type { EndKind } from './ends.ts'

test.each<[string, EndKind, RegExp]>([
  ['throws', 'bug', /undefined is not a function/],
  ['exits', 'bug', /the process ended with 3/],
  ['hangs', 'hang', /took more than/],
  ['waits', 'hang', /took more than/],
  ['swells', 'memory', /took \d+ MiB/]
])('a reader that %s is found out', async (format, end, message) => {
  const module = new URL('./faulty-formats.ts', import.meta.url)
  const { counts, faults } = await runCampaign({
    module,
    format,
    seed: 1,
    first: 0,
    end: 2,
    seconds: 600,
    ...(end === 'hang' && { patience: 500 })
  })
  expect(counts[end]).toBe(2)
  expect(faults.map(({ index }) => index)).toEqual([0, 1])
  for (const fault of faults) expect(fault).toMatchObject({ end, message: expect.stringMatching(message) })
})

test('a refusal in one line is no fault', async () => {
  const module = new URL('./faulty-formats.ts', import.meta.url)
  const { counts, faults } = await runCampaign({ module, format: 'refuses', seed: 1, first: 0, end: 20, seconds: 600 })
  expect({ ...counts, faults }).toMatchObject({ refused: 20, bug: 0, faults: [] })
})

test.each(['nifti', 'model'])('whole inputs of %s are read, and the same number gives the same end', async (format) => {
  const once = await runCampaign({ format, seed: 2, first: 0, end: 12, seconds: 600 })
  expect(once.faults).toEqual([])
  expect(await runCampaign({ format, seed: 2, first: 0, end: 12, seconds: 600 })).toEqual(once)
})

import { expect, test } from 'vitest'
import { prepareSamples } from '../../../src/train/samples/prepare.ts'
import { prepareSamplesInWorker } from '../../../src/train/samples/worker-stream.ts'
import { analyticCases } from '../analytic-cases.ts'
import { tinyConfiguration } from '../tiny-configuration.ts'

test('a worker prepares the same bits in the same order', async () => {
  const configuration = tinyConfiguration()
  const inProcess = prepareSamples(configuration, analyticCases)
  const inWorker = prepareSamplesInWorker(configuration, new URL('../analytic-cases.ts', import.meta.url))
  try {
    for (let step = 0; step < configuration.steps; step++) {
      expect(await inWorker.training(step)).toEqual(await inProcess.training(step))
    }
    expect(await inWorker.validation(1)).toEqual(await inProcess.validation(1))
    await expect(inWorker.training(configuration.steps)).rejects.toThrow('beyond the last')
  } finally {
    await inWorker.close()
  }
}, 20_000)

test('what goes wrong in the worker is told by the sample it was for', async () => {
  const configuration = tinyConfiguration()
  const broken = prepareSamplesInWorker(configuration, new URL('./no-such-cases.ts', import.meta.url))
  try {
    await expect(broken.training(0)).rejects.toThrow('no-such-cases')
  } finally {
    await broken.close()
  }
}, 20_000)

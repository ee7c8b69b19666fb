import { expect, test } from 'vitest'
import { prepareSamples } from '../../../src/train/samples/prepare.ts'
import { prepareSamplesInWorkers } from '../../../src/train/samples/worker-stream.ts'
import { analyticCases } from '../analytic-cases.ts'
import { tinyConfiguration } from '../tiny-configuration.ts'

test.each([1, 3])('%i workers prepare the same bits in the same order', async (workers) => {
  const configuration = tinyConfiguration({ workers, pool: { size: 5, reuse: 2 }, steps: 12 })
  const inProcess = prepareSamples(configuration, analyticCases)
  const inWorker = prepareSamplesInWorkers(configuration, {
    module: new URL('../analytic-cases.ts', import.meta.url),
    heldOutCount: 2
  })
  try {
    for (let step = 0; step < configuration.steps; step++) {
      expect(await inWorker.training(step)).toEqual(await inProcess.training(step))
    }
    expect(await inWorker.validation(1)).toEqual(await inProcess.validation(1))
    await expect(inWorker.training(configuration.steps)).rejects.toThrow('beyond the last')
  } finally {
    await inWorker.close()
  }
})

test('an error in the worker rejects the sample it was for', async () => {
  const configuration = tinyConfiguration()
  const broken = prepareSamplesInWorkers(configuration, {
    module: new URL('./no-such-cases.ts', import.meta.url),
    heldOutCount: 0
  })
  try {
    await expect(broken.training(0)).rejects.toThrow('no-such-cases')
  } finally {
    await broken.close()
  }
})

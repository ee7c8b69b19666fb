import { expose, wrap } from 'comlink'
import { afterAll, expect, test } from 'vitest'
import { InputError, NoEarError } from '../../src/core/errors.ts'
import { carryErrors } from '../../web/worker/carry-errors.ts'

const worker = {
  refuse: async (): Promise<string> => {
    throw new InputError('scans/a.nii', 'is empty')
  },
  findNothing: async (): Promise<string> => {
    throw new NoEarError('no inner ear was found')
  },
  fail: async (): Promise<string> => {
    throw new RangeError('Invalid array length')
  }
}

carryErrors()
const { port1, port2 } = new MessageChannel()
expose(worker, port1)
const remote = wrap<typeof worker>(port2)
afterAll(() => {
  port1.close()
  port2.close()
})

test('what a worker throws arrives in the page with its class', async () => {
  const refused: unknown = await remote.refuse().catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(InputError)
  expect(refused).toMatchObject({ kind: 'input', source: 'scans/a.nii', message: 'scans/a.nii: is empty' })
  await expect(remote.findNothing()).rejects.toBeInstanceOf(NoEarError)
  await expect(remote.fail()).rejects.toMatchObject({ name: 'RangeError', message: 'Invalid array length' })
})

import { setTimeout as sleep } from 'node:timers/promises'
import { InputError } from '../../src/core/errors.ts'
import { readBytes } from '../../src/node/read-file.ts'
import { textFile } from './file-set.ts'
import type { Format } from './format.ts'

/** A reader that is right with whole inputs and wrong in some way with others. */
function faulty(fault: () => unknown): Format {
  return {
    seeds: async () => [{ files: { a: textFile('whole') }, main: 'a' }],
    change: (input) => ({ ...input, files: { a: textFile('changed') } }),
    async read(path) {
      if (new TextDecoder().decode(await readBytes(path)) !== 'whole') await fault()
    }
  }
}

const kept: Uint8Array[] = []

/** Readers with each fault that a campaign must see. */
export const formats: Readonly<Record<string, Format>> = {
  refuses: faulty(() => {
    throw new InputError('a', 'is not whole')
  }),
  throws: faulty(() => {
    throw new TypeError('undefined is not a function')
  }),
  hangs: faulty(() => {
    for (;;);
  }),
  waits: faulty(() => sleep(1e6)),
  exits: faulty(() => process.exit(3)),
  swells: faulty(() => kept.push(new Uint8Array(1.2 * 2 ** 30).fill(1)) && kept.pop())
}

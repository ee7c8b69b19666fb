import type { Random } from '../../src/core/math/random.ts'
import type { FuzzInput } from './file-set.ts'
import { mutate } from './mutate/mutate.ts'

/** A kind of file that otomark reads, and how it is tried. */
export interface Format {
  /** Whole inputs, which are read; changed ones are made of them. They may be written below the folder meanwhile. */
  seeds(folder: string): Promise<readonly FuzzInput[]>
  /** Reads an input as a command does. @param path of what is to be read */
  read(path: string): Promise<unknown>
  /** Changes an input in a way of its own; undefined leaves it to the general way. */
  change?(input: FuzzInput, random: Random): FuzzInput | undefined
}

/** A changed input. */
export function changedInput(format: Format, seeds: readonly FuzzInput[], random: Random): FuzzInput {
  const whole = random.pick(seeds)
  return format.change?.(whole, random) ?? mutate(whole, seeds, random)
}

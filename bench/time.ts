import { median } from '../src/core/math/quantile.ts'
import type { Peer } from './peer.ts'
import type { Amount } from './rows.ts'
import type { Ours } from './subject.ts'

/** Largest difference of outputs and of losses that rounding explains; more means that the networks are not the same. */
const tolerance = 1e-3

/** One side of a comparison; gives the seconds of one run. */
export interface Runner {
  readonly name: string
  run(): Promise<number>
}

export function forwardRunners(ours: Ours, peers: readonly Peer[]): Runner[] {
  return [
    { name: 'otomark', run: ours.forward },
    { name: 'onnxruntime, plain graph', run: ours.plainForward },
    ...peers.map(({ name, forward }) => ({
      name,
      async run() {
        const { seconds, difference } = await forward()
        if (difference < tolerance) return seconds
        throw new Error(`the network of ${name} is another one: its output differs by ${difference}`)
      }
    }))
  ]
}

/** Every side trains on from the same weights, so that at each step all losses agree with the first side's. */
export function stepRunners(ours: Ours, peers: readonly Peer[]): Runner[] {
  const expected: number[] = []
  return [{ name: 'otomark', step: ours.step }, ...peers].map(({ name, step }) => {
    let count = 0
    return {
      name,
      async run() {
        const { seconds, loss } = await step()
        expected[count] ??= loss
        const other = expected[count++] as number
        if (Math.abs(loss - other) < tolerance) return seconds
        throw new Error(`the training of ${name} is another one: at step ${count} its loss is ${loss}, ours ${other}`)
      }
    }
  })
}

/** Median seconds of all sides, run by turns, so that a busy machine slows all; the first run of each does not count. */
export async function mediansByTurns(runners: readonly Runner[], repeats: number): Promise<Amount[]> {
  const sides = runners.map(({ name, run }) => ({ name, run, seconds: [] as number[] }))
  for (let turn = 0; turn <= repeats; turn++) {
    for (const { run, seconds } of sides) {
      const taken = await run()
      if (turn > 0) seconds.push(taken)
    }
  }
  return sides.map(({ name, seconds }) => ({ name, amount: median(seconds) }))
}

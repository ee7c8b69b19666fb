import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { peaksOf } from './memory.ts'
import { type Peer, startPeer } from './peer.ts'
import { type Ours, openOurs, type Subject, settings, subjects } from './subject.ts'

/** One line of the result. Ratio: ours / peer, below 1 where otomark is faster or smaller; null without a peer. */
interface Measurement {
  readonly name: string
  readonly unit: string
  readonly ours: number
  readonly peer: number | null
  readonly peerName: string
  readonly ratio: number | null
}

/** Largest difference of answers and of losses that rounding explains; more means that the networks are not the same. */
const tolerance = 1e-3

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    memory: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    repeats: { type: 'string', default: '7' },
    threads: { type: 'string', default: `${availableParallelism()}` }
  }
})
const [repeats, threads] = [wholeNumber('--repeats', values.repeats), wholeNumber('--threads', values.threads)]

console.log(`${threads} threads, medians of ${repeats} runs, all sides by turns`)
const measurements: Measurement[] = []
for (const subject of await subjects()) {
  const works = subject.works.filter((work) => `${work}-${subject.name}`.includes(values.only))
  if (works.length > 0) measurements.push(...(await measure({ ...subject, works })))
}
if (values.memory) {
  for (const subject of await subjects()) {
    for (const work of subject.works.filter((work) => `${work}-${subject.name}`.includes(values.only))) {
      const peaks = await peaksOf(subject, work, threads)
      measurements.push(...report(`${work}-${subject.name}`, 'MiB', peaks))
    }
  }
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(measurements, null, 2)}\n`)

async function measure(subject: Subject): Promise<Measurement[]> {
  const ours = await openOurs(subject, threads)
  const peers: Peer[] = []
  try {
    for (const compile of [false, true]) {
      await startPeer({ threads, network: subject.network, ...settings, compile }, ours.tensors).then(
        (peer) => peers.push(peer),
        (error: unknown) =>
          console.log(`PyTorch is skipped: ${error instanceof Error ? error.message : error} (see bench/README.md)`)
      )
    }
    const measured: Measurement[] = []
    for (const work of subject.works) {
      const runners = work === 'forward' ? forwardRunners(ours, peers) : stepRunners(ours, peers)
      measured.push(...report(`${work}-${subject.name}`, 's', (await byTurns(runners)).map(medianOf)))
    }
    return measured
  } finally {
    await Promise.all([ours.close(), ...peers.map((peer) => peer.close())])
  }
}

/** One side of a comparison; gives the seconds of one run. */
interface Runner {
  readonly name: string
  run(): Promise<number>
}

function forwardRunners(ours: Ours, peers: readonly Peer[]): Runner[] {
  return [
    { name: 'otomark', run: ours.forward },
    { name: 'onnxruntime, plain graph', run: ours.plainForward },
    ...peers.map(({ name, forward }) => ({
      name,
      async run() {
        const { seconds, difference } = await forward()
        if (difference < tolerance) return seconds
        throw new Error(`the network of ${name} is another one: its answer differs by ${difference}`)
      }
    }))
  ]
}

/** Every side trains on from the same weights, so that at each step all losses agree with the first side's. */
function stepRunners(ours: Ours, peers: readonly Peer[]): Runner[] {
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

interface Times {
  readonly name: string
  readonly seconds: readonly number[]
}

/** Runs all sides by turns, so that a busy machine slows all; the first run of each warms up and does not count. */
async function byTurns(runners: readonly Runner[]): Promise<Times[]> {
  const times = runners.map(({ name }) => ({ name, seconds: [] as number[] }))
  for (let run = 0; run <= repeats; run++) {
    for (const [side, runner] of runners.entries()) {
      const seconds = await runner.run()
      if (run > 0) times[side]?.seconds.push(seconds)
    }
  }
  return times
}

/** What one side needs of a unit, seconds or MiB. */
interface Amount {
  readonly name: string
  readonly amount: number
}

function medianOf({ name, seconds }: Times): Amount {
  return { name, amount: median(seconds) }
}

function report(name: string, unit: 's' | 'MiB', [own, ...others]: readonly Amount[]): Measurement[] {
  const ours = own?.amount ?? Number.NaN
  const written = (amount: number): string => `${amount.toFixed(unit === 's' ? 3 : 0)} ${unit}`
  console.log(`${name}: otomark ${written(ours)}`)
  if (others.length === 0) return [{ name, unit, ours, peer: null, peerName: 'none', ratio: null }]
  return others.map(({ name: peerName, amount: peer }) => {
    console.log(`  ${peerName} ${written(peer)}, ratio ${(ours / peer).toFixed(2)}`)
    return { name, unit, ours, peer, peerName, ratio: ours / peer }
  })
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new Error(`${option} ${text}: is not a positive whole number`)
}

import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { type Peer, startPeer } from './peer.ts'
import { type Ours, openOurs, type Subject, settings, subjects } from './subject.ts'

/** One line of the result. Ratio: ours / peer, below 1 where we are faster; null without a peer. */
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
const peerLibrary = 'PyTorch'

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    repeats: { type: 'string', default: '7' },
    threads: { type: 'string', default: `${availableParallelism()}` }
  }
})
const [repeats, threads] = [wholeNumber('--repeats', values.repeats), wholeNumber('--threads', values.threads)]

console.log(`${threads} threads, medians of ${repeats} runs, both sides by turns`)
const measurements: Measurement[] = []
for (const subject of await subjects()) measurements.push(...(await measure(subject)))
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(measurements, null, 2)}\n`)

async function measure(subject: Subject): Promise<Measurement[]> {
  const ours = await openOurs(subject, threads)
  const peer = await startPeer({ threads, network: subject.network, ...settings }, ours.tensors).catch(
    (error: unknown) => {
      console.log(`${peerLibrary} is skipped: ${error instanceof Error ? error.message : error} (see bench/README.md)`)
      return undefined
    }
  )
  try {
    return [
      report(`${subject.name}: forward pass`, await forwardTimes(ours, peer), peer),
      report(`${subject.name}: training step`, await stepTimes(ours, peer), peer)
    ]
  } finally {
    await peer?.close()
    await ours.close()
  }
}

interface Times {
  readonly ours: readonly number[]
  readonly peer: readonly number[]
}

async function forwardTimes(ours: Ours, peer: Peer | undefined): Promise<Times> {
  return byTurns(
    ours.forward,
    peer &&
      (async () => {
        const { seconds, difference } = await peer.forward()
        if (!(difference < tolerance))
          throw new Error(`the peer's network is another one: its answer differs by ${difference}`)
        return seconds
      })
  )
}

async function stepTimes(ours: Ours, peer: Peer | undefined): Promise<Times> {
  const losses: { ours: number[]; peer: number[] } = { ours: [], peer: [] }
  const keep =
    (list: number[]) =>
    ({ seconds, loss }: { seconds: number; loss: number }) => {
      list.push(loss)
      return seconds
    }
  const times = await byTurns(
    () => ours.step().then(keep(losses.ours)),
    peer && (() => peer.step().then(keep(losses.peer)))
  )
  for (const [step, loss] of losses.peer.entries()) {
    const expected = losses.ours[step] as number
    if (!(Math.abs(loss - expected) < tolerance)) {
      throw new Error(`the peer's training is another one: at step ${step + 1} its loss is ${loss}, ours ${expected}`)
    }
  }
  return times
}

/** Runs both sides by turns, so that a busy machine slows both; the first run of each warms up and does not count. */
async function byTurns(ours: () => Promise<number>, peer: (() => Promise<number>) | undefined): Promise<Times> {
  const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] }
  for (let run = 0; run <= repeats; run++) {
    times.ours.push(await ours())
    if (peer !== undefined) times.peer.push(await peer())
  }
  return { ours: times.ours.slice(1), peer: times.peer.slice(1) }
}

function report(name: string, times: Times, peer: Peer | undefined): Measurement {
  const ours = median(times.ours)
  const theirs = peer === undefined ? null : median(times.peer)
  const ratio = theirs === null ? null : ours / theirs
  const beside =
    theirs === null || ratio === null ? '' : `, ${peer?.name} ${theirs.toFixed(3)} s, ratio ${ratio.toFixed(2)}`
  console.log(`${name}: otomark ${ours.toFixed(3)} s${beside}`)
  return { name, unit: 's', ours, peer: theirs, peerName: peer?.name ?? peerLibrary, ratio }
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

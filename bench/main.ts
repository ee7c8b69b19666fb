import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { compareRows } from './compare.ts'
import { openLimit } from './limit.ts'
import { writeMeasuredLowerings } from './lowerings.ts'
import { peaksOf } from './memory.ts'
import { type Peer, startPeer } from './peer.ts'
import { type Amount, type Row, readRows, rowsOf, writeRows, written } from './rows.ts'
import { openOurs, type Subject, settings, subjects, type Work } from './subject.ts'
import { tablesOf } from './tables.ts'
import { forwardRunners, mediansByTurns, stepRunners } from './time.ts'

const { values } = parseArgs({
  options: {
    compare: { type: 'string' },
    json: { type: 'string' },
    lowerings: { type: 'boolean', default: false },
    memory: { type: 'boolean', default: false },
    processor: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    repeats: { type: 'string', default: '5' },
    resume: { type: 'boolean', default: false },
    threads: { type: 'string', default: `${availableParallelism()}` }
  }
})
const clock = values.processor ? 'processor' : 'wall'
const secondsUnit = values.processor ? 'processor s' : 's'
const [repeats, threads] = [wholeNumber('--repeats', values.repeats), wholeNumber('--threads', values.threads)]

if (values.lowerings) await writeMeasuredLowerings(threads, repeats, values.only)
else compareWith(values.compare, await measureAll())

/** Every row, each written as soon as it is known; with --resume only those that the file does not hold yet. */
async function measureAll(): Promise<Row[]> {
  const known = values.json !== undefined && values.resume ? readRows(values.json) : []
  const add = (name: string, unit: Row['unit'], amounts: readonly Amount[]): void => {
    const rows = rowsOf(name, unit, amounts)
    report(rows)
    known.push(...rows)
    if (values.json === undefined) return
    writeRows(values.json, known)
    writeFileSync(values.json.replace(/\.json$/, '.md'), tablesOf(known, threads))
  }
  const isMissing = (name: string, unit: Row['unit']): boolean =>
    name.includes(values.only) && !known.some((row) => row.name === name && row.unit === unit)

  console.log(`${threads} threads, medians of ${repeats} runs, all sides by turns`)
  const all = await subjects()
  const limitOf = values.processor ? undefined : openLimit(threads)
  for (const subject of all) {
    const works = subject.works.filter((work) => isMissing(`${work}-${subject.name}`, secondsUnit))
    if (works.length === 0) continue
    await time({ ...subject, works }, (work, medians) => {
      const limit = limitOf?.(subject, work)
      const amounts = limit === undefined ? medians : [...medians, { name: limit.name, amount: limit.seconds }]
      add(`${work}-${subject.name}`, secondsUnit, amounts)
    })
  }
  for (const subject of values.memory ? all : []) {
    for (const work of subject.works) {
      const name = `${work}-${subject.name}`
      if (isMissing(name, 'MiB')) add(name, 'MiB', await peaksOf(subject, work, threads))
    }
  }
  return known
}

/** Fails where a ratio is worse than the one on record in a file of `--json`. */
function compareWith(path: string | undefined, rows: readonly Row[]): void {
  if (path === undefined) return
  const { compared, worse } = compareRows(readRows(path), rows)
  for (const { name, unit, peerName, before, now } of worse) {
    console.log(`worse: ${name} (${unit}) beside ${peerName}: ratio ${now.toFixed(2)}, was ${before.toFixed(2)}`)
  }
  console.log(`${compared} ratios compared with ${path}, ${worse.length} worse`)
  if (compared === 0) throw new Error(`${path} and this run have no ratio in common; is the peer installed?`)
  if (worse.length > 0) process.exitCode = 1
}

async function time(subject: Subject, add: (work: Work, amounts: readonly Amount[]) => void): Promise<void> {
  const ours = await openOurs(subject, threads, { clock })
  const peers: Peer[] = []
  try {
    for (const compile of [false, true]) {
      await startPeer({ threads, network: subject.network, ...settings, compile, clock }, ours.tensors).then(
        (peer) => peers.push(peer),
        (error: unknown) =>
          console.log(`PyTorch is skipped: ${error instanceof Error ? error.message : error} (see bench/README.md)`)
      )
    }
    for (const work of subject.works) {
      const runners = work === 'forward' ? forwardRunners(ours, peers) : stepRunners(ours, peers)
      add(work, await mediansByTurns(runners, repeats))
    }
  } finally {
    await Promise.all([ours.close(), ...peers.map((peer) => peer.close())])
  }
}

function report(rows: readonly Row[]): void {
  const [{ name, unit, ours } = { name: '', unit: 's' as const, ours: Number.NaN }] = rows
  console.log(`${name}: otomark ${written(ours, unit)} ${unit}`)
  for (const { peerName, peer, ratio } of rows) {
    if (peer === null || ratio === null) continue
    const share = peerName.startsWith('oneDNN') ? `, we reach ${((100 * peer) / ours).toFixed(0)} % of this limit` : ''
    console.log(`  ${peerName} ${written(peer, unit)} ${unit}, ratio ${ratio.toFixed(2)}${share}`)
  }
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new Error(`${option} ${text}: is not a positive whole number`)
}

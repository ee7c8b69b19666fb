import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EndKind, endKinds, type Fault, limits, toldCells } from './ends.ts'

export interface CampaignOptions {
  readonly format: string
  readonly seed: number
  /** Number of the first input, and of the one after the last. */
  readonly first: number
  readonly end: number
  /** For reading; what it takes to start is not counted. */
  readonly seconds: number
  /** Exports the formats; otomark's own when left out. */
  readonly module?: URL
  /** Longest that an input may take, ms. */
  readonly patience?: number
}

export interface CampaignOutcome {
  readonly counts: Readonly<Record<EndKind, number>>
  readonly faults: readonly Fault[]
}

const ownFormats = new URL('./formats.ts', import.meta.url)
const worker = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** How often the process that reads is looked at, ms. */
const pause = 50

/** Longest that it takes to start, ms. */
const startTime = 120_000

/** Reads changed inputs of one format in processes that are replaced when they end, hang or take too much memory. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  let left = options.seconds * 1000
  const counts = Object.fromEntries(endKinds.map((kind) => [kind, 0])) as Record<EndKind, number>
  const faults: Fault[] = []
  try {
    let next = options.first
    while (next < options.end && left > 0) {
      const { told, fault } = await runWorker({ ...options, first: next }, left, folder)
      left -= (told[2] ?? 0) + (fault?.end === 'hang' ? (options.patience ?? limits.time) : 0)
      for (const [at, kind] of endKinds.entries()) counts[kind] += told[toldCells - endKinds.length + at] ?? 0
      const last = told[0] ?? -1
      if (fault !== undefined) {
        if (last < 0) throw new Error(`the process that reads ${options.format} did not start: ${fault.message}`)
        faults.push(fault)
        counts[fault.end] += 1
      }
      next = fault === undefined ? last : last + 1
    }
    return { counts, faults: [...readFaults(folder), ...faults].sort((a, b) => a.index - b.index) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs one process until it ends. @returns what it wrote down, and the fault it ended by, if it did not end by itself */
async function runWorker(
  { format, seed, first, end, module = ownFormats, patience = limits.time }: CampaignOptions,
  milliseconds: number,
  folder: string
): Promise<{ told: Float64Array; fault: Fault | undefined }> {
  rmSync(join(folder, 'progress'), { force: true })
  const words = [module, format, folder, seed, first, end, milliseconds].map(String)
  const flags = ['--expose-gc', '--max-old-space-size=2048', '--import', 'tsx']
  const child = spawn(process.execPath, [...flags, worker, ...words], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-2000)
  })
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code))
  })
  const stopped = await watch(child, folder, ended, patience)
  const how = await ended
  const told = readProgress(folder)
  const index = told[0] ?? -1
  if (stopped !== undefined) return { told, fault: { index, ...stopped } }
  if (told[1] === 1) return { told, fault: undefined }
  return {
    told,
    fault: { index, end: 'bug', message: `the process ended with ${how}: ${said.replaceAll(/\s+/g, ' ')}` }
  }
}

/** Ends a process that stays too long with one input, or grows too large. @returns why it was ended */
async function watch(
  child: ChildProcess,
  folder: string,
  ended: Promise<unknown>,
  readingTime: number
): Promise<{ readonly end: EndKind; readonly message: string } | undefined> {
  let [index, since, base] = [-1, Date.now(), 0]
  let running = true
  ended.then(() => {
    running = false
  })
  while (running) {
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, pause))])
    const now = readProgress(folder)[0] ?? -1
    if (now !== index) [index, since] = [now, Date.now()]
    const size = residentBytes(child.pid)
    if (index < 0 || base === 0) base = size
    const patience = index < 0 ? startTime : readingTime
    const tooLong = Date.now() - since > patience
    const tooLarge = size > base + 3 * limits.memory
    if (!running || !(tooLong || tooLarge)) continue
    child.kill('SIGKILL')
    return tooLong
      ? { end: 'hang', message: `took more than ${patience / 1000} s` }
      : { end: 'memory', message: `took more than ${Math.round((size - base) / 2 ** 20)} MiB` }
  }
  return undefined
}

function readProgress(folder: string): Float64Array {
  const told = new Float64Array(toldCells)
  const path = join(folder, 'progress')
  const bytes = existsSync(path) ? readFileSync(path) : new Uint8Array()
  if (bytes.length === told.byteLength) new Uint8Array(told.buffer).set(bytes)
  else told[0] = -1
  return told
}

function readFaults(folder: string): Fault[] {
  const path = join(folder, 'faults.jsonl')
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Fault => JSON.parse(line))
}

/** Of a process, where /proc tells it; else 0. */
function residentBytes(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096
  } catch {
    return 0
  }
}

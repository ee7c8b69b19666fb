import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type FoundSeries, findInstances, findSeries } from '../../clinic/dicomweb/search.ts'
import { delay, type ServerSettings } from '../../clinic/dicomweb/server.ts'
import { AccessError, exitCode, InputError, ResourceError } from '../../core/errors.ts'
import { softwareVersion } from '../../core/version.ts'
import type { Files } from '../../io/files.ts'
import { lockOutput } from '../../node/folder-lock.ts'
import { makeFolder, writeFileAtomically } from '../../node/write-file.ts'
import { explainError } from '../report-error.ts'
import { type Audit, openAudit } from './audit.ts'
import { fetchSeries } from './fetch-series.ts'
import { storeResults } from './store-results.ts'

export interface WatchOptions {
  /** What is remembered: done series, and results on their way to the server. */
  readonly state: string
  /** Milliseconds between two queries. A series is stable when it has not grown from one to the next. */
  readonly interval: number
  /** Only studies of the last days are queried. */
  readonly days: number
  /** Ends when a query shows nothing that is new or growing. */
  readonly once: boolean
  readonly signal: AbortSignal
  /** Analyses the series in a folder. @returns the files of its result */
  readonly analyze: (folder: string) => Promise<Files>
  /** Gets a line about each series and each trouble. */
  readonly say: (line: string) => void
}

/**
 * Queries a server for CT series, again and again, analyses each one once when it has come to rest, and once more where it has grown
 * since, and stores what was found in the study it belongs to. Results are no CT, and so never its own input. A series that cannot be analysed is
 * put on record and not tried again; a server that does not answer is waited for.
 */
export async function watchServer(server: ServerSettings, options: WatchOptions): Promise<void> {
  const { state, interval, once, signal, say } = options
  await makeFolder(state)
  const unlock = lockOutput(state)
  try {
    const audit = await openAudit(state)
    const seen = new Map<string, number>()
    while (!signal.aborted) {
      try {
        const open = await queryOnce({ ...server, signal }, options, audit, seen)
        if (once && open === 0) return
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof ResourceError)) throw error
        say(`${error.message}; trying again in ${Math.round(interval / 1000)} s`)
      }
      await delay(interval, signal).catch(() => {})
    }
  } finally {
    unlock()
  }
}

/** Beside results that are whole: of how many objects of the series they are. */
const completeFile = 'complete'

/** @returns how many series were new, growing or done in this query */
async function queryOnce(
  server: ServerSettings,
  options: WatchOptions,
  audit: Audit,
  seen: Map<string, number>
): Promise<number> {
  const since = new Date(Date.now() - options.days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  const found = await findSeries(server, { Modality: 'CT', StudyDate: `${since}-` })
  const open = found.filter(
    ({ modality, seriesUid, instances }) => modality === 'CT' && !audit.has(seriesUid, instances)
  )
  for (const series of open) {
    options.signal.throwIfAborted()
    // Counted where the server does not say; without a number a series that grows would look stable.
    const instances = series.instances ?? (await findInstances(server, series).catch(notThere)).length
    const stable = seen.get(series.seriesUid) === instances
    seen.set(series.seriesUid, instances)
    if (stable) await settle(server, { ...series, instances }, options, audit)
  }
  return open.length
}

/** Its objects may have been deleted meanwhile. */
function notThere(error: unknown): readonly string[] {
  if (error instanceof InputError) return []
  throw error
}

async function settle(
  server: ServerSettings,
  series: FoundSeries,
  { state, analyze, say, signal }: WatchOptions,
  audit: Audit
): Promise<void> {
  const began = performance.now()
  const record = async (outcome: 'stored' | 'failed', code: number, stored: readonly string[], message?: string) => {
    await audit.add({
      time: new Date().toISOString(),
      series: series.seriesUid,
      ...(series.instances !== undefined && { instances: series.instances }),
      outcome,
      exitCode: code,
      ...(message !== undefined && { message }),
      stored: [...stored],
      seconds: Math.round((performance.now() - began) / 100) / 10,
      software: `otomark ${softwareVersion}`
    })
    say(`${series.seriesUid}: ${message ?? `stored ${stored.join(', ')}`}`)
  }
  const work = join(state, 'work', series.seriesUid)
  try {
    const files = await resultOf(server, series, work, analyze)
    await record('stored', exitCode.done, await storeResults(server, files))
  } catch (error) {
    signal.throwIfAborted()
    // The disk and the server may come back; a series that cannot be analysed, by a bug of ours too, stays so.
    const { unidentified, exitCode: code } = explainError(error)
    if (code === exitCode.resources || error instanceof AccessError) throw error
    await record('failed', code, [], unidentified.replaceAll(join(work, 'source'), 'the series'))
  }
  await rm(work, { recursive: true, force: true })
}

/**
 * The result of a series: what an earlier run left on its way to the server, else a new one, which is kept until it is
 * there. So a run that was stopped while it stored goes on with the same objects.
 */
async function resultOf(
  server: ServerSettings,
  series: FoundSeries,
  work: string,
  analyze: WatchOptions['analyze']
): Promise<Files> {
  const [source, results] = [join(work, 'source'), join(work, 'results')]
  const kept: readonly string[] = await readdir(results).catch(() => [])
  const of = await readFile(join(results, completeFile), 'utf8').catch(() => undefined)
  // One of fewer objects is that of a part of the series.
  if (of === String(series.instances)) {
    const files: Record<string, Uint8Array> = {}
    for (const name of kept) files[name] = new Uint8Array(await readFile(join(results, name)))
    return files
  }
  await fetchSeries(server, series, source)
  const files = Object.fromEntries(Object.entries(await analyze(source)).filter(([name]) => name.endsWith('.dcm')))
  await makeFolder(results)
  for (const [name, bytes] of Object.entries(files)) await writeFileAtomically(join(results, name), bytes)
  await writeFileAtomically(join(results, completeFile), String(series.instances))
  return files
}

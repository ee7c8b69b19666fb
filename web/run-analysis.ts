import { proxy, type Remote, wrap } from 'comlink'
import { type ErrorKind, OtomarkError } from '../src/core/errors.ts'
import { isOutOfMemory } from '../src/core/out-of-memory.ts'
import type { ProgressEvent } from '../src/core/progress.ts'
import { type EngineChoice, type EnginePreference, engineChoices, engineName } from './engine.ts'
import type { ScanInput } from './scan-files.ts'
import type { Store } from './store.ts'
import type { Analysis, AnalysisListener, Analyst, Preview } from './worker/analyst.ts'
import { carryErrors } from './worker/carry-errors.ts'

/** A worker that holds an analysed scan, and what it found. */
export interface Session {
  readonly analysis: Analysis
  readonly analyst: Remote<Analyst>
  end(): void
}

/** An analysis under way. */
export interface Run {
  /** Says which of the series on offer to read, by its UID. */
  choose(uid: string): void
  /** The worker with the scan; undefined when it was cancelled or failed, which the store knows. */
  readonly session: Promise<Session | undefined>
  cancel(): void
}

carryErrors()

/** Analyses a scan in a worker, with the best engine there is; one that fails makes way for the next. */
export function runAnalysis(store: Store, input: ScanInput, preference: EnginePreference): Run {
  const stop = new AbortController()
  let answer: (uid: string) => void = () => {}
  let chosen: string | undefined
  const choose: AnalysisListener['choose'] = async (choices) => {
    // Asked again by the next engine, a person has answered already.
    if (chosen !== undefined) return chosen
    store.dispatch({ type: 'series', choices })
    return new Promise((resolve) => {
      answer = resolve
    })
  }
  store.dispatch({ type: 'started', name: input.name })
  return {
    session: tryEngines(store, input, preference, choose, stop.signal),
    choose(uid) {
      chosen = uid
      store.dispatch({ type: 'series', choices: [] })
      answer(uid)
    },
    cancel() {
      if (store.state.phase !== 'working') return
      stop.abort(new Error('cancelled'))
      store.dispatch({ type: 'cancelled' })
    }
  }
}

async function tryEngines(
  store: Store,
  input: ScanInput,
  preference: EnginePreference,
  choose: AnalysisListener['choose'],
  signal: AbortSignal
): Promise<Session | undefined> {
  const choices = await engineChoices(preference)
  let notice: string | undefined
  for (const [n, choice] of choices.entries()) {
    if (signal.aborted) return undefined
    store.dispatch({ type: 'engine', choice, ...(notice !== undefined && { notice }) })
    try {
      return await analyzeIn(store, input, choice, choose, signal)
    } catch (error) {
      if (signal.aborted) return undefined
      const next = choices[n + 1]
      if (next === undefined || !isEngineFailure(error)) {
        store.dispatch({ type: 'failed', message: explain(error) })
        return undefined
      }
      const what = isOutOfMemory(error) ? 'Memory ran out' : `${engineName(choice.engine)} failed`
      notice = `${what}; going on with: ${engineName(next.engine)}.`
      choices[n + 1] = { ...next, why: `${what.toLowerCase()}` }
    }
  }
  return undefined
}

async function analyzeIn(
  store: Store,
  { files }: ScanInput,
  { engine }: EngineChoice,
  choose: AnalysisListener['choose'],
  signal: AbortSignal
): Promise<Session> {
  const name = `analyst: ${engineName(engine)}`
  const worker = new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module', name })
  const end = (): void => worker.terminate()
  // A worker that dies, as for want of memory, answers nothing any more; one that was ended neither.
  const ended = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message || 'the worker ended')))
    signal.addEventListener('abort', () => reject(signal.reason))
  })
  const analyst = wrap<Analyst>(worker)
  const request = { engine, files, base: new URL('.', location.href).href }
  const listener = proxy({
    choose,
    progress: (event: ProgressEvent) => {
      if (!signal.aborted) store.dispatch({ type: 'progress', event })
    },
    preview: (pictures: readonly Preview[]) => {
      if (!signal.aborted) store.dispatch({ type: 'preview', pictures })
    }
  })
  try {
    const analysis = await Promise.race([analyst.analyze(request, listener), ended])
    return { analysis, analyst, end }
  } catch (error) {
    end()
    throw error
  }
}

/** Errors that another engine cannot mend: the scan is to blame, or the choice of a series. */
const finalKinds: ReadonlySet<ErrorKind> = new Set(['input', 'geometry', 'noEar', 'usage'])

function isEngineFailure(error: unknown): boolean {
  return !(error instanceof OtomarkError && finalKinds.has(error.kind))
}

function explain(error: unknown): string {
  if (isOutOfMemory(error)) return 'Memory ran out: close other pages and programs, or crop the scan around the ears.'
  if (error instanceof OtomarkError && error.kind !== 'bug') return error.message
  return `This is a bug, please report it: ${error instanceof Error ? error.message : String(error)}`
}

import { proxy, type Remote, transfer } from 'comlink'
import { type ErrorKind, NoEarError, OtomarkError } from '../src/core/errors.ts'
import { isOutOfMemory } from '../src/core/out-of-memory.ts'
import type { ProgressEvent } from '../src/core/progress.ts'
import type { Action } from './action.ts'
import { type EngineChoice, type EnginePreference, engineChoices, engineName } from './engine.ts'
import { type LivingWorker, livingWorker } from './living-worker.ts'
import type { ScanInput } from './scan-files.ts'
import type { Store } from './store.ts'
import type {
  Analysis,
  AnalysisListener,
  AnalysisWorker,
  MeasurementWorker,
  Preview
} from './worker/analysis-worker.ts'
import { carryErrors } from './worker/carry-errors.ts'

/** A worker that holds an analysed scan, what it found, and a second one that measures. */
export interface Session {
  readonly analysis: Analysis
  readonly analysisWorker: Remote<AnalysisWorker>
  readonly measurementWorker: Remote<MeasurementWorker>
  /** Resolves, with what is to be said of it, when one of them ends by itself; what is asked of them then fails. */
  readonly ended: Promise<Error>
  end(): void
}

/** An analysis under way. */
export interface Run {
  /** Says which of the series on offer to read, by its UID. */
  choose(uid: string): void
  /** The workers with the scan; undefined when it was stopped or failed, which the store knows. */
  readonly session: Promise<Session | undefined>
  /** Ends it; nothing of it reaches the store any more. */
  stop(): void
}

carryErrors()

/**
 * Analyses a scan in a worker, with the best engine there is; one that fails makes way for the next.
 * @param read is called when the scan is read, before the store hears of it: what was shown before goes now
 */
export function runAnalysis(store: Store, input: ScanInput, preference: EnginePreference, read: () => void): Run {
  const stop = new AbortController()
  const dispatch = (action: Action): void => {
    if (!stop.signal.aborted) store.dispatch(action)
  }
  let answer: (uid: string) => void = () => {}
  let chosen: string | undefined
  const choose: AnalysisListener['choose'] = async (choices) => {
    // Asked again by the next engine, a person has answered already.
    if (chosen !== undefined) return chosen
    dispatch({ type: 'series', choices })
    return new Promise((resolve) => {
      answer = resolve
    })
  }
  let isRead = false
  const begin: Attempt['begin'] = (choice, isAnalysed) => {
    if (stop.signal.aborted || isRead) return
    isRead = true
    read()
    dispatch({ type: 'started', name: input.name, choice: isAnalysed ? null : choice })
  }
  const next: Attempt['next'] = (choice, notice) => {
    if (isRead) dispatch({ type: 'engine', choice, notice })
  }
  dispatch({ type: 'opening', name: input.name })
  return {
    session: tryEngines({ input, dispatch, choose, begin, next, signal: stop.signal }, preference),
    choose(uid) {
      chosen = uid
      dispatch({ type: 'series', choices: [] })
      answer(uid)
    },
    stop: () => stop.abort(new Error('stopped'))
  }
}

/** What the tries with one engine and the next have in common. */
interface Attempt {
  readonly input: ScanInput
  readonly dispatch: (action: Action) => void
  readonly choose: AnalysisListener['choose']
  /** The scan is read, perhaps not for the first time. */
  readonly begin: (choice: EngineChoice, isAnalysed: boolean) => void
  /** Another engine's turn. */
  readonly next: (choice: EngineChoice, notice: string) => void
  readonly signal: AbortSignal
}

async function tryEngines(attempt: Attempt, preference: EnginePreference): Promise<Session | undefined> {
  const { dispatch, next: goOn, signal } = attempt
  const choices = await engineChoices(preference)
  for (const [n, choice] of choices.entries()) {
    if (signal.aborted) return undefined
    try {
      return await analyzeIn(attempt, choice)
    } catch (error) {
      if (signal.aborted) return undefined
      const next = choices[n + 1]
      if (next === undefined || !isEngineFailure(error)) {
        dispatch({ type: 'failed', message: explain(error, attempt.input.name) })
        return undefined
      }
      const what = isOutOfMemory(error) ? 'Memory ran out' : `${engineName(choice.engine)} failed`
      const choiceNow = { ...next, why: what.toLowerCase() }
      choices[n + 1] = choiceNow
      goOn(choiceNow, `${what}; going on with: ${engineName(next.engine)}.`)
    }
  }
  return undefined
}

async function analyzeIn(
  { input: { content }, dispatch, choose, begin, signal }: Attempt,
  choice: EngineChoice
): Promise<Session> {
  const { engine } = choice
  const name = `analysis: ${engineName(engine)}`
  const worker = new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module', name })
  const analysing = livingWorker<AnalysisWorker>(worker)
  const stop = (): void => analysing.end(signal.reason)
  signal.addEventListener('abort', stop)
  const listener = proxy({
    choose,
    progress: (event: ProgressEvent) => dispatch({ type: 'progress', event }),
    read: (pictures: readonly Preview[], isAnalysed: boolean) => {
      begin(choice, isAnalysed)
      dispatch({ type: 'preview', pictures })
    }
  })
  try {
    const request = { engine, input: content, base: new URL('.', location.href).href }
    const analysis = await analysing.remote.analyze(request, listener)
    const measuring = await openMeasurementWorker(analysing.remote)
    const end = (reason?: unknown): void => {
      analysing.end(reason)
      measuring.end(reason)
    }
    const ended = Promise.race([analysing.ended, measuring.ended])
    // One is of no use without the other.
    void ended.then(end)
    return { analysis, analysisWorker: analysing.remote, measurementWorker: measuring.remote, ended, end: () => end() }
  } catch (error) {
    analysing.end()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** The worker that only measures, with the ears of the one that found them. */
async function openMeasurementWorker(analysisWorker: Remote<AnalysisWorker>): Promise<LivingWorker<MeasurementWorker>> {
  const worker = new Worker(new URL('./worker/measure-worker.ts', import.meta.url), {
    type: 'module',
    name: 'measurement'
  })
  const measuring = livingWorker<MeasurementWorker>(worker)
  try {
    await sendEars({ analysisWorker, measurementWorker: measuring.remote })
    return measuring
  } catch (error) {
    measuring.end()
    throw error
  }
}

/** Sends the ears as they were found to the worker that only measures. */
export async function sendEars({
  analysisWorker,
  measurementWorker
}: Pick<Session, 'analysisWorker' | 'measurementWorker'>): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  await Promise.all([
    measurementWorker.receiveEars(transfer(port2, [port2])),
    analysisWorker.sendEars(transfer(port1, [port1]))
  ])
}

/** Errors that another engine cannot mend: the scan is to blame, or the choice of a series. */
const finalKinds: ReadonlySet<ErrorKind> = new Set(['input', 'geometry', 'noEar', 'usage'])

function isEngineFailure(error: unknown): boolean {
  return !(error instanceof OtomarkError && finalKinds.has(error.kind))
}

/** What a person sees of an error, in one line. @param name what was opened; a scan without an ear is known by it */
export function explain(error: unknown, name?: string): string {
  if (isOutOfMemory(error)) return 'Memory ran out: close other pages and programs, or crop the scan around the ears.'
  if (error instanceof NoEarError && name !== undefined) return `${name}: ${error.message}`
  if (error instanceof OtomarkError && error.kind !== 'bug') return error.message
  return `This is a bug, please report it: ${error instanceof Error ? error.message : String(error)}`
}

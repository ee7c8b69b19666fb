import type { Side } from '../src/core/anatomy.ts'
import type { Landmark } from '../src/core/landmark.ts'
import type { Vector3 } from '../src/core/math/vector.ts'
import type { ProgressEvent } from '../src/core/progress.ts'
import type { SeriesChoice } from '../src/io/dicom/series.ts'
import type { AnalysisResult } from '../src/report/result.ts'
import type { Change, Entry } from './corrections.ts'
import { type EarState, earAsFound, withChange, withLandmark } from './ear-state.ts'
import type { EngineChoice, EnginePreference } from './engine.ts'
import { initialLook, type Look } from './look.ts'
import type { Analysis, Conclusion, Preview, QuickMeasurements } from './worker/analyst.ts'

/** All that the page shows, in one place. It is never changed: an action makes a new one. */
export interface State {
  readonly phase: 'empty' | 'working' | 'ready'
  /** What the person gave, by name. */
  readonly scanName: string
  readonly preference: EnginePreference
  readonly engine: EngineChoice | null
  readonly progress: ProgressEvent | null
  readonly previews: readonly Preview[]
  /** DICOM series to choose from, where a folder holds several; the analysis waits. */
  readonly series: readonly SeriesChoice[]
  /** What went wrong, and what to do, in one line. */
  readonly error: string | null
  /** What happened that a person should know, such as a change of engine. */
  readonly notice: string | null
  readonly result: AnalysisResult | null
  /** Whether the result and the surfaces are those of the ears as they are now. */
  readonly concluded: boolean
  /** Values while corrections are being concluded, by ear; then null. */
  readonly quick: readonly QuickMeasurements[] | null
  readonly ears: readonly EarState[]
  readonly look: Look
  /** Changes that can be taken back, and those that were. */
  readonly done: readonly Change[]
  readonly undone: readonly Change[]
  readonly log: readonly Entry[]
}

export type Action =
  | { readonly type: 'started'; readonly name: string }
  | { readonly type: 'engine'; readonly choice: EngineChoice; readonly notice?: string }
  | { readonly type: 'progress'; readonly event: ProgressEvent }
  | { readonly type: 'preview'; readonly pictures: readonly Preview[] }
  | { readonly type: 'series'; readonly choices: readonly SeriesChoice[] }
  | { readonly type: 'analysed'; readonly analysis: Analysis }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'cancelled' }
  | { readonly type: 'closed' }
  | { readonly type: 'dismissed' }
  | { readonly type: 'prefer'; readonly preference: EnginePreference }
  | { readonly type: 'look'; readonly look: Partial<Look> }
  | { readonly type: 'crosshair'; readonly side: Side; readonly place: Vector3 }
  /** A landmark on its way, before the pointer lets go of it. */
  | { readonly type: 'dragged'; readonly side: Side; readonly landmark: Landmark }
  | { readonly type: 'changed'; readonly change: Change; readonly at: string }
  | { readonly type: 'undo'; readonly at: string }
  | { readonly type: 'redo'; readonly at: string }
  | { readonly type: 'measured'; readonly values: readonly QuickMeasurements[] }
  | { readonly type: 'concluded'; readonly conclusion: Conclusion }
  /** The measurements could not follow the corrections, which are kept. */
  | { readonly type: 'lost track'; readonly message: string }

export const initialState: State = {
  phase: 'empty',
  scanName: '',
  preference: 'automatic',
  engine: null,
  progress: null,
  previews: [],
  series: [],
  error: null,
  notice: null,
  result: null,
  concluded: true,
  quick: null,
  ears: [],
  look: initialLook,
  done: [],
  undone: [],
  log: []
}

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'started':
      return { ...emptied(state), phase: 'working', scanName: action.name }
    case 'engine':
      return { ...state, engine: action.choice, ...(action.notice !== undefined && { notice: action.notice }) }
    case 'progress':
      return { ...state, progress: action.event }
    case 'preview':
      return { ...state, previews: action.pictures }
    case 'series':
      return { ...state, series: action.choices }
    case 'analysed':
      return analysed(state, action.analysis)
    case 'failed':
      return { ...emptied(state), error: action.message }
    case 'cancelled':
      return { ...emptied(state), notice: 'The analysis was cancelled.' }
    case 'closed':
      return emptied(state)
    case 'dismissed':
      return { ...state, error: null, notice: null }
    case 'prefer':
      return { ...state, preference: action.preference }
    case 'look':
      return { ...state, look: { ...state.look, ...action.look } }
    case 'crosshair':
      return withEar(state, action.side, (ear) => ({ ...ear, crosshair: action.place }))
    case 'dragged':
      return corrected(state, action.side, (ear) => withLandmark(ear, action.landmark))
    case 'changed': {
      const { change, at } = action
      const done = [...state.done, change]
      return {
        ...applied(state, change, false),
        done,
        undone: [],
        log: [...state.log, { at, action: 'change', change }]
      }
    }
    case 'undo': {
      const change = state.done.at(-1)
      if (change === undefined) return state
      const log: Entry[] = [...state.log, { at: action.at, action: 'undo', change }]
      return { ...applied(state, change, true), done: state.done.slice(0, -1), undone: [...state.undone, change], log }
    }
    case 'redo': {
      const change = state.undone.at(-1)
      if (change === undefined) return state
      const log: Entry[] = [...state.log, { at: action.at, action: 'redo', change }]
      return { ...applied(state, change, false), done: [...state.done, change], undone: state.undone.slice(0, -1), log }
    }
    case 'measured':
      // Values that arrive late say nothing that the conclusion does not.
      return state.concluded ? state : { ...state, quick: action.values }
    case 'concluded': {
      const { result, surfaces } = action.conclusion
      const ears = state.ears.map((ear, n) => ({ ...ear, surfaces: surfaces[n] ?? ear.surfaces }))
      return { ...state, result, concluded: true, quick: null, ears }
    }
    case 'lost track':
      return { ...state, error: action.message }
  }
}

function emptied({ preference, look }: State): State {
  return { ...initialState, preference, look: { ...look, ear: 'both', tool: 'look' } }
}

function analysed(state: State, { result, ears }: Analysis): State {
  return { ...state, phase: 'ready', progress: null, previews: [], result, ears: ears.map(earAsFound) }
}

/** The ears on show, as they lie in a radiologist's picture: the patient's right ear on the left. */
export function shownEars({ ears, look }: State): EarState[] {
  const shown = look.ear === 'both' ? ears : ears.filter(({ side }) => side === look.ear)
  return shown.toSorted((a, b) => Number(a.side === 'left') - Number(b.side === 'left'))
}

function withEar(state: State, side: Side, change: (ear: EarState) => EarState): State {
  return { ...state, ears: state.ears.map((ear) => (ear.side === side ? change(ear) : ear)) }
}

function corrected(state: State, side: Side, change: (ear: EarState) => EarState): State {
  return { ...withEar(state, side, change), concluded: false }
}

function applied(state: State, change: Change, back: boolean): State {
  return corrected(state, change.side, (ear) => withChange(ear, change, back))
}

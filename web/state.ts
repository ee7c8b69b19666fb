import type { ProgressEvent } from '../src/core/progress.ts'
import type { ElectrodeArray } from '../src/electrode/array.ts'
import type { AnalysisResult } from '../src/report/result.ts'
import type { Action } from './action.ts'
import type { EarAgreement } from './compare/agreement.ts'
import type { Comparison } from './compare/comparison.ts'
import type { Change, Entry } from './corrections.ts'
import type { EarId } from './ear-id.ts'
import { missingContacts, withAnswer } from './ear-implant.ts'
import { type EarState, earAsFound, withChange, withElectrode, withLandmark } from './ear-state.ts'
import type { EngineChoice, EnginePreference } from './engine.ts'
import { initialLook, type Look } from './look.ts'
import { isPlanCurrent, type MadePlan, nothingPlanned, type Planning } from './plan/planning.ts'
import type { Ruler } from './rulers.ts'
import type { Analysis, Overview, Preview, QuickMeasurements, SeriesOffer } from './worker/analysis-worker.ts'

/** All that the page shows, in one place. It is never changed: an action makes a new one. */
export interface State {
  readonly phase: 'empty' | 'working' | 'ready'
  /** What is shown, by the name of what the person gave. */
  readonly scanName: string
  /** A scan that is being read to take the place of what is shown, by name; until it is read, all stays. */
  readonly opening: string | null
  readonly preference: EnginePreference
  readonly engine: EngineChoice | null
  readonly progress: ProgressEvent | null
  readonly previews: readonly Preview[]
  /** DICOM series to choose from, where a folder holds several; the analysis waits. */
  readonly series: readonly SeriesOffer[]
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
  /** Electrode arrays to choose from. The worker sends them, so that the page loads neither the catalogue nor its schema. */
  readonly arrays: readonly ElectrodeArray[]
  /** The whole scan in small. */
  readonly overview: Overview | null
  /** DICOM's UID of the space its coordinates lie in; null where there is none. */
  readonly frameOfReference: string | null
  /** DICOM's Patient ID; null where there is none. */
  readonly patientId: string | null
  /** The ear that was pointed at or changed last. */
  readonly active: EarId | null
  readonly look: Look
  /** What the scan is compared with, beside it. */
  readonly comparison: Comparison | null
  /** How the outlines of the compared ears on show agree, where that can be computed; computed when the hand rests. */
  readonly agreement: EarAgreement | null
  /** Electrode arrays laid into the ears. */
  readonly planning: Planning
  /** Distances and angles that a person put. */
  readonly rulers: readonly Ruler[]
  /** Changes that can be taken back, and those that were. */
  readonly done: readonly Change[]
  readonly undone: readonly Change[]
  readonly log: readonly Entry[]
  /** How many entries of the log lie in a file that the person saved. */
  readonly saved: number
  /** How many of them the browser keeps. */
  readonly kept: number
}

export const initialState: State = {
  phase: 'empty',
  scanName: '',
  opening: null,
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
  arrays: [],
  overview: null,
  frameOfReference: null,
  patientId: null,
  active: null,
  look: initialLook,
  comparison: null,
  agreement: null,
  planning: nothingPlanned,
  rulers: [],
  done: [],
  undone: [],
  log: [],
  saved: 0,
  kept: 0
}

export function reduce(state: State, action: Action): State {
  const next = reduced(state, action)
  // The tool goes when there is nothing to do for it any more.
  return next.look.tool === 'contact' && !hasMissingContacts(next)
    ? { ...next, look: { ...next.look, tool: 'look' } }
    : next
}

function reduced(state: State, action: Action): State {
  switch (action.type) {
    case 'opening':
      return { ...back(state), phase: state.ears.length > 0 ? 'ready' : 'working', opening: action.name }
    case 'started': {
      return { ...emptied(state), phase: 'working', scanName: action.name, engine: action.choice }
    }
    case 'engine':
      return { ...state, engine: action.choice, notice: action.notice }
    case 'progress':
      return { ...state, progress: action.event }
    case 'preview':
      return { ...state, previews: action.pictures }
    case 'series':
      return { ...state, series: action.choices }
    case 'analysed':
      return analysed(state, action.analysis)
    case 'failed':
      return { ...back(state), error: action.message }
    case 'cancelled':
      return { ...back(state), notice: 'The analysis was cancelled.' }
    case 'closed':
      return emptied(state)
    case 'lost':
      return lost(state, action.message)
    case 'dismissed':
      return { ...state, error: null, notice: null }
    case 'prefer':
      return { ...state, preference: action.preference }
    case 'look':
      return { ...state, look: { ...state.look, ...action.look } }
    case 'ruler':
      return { ...state, rulers: [...state.rulers, action.ruler] }
    case 'rulers removed':
      return { ...state, rulers: [] }
    case 'crosshair':
      return withEar({ ...state, active: action.ear }, action.ear, (ear) => ({ ...ear, crosshair: action.place }))
    case 'dragged':
      return corrected(state, action.ear, (ear) => withLandmark(ear, action.landmark))
    case 'contact dragged':
      return corrected(state, action.ear, (ear) => withElectrode(ear, action.correction))
    case 'changed': {
      const { change, at } = action
      const done = [...state.done, change]
      return {
        ...applied(state, change, false),
        active: change.ear,
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
      const { result, surfaces, planes, implants } = action.conclusion
      const ears = state.ears.map((ear, n) => {
        const answer = implants[n]
        return {
          ...ear,
          surfaces: surfaces[n] ?? ear.surfaces,
          planes: planes[n] ?? ear.planes,
          implant: answer === undefined ? ear.implant : withAnswer(ear.implant, answer)
        }
      })
      return { ...state, result, concluded: true, quick: null, ears }
    }
    case 'saved':
    case 'kept':
      return { ...state, [action.type]: action.entries }
    case 'notice':
      return { ...state, notice: action.text }
    case 'compared':
      return compared(state, action.comparison, action.ear)
    case 'agreed':
      return state.comparison === null ? state : { ...state, agreement: action.agreement }
    case 'comparison ended':
      return ended(state)
    case 'outlined anew':
      return outlinedAnew(state, action.analysis)
    case 'plan chosen':
      return { ...state, planning: { ...state.planning, choice: action.choice } }
    case 'plan drawn':
      return { ...state, planning: { ...state.planning, drawn: action.array } }
    case 'planned':
      return planned(state, action.made)
    case 'problem':
      return { ...state, error: action.message }
  }
}

function emptied({ preference, look }: State): State {
  return { ...initialState, preference, look: { ...look, ear: 'both', tool: 'look', full: undefined, hidden: [] } }
}

/** Nothing on show; a scan that is being opened goes on. */
function lost(state: State, error: string): State {
  const { opening, progress, previews, series } = state
  return {
    ...emptied(state),
    opening,
    progress,
    previews,
    series,
    phase: opening === null ? 'empty' : 'working',
    error
  }
}

/** The result on show again, where there is one, without what was said and done about another scan. */
function back(state: State): State {
  const isShown = state.ears.length > 0
  const cleared = { opening: null, progress: null, previews: [], series: [], error: null, notice: null }
  return { ...state, ...cleared, phase: isShown ? 'ready' : 'empty', ...(!isShown && { scanName: '' }) }
}

/** Two panes of one ear, at first in one plane: what is compared is seen best there. */
function compared(state: State, comparison: Comparison, ear: EarId): State {
  const before = state.comparison?.before ?? { ear: state.look.ear, full: state.look.full }
  const { full } = state.look
  const plane = full === undefined ? 'axial' : full
  const look: Look = { ...state.look, ear, full: plane, front: 'other' }
  return { ...state, comparison: { ...comparison, before }, agreement: null, look, error: null, notice: null }
}

function ended(state: State): State {
  const { comparison, look } = state
  return { ...state, comparison: null, agreement: null, look: { ...look, ...comparison?.before } }
}

function analysed(state: State, { ears, log, ...analysis }: Analysis): State {
  const shown = { ...analysis, ears: ears.map(earAsFound) }
  const found: State = { ...state, phase: 'ready', progress: null, previews: [], ...shown }
  return log.reduce<State>(
    (now, { at, action, change }) =>
      reduce(now, action === 'change' ? { type: 'changed', change, at } : { type: action, at }),
    found
  )
}

/** What was said of electrode arrays stays, since contacts lie where they lie; other corrections were those of other outlines. */
function outlinedAnew(state: State, analysis: Analysis): State {
  const log = keptBeforeSurgery(state.log)
  const record = { done: [], undone: [], log: [], saved: 0, kept: 0 }
  return analysed({ ...ended(state), ...record, concluded: true, quick: null }, { ...analysis, log })
}

/** Of a record of corrections what is true still when the labyrinths are those of a scan before surgery. */
export function keptBeforeSurgery(log: readonly Entry[]): Entry[] {
  return log.filter(({ change }) => change.what === 'electrode')
}

/** A plan of what was chosen or shown before says nothing any more. */
function planned(state: State, made: MadePlan): State {
  const next: State = { ...state, planning: { ...state.planning, made } }
  return isPlanCurrent(next) ? next : state
}

/** How many changes no file has that the person saved. */
export function unsavedChanges({ log, saved }: State): number {
  return log.length - saved
}

/** The ears on show, as they lie in a radiologist's picture: the patient's right ear on the left. */
export function shownEars({ ears, look }: State): EarState[] {
  const shown = look.ear === 'both' ? ears : ears.filter(({ id }) => id === look.ear)
  return shown.toSorted((a, b) => Number(a.side === 'left') - Number(b.side === 'left'))
}

/** Whether an ear on show has contacts that a person may place. */
export function hasMissingContacts(state: State): boolean {
  return shownEars(state).some(({ implant }) => missingContacts(implant).length > 0)
}

/** The ear that an edit of a whole part is made to: of those on show the one pointed at last. */
export function activeEar(state: State): EarState | undefined {
  const shown = shownEars(state)
  return shown.find(({ id }) => id === state.active) ?? shown[0]
}

function withEar(state: State, id: EarId, change: (ear: EarState) => EarState): State {
  return { ...state, ears: state.ears.map((ear) => (ear.id === id ? change(ear) : ear)) }
}

function corrected(state: State, id: EarId, change: (ear: EarState) => EarState): State {
  return { ...withEar(state, id, change), concluded: false }
}

function applied(state: State, change: Change, back: boolean): State {
  return corrected(state, change.ear, (ear) => withChange(ear, change, back))
}

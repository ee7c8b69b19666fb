import type { Landmark } from '../src/core/landmark.ts'
import type { Vector3 } from '../src/core/math/vector.ts'
import type { ProgressEvent } from '../src/core/progress.ts'
import type { ElectrodeCorrection } from '../src/implant/find/find-in-ears.ts'
import type { EarAgreement } from './compare/agreement.ts'
import type { Comparison } from './compare/comparison.ts'
import type { Change } from './corrections.ts'
import type { EarId } from './ear-id.ts'
import type { EngineChoice, EnginePreference } from './engine.ts'
import type { Look } from './look.ts'
import type { MadePlan, PlanChoice } from './plan/planning.ts'
import type { Ruler } from './rulers.ts'
import type { Analysis, Conclusion, Preview, QuickMeasurements, SeriesOffer } from './worker/analysis-worker.ts'

/** What happens on the page. */
export type Action =
  /** A scan is about to be read. */
  | { readonly type: 'opening'; readonly name: string }
  /** It was read; what was shown before goes. */
  | { readonly type: 'started'; readonly name: string; readonly choice: EngineChoice | null }
  | { readonly type: 'engine'; readonly choice: EngineChoice; readonly notice: string }
  | { readonly type: 'progress'; readonly event: ProgressEvent }
  | { readonly type: 'preview'; readonly pictures: readonly Preview[] }
  | { readonly type: 'series'; readonly choices: readonly SeriesOffer[] }
  | { readonly type: 'analysed'; readonly analysis: Analysis }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'cancelled' }
  | { readonly type: 'closed' }
  /** A worker of what is shown ended by itself. */
  | { readonly type: 'lost'; readonly message: string }
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'dismissed' }
  | { readonly type: 'prefer'; readonly preference: EnginePreference }
  | { readonly type: 'look'; readonly look: Partial<Look> }
  | { readonly type: 'ruler'; readonly ruler: Ruler }
  | { readonly type: 'rulers removed' }
  | { readonly type: 'crosshair'; readonly ear: EarId; readonly place: Vector3 }
  /** A landmark on its way, before the pointer lets go of it. */
  | { readonly type: 'dragged'; readonly ear: EarId; readonly landmark: Landmark }
  /** A contact on its way: what the array is like meanwhile. */
  | { readonly type: 'contact dragged'; readonly ear: EarId; readonly correction: ElectrodeCorrection }
  | { readonly type: 'changed'; readonly change: Change; readonly at: string }
  | { readonly type: 'undo'; readonly at: string }
  | { readonly type: 'redo'; readonly at: string }
  | { readonly type: 'measured'; readonly values: readonly QuickMeasurements[] }
  | { readonly type: 'concluded'; readonly conclusion: Conclusion }
  /** Entries of the log, so many of them, lie in a file or are kept by the browser now. */
  | { readonly type: 'saved' | 'kept'; readonly entries: number }
  /** Another scan or other labels beside the scan; in place of those before. */
  | { readonly type: 'compared'; readonly comparison: Comparison; readonly ear: EarId }
  | { readonly type: 'agreed'; readonly agreement: EarAgreement }
  | { readonly type: 'comparison ended' }
  /** The labyrinths are those of a scan before surgery now. */
  | { readonly type: 'outlined anew'; readonly analysis: Analysis }
  | { readonly type: 'plan chosen'; readonly choice: PlanChoice }
  /** Of which planned array, by its id, the contacts are drawn in the views; null for none. */
  | { readonly type: 'plan drawn'; readonly array: string | null }
  | { readonly type: 'planned'; readonly made: MadePlan }
  /** Something failed that changes neither what is shown nor what is under way. */
  | { readonly type: 'problem'; readonly message: string }

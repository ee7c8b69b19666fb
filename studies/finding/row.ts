import type { Side } from '../../src/core/anatomy.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { CaseSetName } from './case-sets.ts'

/** What came of one case. */
export interface CaseRow {
  readonly set: CaseSetName
  readonly index: number
  /** Of a head or another body what it is, else the kind of scanner. */
  readonly kind: string
  readonly size: Vector3
  /** mm. */
  readonly spacing: Vector3
  readonly seconds: number
  /** The true ears, and as which side each was found within 5 mm; null where it was not. */
  readonly ears: readonly { readonly side: Side; readonly found: Side | null; readonly confidence: number | null }[]
  /** Ears found where there is none. */
  readonly falseEars: number
  /** MiB, of the whole process so far. */
  readonly peakMemory: number
}

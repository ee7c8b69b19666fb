import type { Geometry } from '../../src/core/geometry/geometry.ts'
import type { EarId } from '../ear-id.ts'
import type { Look } from '../look.ts'

/** What of an ear an edit of a whole part needs. */
export interface EditedEar {
  readonly id: EarId
  readonly grid: Geometry
  readonly labels: Uint8Array
  readonly foundLabels: Uint8Array
  /** The image as a NIfTI file; looked at where there is a threshold. */
  readonly image: Uint8Array
}

/** The part, and the values it may have. */
export type EditedPart = Pick<Look, 'label' | 'threshold'>

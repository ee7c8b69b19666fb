import { correctFindings } from '../../src/analyze/correct.ts'
import { obliquePlanes } from '../../src/report/picture/oblique-planes.ts'
import type { EarEdit, PreviewedEar } from './analysis-worker.ts'
import { correctionsOf } from './corrected.ts'
import type { OpenedCase } from './opened-case.ts'
import { quickValues } from './quick-values.ts'

/** The ears of a case as they would be with other corrections. */
export async function previewCorrections(
  { found, views }: Pick<OpenedCase, 'found' | 'views'>,
  edits: readonly EarEdit[]
): Promise<PreviewedEar[]> {
  // Values alone need no further views of an ear.
  const seenOnce = { ...found, ears: found.ears.map((ear) => ({ ...ear, repeats: [] })) }
  const { ears } = await correctFindings(seenOnce, correctionsOf(seenOnce.ears, edits, views))
  return ears.map((ear) => ({ values: quickValues(ear), surfaces: ear.surfaces.parts, planes: obliquePlanes(ear) }))
}

import type { Format } from './format.ts'
import { caseFormat, listFormat, markupsFormat, resultFormat } from './formats/cases.ts'
import { dicomFormat, zipFormat } from './formats/dicom.ts'
import { metaImageFormat, niftiFormat, nrrdFormat, pairFormat } from './formats/images.ts'
import { checkpointFormat, modelFormat, recipeFormat } from './formats/training.ts'

/** Everything that otomark reads. */
export const formats: Readonly<Record<string, Format>> = {
  nifti: niftiFormat,
  pair: pairFormat,
  nrrd: nrrdFormat,
  metaimage: metaImageFormat,
  dicom: dicomFormat,
  zip: zipFormat,
  model: modelFormat,
  recipe: recipeFormat,
  checkpoint: checkpointFormat,
  case: caseFormat,
  markups: markupsFormat,
  list: listFormat,
  result: resultFormat
}

import { caseFileNames } from '../../cases/case-files.ts'
import { softwareVersion } from '../../core/version.ts'
import type { Volume } from '../../core/volume.ts'
import { nrrdHead } from '../../io/encode-nrrd.ts'
import type { GzippedFile } from '../../io/gzip.ts'
import { isRoundedByNifti, niftiParts } from '../../io/nifti/encode.ts'

/**
 * The labels of a result by file name, not compressed yet. They are NRRD too where NIfTI's rounded header would keep strict
 * readers from laying them over the scan.
 */
export function labelFiles(labels: Volume<Uint8Array>) {
  const nifti: GzippedFile = {
    head: new Uint8Array(0),
    parts: niftiParts(labels, `otomark ${softwareVersion}`)
  }
  const nrrd: GzippedFile = { head: nrrdHead(labels), parts: [labels.data] }
  return { [caseFileNames.labels]: nifti, ...(isRoundedByNifti(labels.geometry) && { 'labels.nrrd': nrrd }) }
}

import type { Findings } from '../../analyze/findings.ts'
import { softwareVersion } from '../../core/version.ts'
import type { Scan } from '../../core/volume.ts'
import { encodeMarkups } from '../../io/markups.ts'
import { encodeNifti } from '../../io/nifti/encode.ts'
import type { Files } from './files.ts'

/**
 * A scan and what is known of it as a case that `otomark train` learns from (docs/how-to/train.md): the scan, its
 * labels and landmarks, and the side. A landmark that is not defined is left out: that nobody has seen it does not say
 * that it is not there.
 */
export function encodeTrainingCase(scan: Scan, { labels, ears }: Findings): Files {
  const description = `otomark ${softwareVersion}`
  const [only, ...more] = ears
  const lists = ears.map(({ side, landmarks }) => ({
    name: side === 'left' ? 'Left' : 'Right',
    landmarks: landmarks.filter(({ status }) => status === 'defined')
  }))
  return {
    'ct.nii.gz': encodeNifti(scan, { gzip: true, description }),
    'labels.nii.gz': encodeNifti(labels, { gzip: true, description }),
    'landmarks.mrk.json': encodeMarkups(lists),
    ...(only && more.length === 0 && { 'truth.json': `${JSON.stringify({ side: only.side }, null, 2)}\n` })
  }
}

import type { Findings } from '../../analyze/findings.ts'
import { encodeCase } from '../../cases/encode-case.ts'
import { softwareVersion } from '../../core/version.ts'
import type { Scan } from '../../core/volume.ts'
import type { Files } from '../../io/files.ts'

/**
 * A scan with its findings, corrected by hand, as a case for `otomark train`. An undefined landmark is left out: it was not found,
 * which does not mean that it is absent.
 */
export function encodeTrainingCase(scan: Scan, { labels, ears }: Findings): Files {
  return encodeCase({
    scan,
    labels,
    ears: ears.map(({ side, landmarks }) => ({
      side,
      landmarks: landmarks.filter(({ status }) => status === 'defined')
    })),
    description: `otomark ${softwareVersion}`
  })
}

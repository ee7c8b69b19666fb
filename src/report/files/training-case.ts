import type { Findings } from '../../analyze/findings.ts'
import { encodeCase } from '../../cases/encode-case.ts'
import { softwareVersion } from '../../core/version.ts'
import type { Scan } from '../../core/volume.ts'
import type { Files } from '../../io/files.ts'

/**
 * A scan and what was found in it, corrected by hand, as a case that `otomark train` learns from. A landmark that is not
 * defined is left out: that nobody has seen it does not say that it is not there.
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

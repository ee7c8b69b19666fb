import type { Findings } from '../analyze/findings.ts'
import { mergeMeshes } from '../core/mesh.ts'
import { softwareVersion } from '../core/version.ts'
import { encodeMarkups } from '../io/markups.ts'
import { encodeStl } from '../io/mesh/stl.ts'
import { encodeNifti } from '../io/nifti/encode.ts'
import type { OutputFiles } from './output-folder.ts'

/** The findings as files for other programs, by name. */
export function encodeFindings({ labels, ears }: Findings): OutputFiles {
  const description = `otomark ${softwareVersion}`
  return {
    'labels.nii.gz': encodeNifti(labels, { gzip: true, description }),
    'landmarks.mrk.json': encodeMarkups(
      ears.map(({ side, landmarks }) => ({ landmarks, ...(ears.length > 1 && { name: capitalized(side) }) }))
    ),
    'labyrinth.stl': encodeStl(mergeMeshes(ears.map(({ surfaces }) => surfaces.labyrinth)))
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

import { expect, test } from 'vitest'
import { encodeNifti } from '../../../src/io/nifti/encode.ts'
import type { ScanFile } from '../../../web/scan-files.ts'
import { readFiles } from '../../../web/worker/read-files.ts'
import { smallScan } from '../../support/small-scan.ts'

function given(...paths: readonly string[]): ScanFile[] {
  const bytes = Uint8Array.from(encodeNifti(smallScan()))
  return paths.map((path) => ({ path, file: new File([bytes], path) }))
}

test.each([
  [['a.nii', 'b.nii'], 'a choice of 2 files'],
  [['folder/a.nii', 'folder/b.nii'], 'folder'],
  [[], 'a choice of 0 files']
])('several files that are no DICOM (%j) are refused in one line that says what to choose', async (paths, name) => {
  await expect(readFiles(given(...paths), 'http://localhost/', {})).rejects.toThrow(
    `${name}: holds no DICOM file; choose one scan: one NIfTI, NRRD or MetaImage file`
  )
})

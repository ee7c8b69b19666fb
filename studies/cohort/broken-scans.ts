import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createGeometry, voxelCount } from '../../src/core/geometry/geometry.ts'
import { identity3, type Vector3 } from '../../src/core/math/vector.ts'
import { createVolume } from '../../src/core/volume.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'

/** Writes ten scans, each broken in its own way, into `folder`. @returns how many */
export function writeBrokenScans(folder: string): number {
  const good = noiseScan([60, 60, 60], 0.5)
  const files: Readonly<Record<string, Uint8Array | string>> = {
    'broken-cut-short.nii.gz': good.subarray(0, good.length / 2),
    'broken-empty.nii.gz': '',
    'broken-text.nii': 'This is no image.',
    'broken-constant.nii.gz': noiseScan([60, 60, 60], 0.5, () => 40),
    'broken-label-map.nii.gz': noiseScan([60, 60, 60], 0.5, (n) => n % 4),
    'broken-thick.nii.gz': noiseScan([60, 60, 60], 3),
    'broken-small.nii.gz': noiseScan([60, 60, 20], 0.5),
    'broken-no-ear.nii.gz': noiseScan([60, 60, 60], 0.5, (n) => ((n * 7919) % 400) - 160),
    'broken-header.nrrd': 'NRRD0004\ntype: short\ndimension: 3\nsizes: 60 60\n\n',
    'broken-archive.zip': gzipSync('no archive')
  }
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
  return Object.keys(files).length
}

/** A NIfTI file with a value (HU) for every voxel number. */
function noiseScan(
  size: Vector3,
  spacing: number,
  value = (n: number): number => ((n * 7919) % 1400) - 900
): Uint8Array {
  const geometry = createGeometry({
    size,
    spacing: [spacing, spacing, spacing],
    origin: [0, 0, 0],
    direction: identity3
  })
  return encodeNifti(
    createVolume(
      geometry,
      Int16Array.from({ length: voxelCount(geometry) }, (_, n) => value(n))
    ),
    {
      gzip: true
    }
  )
}

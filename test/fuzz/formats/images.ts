import { gzipSync } from 'node:zlib'
import { readScan } from '../../../src/node/read-scan.ts'
import { bytesOf, metaImageBytes, niftiBytes, nrrdBytes } from '../../support/image-bytes.ts'
import type { FuzzInput } from '../file-set.ts'
import type { Format } from '../format.ts'
import { fuzzScan } from './scan.ts'

const voxels = bytesOf(fuzzScan.data)

function images(...inputs: readonly FuzzInput[]): Format {
  return { seeds: async () => inputs, read: (path) => readScan(path) }
}

function one(main: string, bytes: Uint8Array, beside: FuzzInput['files'] = {}): FuzzInput {
  return { main, files: { [main]: bytes, ...beside } }
}

function zipped(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytes, { level: 1 }))
}

const nifti = niftiBytes(fuzzScan)

export const niftiFormat = images(
  one('a.nii', nifti),
  one('a.nii.gz', zipped(nifti)),
  one('a.nii', niftiBytes(fuzzScan, { qformCode: 1 }))
)

const header = niftiBytes(fuzzScan, { magic: 'ni1', voxOffset: 0 }).slice(0, 348)

/** A header and its voxels in two files, as Analyze had them and NIfTI took over. */
export const pairFormat = images(
  one('a.hdr', header, { 'a.img': voxels }),
  one('a.hdr.gz', zipped(header), { 'a.img.gz': zipped(voxels) })
)

export const nrrdFormat = images(
  one('a.nrrd', nrrdBytes(fuzzScan)),
  one('a.nrrd', nrrdBytes(fuzzScan, { compress: true })),
  one('a.nhdr', nrrdBytes(fuzzScan, { dataFile: 'a.raw' }), { 'a.raw': voxels }),
  one('a.nrrd', nrrdBytes(fuzzScan, { fields: { 'space units': '"mm" "mm" "mm"' } }))
)

export const metaImageFormat = images(
  one('a.mha', metaImageBytes(fuzzScan)),
  one('a.mha', metaImageBytes(fuzzScan, { compress: true })),
  one('a.mhd', metaImageBytes(fuzzScan, { dataFile: 'a.raw' }), { 'a.raw': voxels })
)

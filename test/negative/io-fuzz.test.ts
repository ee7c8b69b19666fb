import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, test } from 'vitest'
import { OtomarkError } from '../../src/core/errors.ts'
import { readDicomHeader } from '../../src/io/dicom/header.ts'
import { decodeMetaImage } from '../../src/io/metaimage.ts'
import { decodeNifti } from '../../src/io/nifti/decode.ts'
import { decodeNrrd } from '../../src/io/nrrd.ts'
import { decodeSafetensors, encodeSafetensors } from '../../src/io/safetensors.ts'
import { metaImageBytes, niftiBytes, nrrdBytes } from '../support/image-bytes.ts'
import { smallScan } from '../support/small-scan.ts'
import { encodeDicom } from '../support/write-dicom-series.ts'

const scan = smallScan()
const dicom = encodeDicom({
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
  SOPInstanceUID: '1.3',
  Modality: 'CT',
  ImagePositionPatient: ['1', '2', '3'],
  ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'],
  PixelSpacing: ['1', '1'],
  SamplesPerPixel: 1,
  PhotometricInterpretation: 'MONOCHROME2',
  Rows: 17,
  Columns: 18,
  BitsAllocated: 16,
  _vrMap: { PixelData: 'OW' },
  PixelData: [new Int16Array(17 * 18).buffer]
})
const tensors = new Map([['weight', { dims: [3, 5], data: new Float32Array(15) }]])

/** Changes a few of the first bytes, where headers lie, and sometimes cuts the end off. */
const damage = fc.record({
  changes: fc.array(fc.tuple(fc.nat(640), fc.nat(255)), { minLength: 1, maxLength: 6 }),
  keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }))
})

describe.each<[string, Uint8Array, (bytes: Uint8Array) => unknown]>([
  ['NIfTI', niftiBytes(scan), (bytes) => decodeNifti(bytes, 'a.nii')],
  ['compressed NIfTI', gzipSync(niftiBytes(scan)), (bytes) => decodeNifti(bytes, 'a.nii.gz')],
  ['NRRD', nrrdBytes(scan), (bytes) => decodeNrrd(bytes, 'a.nrrd')],
  ['MetaImage', metaImageBytes(scan), (bytes) => decodeMetaImage(bytes, 'a.mha')],
  ['DICOM', dicom, (bytes) => readDicomHeader(bytes, 'a.dcm')],
  ['safetensors', encodeSafetensors({ tensors, metadata: {} }), (bytes) => decodeSafetensors(bytes, 'a.safetensors')]
])('%s', (_, whole, read) => {
  test('with any damage is read or refused with an otomark error, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(damage, async ({ changes, keep }) => {
        const bytes = whole.slice(0, Math.ceil(keep * whole.length))
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        try {
          await read(bytes)
        } catch (error) {
          if (!(error instanceof OtomarkError)) throw error
        }
      }),
      { numRuns: 150 }
    )
  })
})

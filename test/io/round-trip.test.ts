import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createGeometry, type Geometry, sameGrid } from '../../src/core/geometry/geometry.ts'
import type { Scan, Volume } from '../../src/core/volume.ts'
import { decodeMetaImage } from '../../src/io/metaimage.ts'
import { decodeNifti } from '../../src/io/nifti/decode.ts'
import { encodeNifti, isRoundedByNifti } from '../../src/io/nifti/encode.ts'
import { decodeNrrd } from '../../src/io/nrrd.ts'
import { directions, points, sizes, spacings } from '../core/arbitraries.ts'
import { metaImageBytes, niftiBytes, nrrdBytes } from '../support/image-bytes.ts'
import { smallGrid, smallScan } from '../support/small-scan.ts'

/** Grids that a reader accepts, anywhere, turned and mirrored in any way. */
const readableGrids: fc.Arbitrary<Geometry> = fc
  .tuple(sizes(16, 24), spacings, points(500), directions)
  .map(([size, spacing, origin, direction]) => createGeometry({ size, spacing, origin, direction }))

/** Sets qform or sform code of NIfTI bytes to 0, so that the other one must be read. */
function without(bytes: Uint8Array, field: 'qform' | 'sform'): Uint8Array {
  new DataView(bytes.buffer).setInt16(field === 'qform' ? 252 : 254, 0, true)
  return bytes
}

const routes: readonly [name: string, route: (scan: Volume) => Promise<Scan>][] = [
  ['NIfTI', (scan) => decodeNifti(encodeNifti(scan), 'a.nii')],
  ['NIfTI by its sform', (scan) => decodeNifti(without(encodeNifti(scan), 'qform'), 'a.nii')],
  ['NIfTI by its qform', (scan) => decodeNifti(without(encodeNifti(scan), 'sform'), 'a.nii')],
  ['compressed NIfTI', (scan) => decodeNifti(encodeNifti(scan, { gzip: true }), 'a.nii.gz')],
  ['NIfTI written by the test', (scan) => decodeNifti(niftiBytes(scan), 'a.nii')],
  ['NRRD', (scan) => decodeNrrd(nrrdBytes(scan), 'a.nrrd')],
  ['compressed NRRD', (scan) => decodeNrrd(nrrdBytes(scan, { compress: true }), 'a.nrrd')],
  ['MetaImage', (scan) => decodeMetaImage(metaImageBytes(scan), 'a.mha')],
  ['compressed MetaImage', (scan) => decodeMetaImage(metaImageBytes(scan, { compress: true }), 'a.mha')]
]

describe.each(routes)('%s', (_, route) => {
  test('keeps the grid to 1e-3 mm and the voxels, in any orientation and handedness', async () => {
    await fc.assert(
      fc.asyncProperty(readableGrids, async (geometry) => {
        const scan = smallScan(geometry)
        const back = await route(scan)
        expect(sameGrid(back.geometry, geometry, 1e-3)).toBe(true)
        expect(back.data).toEqual(scan.data)
      }),
      { numRuns: 25 }
    )
  })

  test('keeps float32 voxels', async () => {
    const { geometry, data } = smallScan()
    const scan = { geometry, data: Float32Array.from(data, (value) => value + 0.25) }
    expect((await route(scan)).data).toEqual(scan.data)
  })
})

test.each(['LOCAL', 'Local', 'local'])(
  'MetaImage voxels in the same file are found by the word %s',
  async (dataFile) => {
    const scan = smallScan()
    const bytes = Buffer.from(metaImageBytes(scan))
    bytes.write(dataFile, bytes.indexOf('LOCAL'), 'latin1')
    expect((await decodeMetaImage(new Uint8Array(bytes), 'a.mha')).data).toEqual(scan.data)
  }
)

test('the same volume gives the same compressed bytes', () => {
  expect(encodeNifti(smallScan(), { gzip: true })).toEqual(encodeNifti(smallScan(), { gzip: true }))
})

test('a NIfTI in micrometres is read in millimetres', async () => {
  const micrometres = (mm: number): number => mm * 1000
  const { size, spacing, origin, direction } = smallGrid
  const [x, y, z] = spacing
  const [ox, oy, oz] = origin
  const file = smallScan(
    createGeometry({
      size,
      spacing: [micrometres(x), micrometres(y), micrometres(z)],
      origin: [micrometres(ox), micrometres(oy), micrometres(oz)],
      direction
    })
  )
  expect(sameGrid((await decodeNifti(niftiBytes(file, { units: 3 }), 'a.nii')).geometry, smallGrid, 1e-3)).toBe(true)
})

test('a NIfTI slope and intercept are applied, and fractions make the voxels float32', async () => {
  const scan = smallScan()
  const whole = await decodeNifti(niftiBytes(scan, { slope: 2, intercept: -24 }), 'a.nii')
  expect(whole.data).toEqual(scan.data.map((value) => 2 * value - 24))
  const fractional = await decodeNifti(niftiBytes(scan, { slope: 0.5, intercept: 3 }), 'a.nii')
  expect(fractional.data).toEqual(Float32Array.from(scan.data, (value) => 0.5 * value + 3))
})

test('an origin that single precision moves by more than a millionth of a voxel is noted, as ITK would', () => {
  const at = (x: number, spacing: number) =>
    isRoundedByNifti({ ...smallGrid, origin: [x, -212.5, 34.25], spacing: [spacing, spacing, spacing] })
  expect(at(-103.5, 0.4)).toBe(false)
  expect(at(-212.7771, 0.2)).toBe(true)
  // Rounded too, by less than that.
  expect(at(0.1, 0.7)).toBe(false)
})

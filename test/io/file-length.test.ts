import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { decodeImage } from '../../src/io/image-file.ts'
import { expectFailure } from '../support/expect-error.ts'
import { metaImageBytes, niftiBytes, nrrdBytes } from '../support/image-bytes.ts'
import { smallScan } from '../support/small-scan.ts'

const scan = smallScan()
const [x, y, z] = scan.geometry.size
/** Sizes of which the file holds a row, a column or a slice more. */
const fewer = [
  [x, y - 1, z],
  [x - 1, y, z],
  [x, y, z - 1]
]
const refused = (name: string, bytes: Uint8Array) =>
  expectFailure(decodeImage(name, bytes), {
    name: 'InputError',
    exitCode: 3,
    says: /holds more data than its header declares \([\d,]+ bytes, but there are [\d,]+\).*export it again/
  })
const followedBy = (bytes: Uint8Array, rest: readonly number[]) => Uint8Array.from([...bytes, ...rest])
const nifti = (size: readonly number[]) => niftiBytes(scan, { dim: [3, ...size, 1, 1, 1, 1] })

describe('a file of more voxels than its header declares is refused', () => {
  test.each(fewer)('whatever is declared too small and however it is stored: %i × %i × %i', async (...size) => {
    const [sizes, DimSize] = [size.join(' '), size.join(' ')]
    await refused('a.nii', nifti(size))
    await refused('a.nii.gz', gzipSync(nifti(size)))
    for (const compress of [false, true]) {
      await refused('a.nrrd', nrrdBytes(scan, { compress, fields: { sizes } }))
      await refused('a.mha', metaImageBytes(scan, { compress, fields: { DimSize } }))
    }
  })

  test('where the voxels lie in a file of their own', async () => {
    const header = nrrdBytes(scan, { dataFile: 'b.raw', fields: { sizes: `${x} ${y} ${z - 1}` } })
    const raw = new Uint8Array(scan.data.buffer)
    await expect(decodeImage('a.nhdr', header, async () => raw)).rejects.toThrow(/more data than its header declares/)
  })

  test('where they are said to end with the file', async () => {
    const fields = { 'byte skip': '-1' }
    const before = nrrdBytes(scan, { dataFile: 'b.raw', fields })
    const raw = new Uint8Array(scan.data.buffer)
    const read = (headerBytes: number) =>
      decodeImage('a.nhdr', before, async () => Uint8Array.from([...new Uint8Array(headerBytes).fill(7), ...raw]))
    expect((await read(5000))?.image.data).toEqual(scan.data)
    await expect(read(70_000)).rejects.toThrow(/more data than its header declares/)
  })
})

test('zeros and a short remark may follow the voxels', async () => {
  const remark = Array.from({ length: 100 }, () => 65)
  for (const rest of [new Array<number>(20_000).fill(0), remark]) {
    for (const [name, bytes] of [
      ['a.nii', followedBy(niftiBytes(scan), rest)],
      ['a.nii.gz', gzipSync(followedBy(niftiBytes(scan), rest))],
      ['a.nrrd', followedBy(nrrdBytes(scan), rest)],
      ['a.mha', followedBy(metaImageBytes(scan), rest)]
    ] as const) {
      expect((await decodeImage(name, bytes))?.image.data).toEqual(scan.data)
    }
  }
})

test('what a file of voxels alone holds beside them is noted, for it may be a header that comes before them', async () => {
  const raw = followedBy(new Uint8Array(scan.data.buffer), new Array<number>(100).fill(7))
  const read = (name: string, header: Uint8Array) => decodeImage(name, header, async () => raw)
  const pair = niftiBytes(scan, { magic: 'ni1', voxOffset: 0 }).subarray(0, 348)
  for (const image of [
    await read('a.nhdr', nrrdBytes(scan, { dataFile: 'b.raw' })),
    await read('a.mhd', metaImageBytes(scan, { dataFile: 'b.raw' })),
    await read('a.hdr', pair)
  ]) {
    expect(image?.image.data).toEqual(scan.data)
    expect(image?.notes).toEqual([expect.stringMatching(/holds 100 bytes more than its header declares.*misplaced/)])
  }
})

test('a NIfTI whose bits of a voxel contradict its type is refused, one that does not say them is read', async () => {
  await expect(decodeImage('a.nii', niftiBytes(scan, { bitpix: 32 }))).rejects.toThrow(
    /a\.nii: its header contradicts itself: voxels of type int16, but of 32 bits \(bitpix\)/
  )
  expect((await decodeImage('a.nii', niftiBytes(scan, { bitpix: 0 })))?.image.data).toEqual(scan.data)
})

import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createGeometry } from '../../src/core/geometry/geometry.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { type ExpectedFailure, expectFailure } from '../support/expect-error.ts'
import { metaImageBytes, niftiBytes, nrrdBytes } from '../support/image-bytes.ts'
import { asNobody } from '../support/nobody.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallGrid, smallScan } from '../support/small-scan.ts'

const folder = scratchFolder()
const scan = smallScan()
const text = new TextEncoder().encode('These are my notes of the last meeting. '.repeat(100))
const halfOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length / 2)

const refused = (says: RegExp): ExpectedFailure => ({ name: 'InputError', exitCode: 3, says })

async function readBytesAs(name: string, bytes: Uint8Array): Promise<unknown> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return readScan(path)
}

describe.each<[name: string, bytes: Uint8Array, says: RegExp]>([
  ['empty.nii', new Uint8Array(), /empty\.nii: is empty/],
  ['notes.nii.gz', text, /notes\.nii\.gz: is not a NIfTI file/],
  ['notes.nii', text, /is not a NIfTI file/],
  ['short.nii', text.subarray(0, 20), /shorter than a header/],
  ['notes.nrrd', text, /is not an NRRD file/],
  ['notes.mha', text, /is not a MetaImage file/],
  ['notes.dcm', text, /is not a DICOM file/],
  ['notes.zip', text, /is not a zip archive/],
  ['notes.txt', text, /of no known kind/],
  ['half.nii', halfOf(niftiBytes(scan)), /is truncated/],
  ['half.nii.gz', halfOf(gzipSync(niftiBytes(scan))), /damaged or truncated/],
  ['head.nii.gz', gzipSync(niftiBytes(scan).subarray(0, 600)), /is truncated/],
  ['damaged.nii.gz', gzipSync(niftiBytes(scan)).fill(7, 3000, 3100), /damaged or truncated/],
  ['half.nrrd', halfOf(nrrdBytes(scan)), /is truncated/],
  ['half-gzip.nrrd', halfOf(nrrdBytes(scan, { compress: true })), /damaged or truncated/],
  ['half.mha', halfOf(metaImageBytes(scan)), /is truncated/],
  ['half-zlib.mha', halfOf(metaImageBytes(scan, { compress: true })), /damaged or truncated/],
  ['cut-header.nrrd', nrrdBytes(scan).subarray(0, 60), /has no field/],
  ['cut-header.mha', metaImageBytes(scan).subarray(0, 60), /is not a MetaImage file/]
])('%s', (name, bytes, says) => {
  test('is refused', () => expectFailure(readBytesAs(name, bytes), refused(says)))
})

const flat = { geometry: smallGrid, data: scan.data.slice(0, 17 * 18) }
describe.each<[what: string, says: RegExp, files: Record<string, Uint8Array>]>([
  [
    'a 2-D image',
    /is a 2-D image/,
    {
      'flat.nii': niftiBytes(flat, { dim: [2, 17, 18, 1, 1, 1, 1, 1] }),
      'one-slice.nii': niftiBytes(flat, { dim: [3, 17, 18, 1, 1, 1, 1, 1] }),
      'flat.nrrd': nrrdBytes(flat, {
        fields: { dimension: '2', sizes: '17 18', 'space directions': '(1,0,0) (0,1,0)', kinds: 'domain domain' }
      }),
      'flat.mha': metaImageBytes(flat, { fields: { NDims: '2', DimSize: '17 18', TransformMatrix: '1 0 0 1' } })
    }
  ],
  [
    'a colour image',
    /colour/,
    {
      'rgb.nii': niftiBytes(scan, { datatype: 128 }),
      'rgba.nii': niftiBytes(scan, { datatype: 2304 }),
      'rgb.nrrd': nrrdBytes(scan, {
        fields: {
          dimension: '4',
          sizes: '3 17 18 19',
          'space directions': 'none (1,0,0) (0,1,0) (0,0,1)',
          kinds: 'RGB-color domain domain domain'
        }
      }),
      'rgb.mha': metaImageBytes(scan, { fields: { ElementNumberOfChannels: '3' } })
    }
  ],
  [
    'a vector image',
    /a vector in each voxel/,
    { 'vector.nii': niftiBytes(scan, { dim: [5, 17, 18, 19, 1, 3, 1, 1] }) }
  ],
  [
    'several volumes',
    /several volumes/,
    {
      'four.nii': niftiBytes(scan, { dim: [4, 17, 18, 19, 2, 1, 1, 1] }),
      'four.nrrd': nrrdBytes(scan, {
        fields: {
          dimension: '4',
          sizes: '17 18 19 2',
          'space directions': '(1,0,0) (0,1,0) (0,0,1) none',
          kinds: 'domain domain domain list'
        }
      }),
      'four.mha': metaImageBytes(scan, {
        fields: { NDims: '4', DimSize: '17 18 19 2', TransformMatrix: '1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1' }
      })
    }
  ],
  [
    'a huge size in a small file',
    /is truncated|more than the 1,073,741,824 that can be read/,
    {
      'huge.nii': niftiBytes(scan, { dim: [3, 30000, 30000, 30000, 1, 1, 1, 1] }),
      'large.nii': niftiBytes(scan, { dim: [3, 1000, 1000, 1000, 1, 1, 1, 1] }),
      'huge.nii.gz': gzipSync(niftiBytes(scan, { dim: [3, 30000, 30000, 30000, 1, 1, 1, 1] })),
      'large.nii.gz': gzipSync(niftiBytes(scan, { dim: [3, 1000, 1000, 1000, 1, 1, 1, 1] })),
      'huge.nrrd': nrrdBytes(scan, { fields: { sizes: '99999999 99999999 99999999' } }),
      'large.nrrd': nrrdBytes(scan, { fields: { sizes: '1000 1000 1000' }, compress: true }),
      'large.mha': metaImageBytes(scan, { fields: { DimSize: '1000 1000 1000' }, compress: true })
    }
  ],
  [
    'an impossible size',
    /impossible size/,
    {
      'negative.nii': niftiBytes(scan, { dim: [3, -17, 18, 19, 1, 1, 1, 1] }),
      'fraction.nrrd': nrrdBytes(scan, { fields: { sizes: '17 18.5 19' } }),
      'zero.mha': metaImageBytes(scan, { fields: { DimSize: '0 18 19' } })
    }
  ],
  [
    'no orientation',
    /left cannot be told from right/,
    {
      'unknown.nii': niftiBytes(scan, { sformCode: 0 }),
      'unknown.nrrd': nrrdBytes(scan, { fields: { space: undefined } }),
      'unknown.mha': metaImageBytes(scan, { fields: { TransformMatrix: undefined } })
    }
  ],
  [
    'fields that are no numbers or names of the format',
    /header skips|cannot be read|left is unknown/,
    {
      'skip-back.nrrd': nrrdBytes(scan, { fields: { 'byte skip': '-7' } }),
      'skip-text.mha': metaImageBytes(scan, { fields: { HeaderSize: 'long' } }),
      'type.nrrd': nrrdBytes(scan, { fields: { type: 'constructor' } }),
      'space.nrrd': nrrdBytes(scan, { fields: { space: 'constructor' } })
    }
  ],
  [
    'a header line without end',
    /has a header line without end/,
    {
      'parentheses.nrrd': nrrdBytes(scan, { fields: { 'space directions': '('.repeat(1_000_000) } })
    }
  ],
  [
    'a field that is given without end',
    /its header has no field 'type'/,
    {
      'repeated.nrrd': new TextEncoder().encode(`NRRD0004\n${'a: b\n'.repeat(200_000)}`)
    }
  ],
  [
    'voxels in a device or folder',
    /names no file beside it|is a folder, not a file/,
    {
      'device.nhdr': nrrdBytes(scan, { dataFile: '/dev/zero' }),
      'device.mhd': metaImageBytes(scan, { dataFile: '/dev/zero' }),
      'null.mhd': metaImageBytes(scan, { dataFile: 'a\0b.raw' }),
      'up.nhdr': nrrdBytes(scan, { dataFile: '../up.raw' }),
      'folder.nhdr': nrrdBytes(scan, { dataFile: '.' })
    }
  ],
  [
    'axes that are not perpendicular',
    /sheared or tilted/,
    {
      'sheared.nrrd': nrrdBytes(scan, { fields: { 'space directions': '(1,0,0) (0.2,1,0) (0,0,1)' } }),
      'sheared.mha': metaImageBytes(scan, { fields: { TransformMatrix: '1 0 0 0.2 1 0 0 0 1' } })
    }
  ],
  [
    'voxels in files that cannot be had',
    /another file|no such file|many files/,
    {
      'pair.nii': niftiBytes(scan, { magic: 'ni1' }),
      'lost.nhdr': nrrdBytes(scan, { dataFile: 'nowhere.raw' }),
      'lost.mhd': metaImageBytes(scan, { dataFile: 'nowhere.raw' }),
      'list.nhdr': nrrdBytes(scan, { dataFile: 'LIST' }),
      'pattern.mhd': metaImageBytes(scan, { dataFile: 'slice%03d.raw 1 19 1' })
    }
  ],
  [
    'an unknown kind of voxel or encoding',
    /cannot be read|save it/,
    {
      'complex.nii': niftiBytes(scan, { datatype: 32 }),
      'block.nrrd': nrrdBytes(scan, { fields: { type: 'block' } }),
      'long.mha': metaImageBytes(scan, { fields: { ElementType: 'MET_LONG' } }),
      'text.nrrd': nrrdBytes(scan, { fields: { encoding: 'ascii' } }),
      'text.mha': metaImageBytes(scan, { fields: { BinaryData: 'False' } }),
      'analyze.nii': niftiBytes(scan, { magic: '' })
    }
  ]
])('%s', (_, says, files) => {
  test.each(Object.entries(files))('is refused: %s', (name, bytes) =>
    expectFailure(readBytesAs(name, bytes), refused(says))
  )
})

describe('voxels that are not a CT', () => {
  const { geometry, data } = scan
  const float = Float32Array.from(data)
  test.each<[string, Float32Array, RegExp]>([
    ['NaN', float.with(1234, Number.NaN), /not finite/],
    ['infinity', float.with(1234, Number.POSITIVE_INFINITY), /not finite/],
    ['one value only', float.map(() => -1000), /is constant: every voxel is -1000/],
    ['a picture from 0 to 255', float.map((_, n) => n % 256), /windowed picture/]
  ])('%s: refused', (name, values, says) =>
    expectFailure(readBytesAs(`${name}.nii`, niftiBytes({ geometry, data: values })), refused(says))
  )

  test('a slope that is not a number leaves the voxels as they are, an intercept that is not is refused', () =>
    expectFailure(
      readBytesAs('slope.nii', niftiBytes(scan, { slope: 1, intercept: Number.NaN })),
      refused(/not finite numbers/)
    ))
})

test('a grid of 5 × 5 × 5 voxels is refused as too small', () => {
  const geometry = createGeometry({ ...smallGrid, size: [5, 5, 5] })
  return expectFailure(
    readBytesAs('tiny.nii', niftiBytes(smallScan(geometry))),
    refused(/too small \(5 × 5 × 5 voxels\)/)
  )
})

test('voxels too large to show an inner ear find no ear', () => {
  const geometry = createGeometry({ ...smallGrid, spacing: [0.5, 0.5, 4] })
  return expectFailure(readBytesAs('thick.nii', niftiBytes(smallScan(geometry))), {
    name: 'NoEarError',
    exitCode: 4,
    says: /4\.00 mm apart/
  })
})

test('voxels of just the largest size are read, however it was rounded', async () => {
  const geometry = createGeometry({ ...smallGrid, spacing: [0.5, 0.5, 2.0000005] })
  await expect(readBytesAs('two.nii', niftiBytes(smallScan(geometry)))).resolves.toBeDefined()
})

describe('paths', () => {
  test('a path that is not there', () => expectFailure(readScan(join(folder, 'nowhere')), refused(/no such file/)))

  test('a series of a file that is no DICOM', async () => {
    for (const [name, bytes] of [
      ['series.nii', niftiBytes(scan)],
      ['series.nrrd', nrrdBytes(scan)],
      ['series.mha', metaImageBytes(scan)]
    ] as const) {
      await writeFile(join(folder, name), bytes)
      const says = new RegExp(`${name}: is no DICOM, .*leave --series out`)
      await expectFailure(readScan(join(folder, name), { series: '3' }), { name: 'UsageError', exitCode: 2, says })
    }
  })

  test('a path through a file', async () => {
    await writeFile(join(folder, 'file'), 'x')
    await expectFailure(readScan(join(folder, 'file/scan.nii')), refused(/is a file, not a folder/))
  })

  test('a folder without DICOM', async () => {
    await mkdir(join(folder, 'letters/old'), { recursive: true })
    await writeFile(join(folder, 'letters/old/letter.txt'), text)
    await expectFailure(readScan(join(folder, 'letters')), refused(/holds no DICOM file/))
  })

  test('a folder that may not be read', async () => {
    await chmod(folder, 0o755)
    await mkdir(join(folder, 'closed'))
    await chmod(join(folder, 'closed'), 0)
    await asNobody(folder, () => expectFailure(readScan(join(folder, 'closed')), refused(/no permission/)))
  })
})

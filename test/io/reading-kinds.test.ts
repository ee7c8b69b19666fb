import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createGeometry, sameGrid } from '../../src/core/geometry/geometry.ts'
import { printable } from '../../src/core/printable.ts'
import { decodeText } from '../../src/io/decode-text.ts'
import { inflateLeniently } from '../../src/io/gzip-members.ts'
import { decodeLabelMap } from '../../src/io/label-map.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { expectFailure } from '../support/expect-error.ts'
import { bytesOf, metaImageBytes, niftiBytes, nrrdBytes } from '../support/image-bytes.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallGrid, smallScan } from '../support/small-scan.ts'

const folder = scratchFolder()
const scan = smallScan()
const plain = Buffer.from(niftiBytes(scan))

const utf8 = (header: Uint8Array) => new Uint8Array(Buffer.from(Buffer.from(header).toString('latin1'), 'utf8'))

async function readAs(name: string, bytes: Uint8Array) {
  await writeFile(join(folder, name), bytes)
  return readScan(join(folder, name), { asStored: true })
}

async function expectWhole(name: string, bytes: Uint8Array): Promise<readonly string[]> {
  const { scan: back, source } = await readAs(name, bytes)
  expect(sameGrid(back.geometry, scan.geometry, 2e-3)).toBe(true)
  expect(Array.from(back.data)).toEqual(Array.from(scan.data))
  return source.notes
}

test('a scan that would be smaller than any ear is refused, whatever its format', async () => {
  const { spacing, ...rest } = smallGrid
  const metres = {
    ...scan,
    geometry: createGeometry({ ...rest, spacing: [spacing[0] / 1000, spacing[1] / 1000, spacing[2] / 1000] })
  }
  for (const [name, bytes] of [
    ['metres.nii', niftiBytes(metres)],
    ['metres.nrrd', nrrdBytes(metres)],
    ['metres.mha', metaImageBytes(metres)]
  ] as const) {
    const says = /mm wide, less than an inner ear: its unit of length or its voxel size .* is wrong/
    await expectFailure(readAs(name, bytes), { name: 'InputError', exitCode: 3, says })
  }
})

test('a scan that would be larger than a body is refused for its unit, not for its voxels', async () => {
  const { spacing, ...rest } = smallGrid
  const wide = { ...scan, geometry: createGeometry({ ...rest, spacing: [spacing[0] * 1000, 400, 500] }) }
  for (const [name, bytes] of [
    ['wide.nii', niftiBytes(wide)],
    ['wide.nrrd', nrrdBytes(wide)],
    ['wide.mha', metaImageBytes(wide)]
  ] as const) {
    const says = /mm wide, more than a body: its unit of length or its voxel size .* is wrong/
    await expectFailure(readAs(name, bytes), { name: 'InputError', exitCode: 3, says })
  }
})

describe('gzip', () => {
  const members = (sizes: readonly number[], zeros: number): Uint8Array => {
    const cuts = [0]
    for (const size of sizes) cuts.push((cuts.at(-1) ?? 0) + size)
    const parts = cuts.map((start, n) => gzipSync(plain.subarray(start, cuts[n + 1])))
    return Buffer.concat([...parts, Buffer.alloc(zeros)])
  }

  test('of several members, and followed by zeros, is read', async () => {
    await expectWhole('members.nii.gz', members([5000], 0))
    await expectWhole('blocks.nii.gz', members([1000, 1000, 0, 3000], 0))
    await expectWhole('zeros.nii.gz', members([5000], 512))
    const header = metaImageBytes(scan, { dataFile: 'LOCAL', fields: { CompressedData: 'True' } })
    await expectWhole('gzip.mha', Buffer.concat([header, gzipSync(bytesOf(scan.data))]))
  })

  test('is inflated leniently to the same bytes, whatever its members and the zeros behind', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 4 })
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 700 }), (cuts, zeros) => {
        expect(Buffer.concat([...inflateLeniently(members(cuts, zeros), 'gzip')]).equals(plain)).toBe(true)
      }),
      { numRuns: 40 }
    )
  })

  test('that is damaged in any member, or cut short, is refused', () => {
    const whole = members([5000], 0)
    fc.assert(
      fc.property(fc.integer({ min: 10, max: whole.length - 1 }), (at) => {
        const flipped = Uint8Array.from(whole)
        flipped[at] = (flipped[at] as number) ^ 0x10
        const read = (bytes: Uint8Array) => () => Buffer.concat([...inflateLeniently(bytes, 'gzip')])
        expect(read(whole.subarray(0, at))).toThrow()
        // A flipped bit of a member's header (time, system) changes nothing that is read.
        let same = false
        try {
          same = read(flipped)().equals(plain)
        } catch {
          return
        }
        expect(same).toBe(true)
      }),
      { numRuns: 60 }
    )
  })
})

describe('headers', () => {
  test('name data files that are composed, cased or separated in another way on the disk, where only one can be meant', async () => {
    await mkdir(join(folder, 'other'))
    const composed = 'schädel.raw'
    await writeFile(join(folder, 'other', composed.normalize('NFD')), bytesOf(scan.data))
    await expectWhole('nfc.nhdr', utf8(nrrdBytes(scan, { dataFile: `other\\${composed}` })))
    await expectWhole('case.nhdr', utf8(nrrdBytes(scan, { dataFile: `other/${composed.toUpperCase()}` })))
    await writeFile(join(folder, 'other', composed.toUpperCase()), bytesOf(scan.data))
    const several = readAs('several.nhdr', utf8(nrrdBytes(scan, { dataFile: 'other/Schädel.raw' })))
    await expectFailure(several, { name: 'InputError', exitCode: 3, says: /no such file/ })
  })

  test('name data files in UTF-8, or in Latin-1', async () => {
    for (const name of ['Schädel.raw', '左.raw', 'a b.raw']) await writeFile(join(folder, name), bytesOf(scan.data))
    await expectWhole('a.nhdr', utf8(nrrdBytes(scan, { dataFile: 'Schädel.raw' })))
    await expectWhole('a.mhd', utf8(metaImageBytes(scan, { dataFile: 'a b.raw' })))
    await expectWhole('latin.mhd', metaImageBytes(scan, { dataFile: 'Schädel.raw' }))
  })

  test.each([
    ['m', 1e-3],
    ['cm', 0.1],
    ['um', 1000],
    ['mm', 1]
  ])('of NRRD in %s are read in their unit', async (unit, factor) => {
    const scaled = createGeometry({
      ...smallGrid,
      spacing: [smallGrid.spacing[0] * factor, smallGrid.spacing[1] * factor, smallGrid.spacing[2] * factor],
      origin: [smallGrid.origin[0] * factor, smallGrid.origin[1] * factor, smallGrid.origin[2] * factor]
    })
    const fields = { 'space units': `"${unit}" "${unit}" "${unit}"` }
    expect(await expectWhole(`${unit}.nrrd`, nrrdBytes({ ...scan, geometry: scaled }, { fields }))).toEqual([])
  })

  test('of NIfTI in a unit that would make the scan absurd are read in millimetres, with a note', async () => {
    expect(await expectWhole('micron.nii', niftiBytes(scan, { units: 3 }))).toEqual([
      expect.stringMatching(/said to be microns.*read as millimetres/)
    ])
  })

  test('of NIfTI whose sform contradicts the voxel size and the qform are placed by the qform, with a note', async () => {
    const both = Buffer.from(niftiBytes(scan, { qformCode: 1, sformCode: 2 }))
    // An axial grid of 1 mm as sform; the qform has no rotation.
    for (let n = 0; n < 12; n++) both.writeFloatLE(n % 5 === 0 ? 1 : 0, 280 + 4 * n)
    const { scan: back, source } = await readAs('unit-sform.nii', both)
    expect(back.geometry.spacing[0]).toBeCloseTo(0.31, 4)
    expect(source.notes).toEqual([expect.stringMatching(/sform has voxels of 1 × 1 × 1 mm.*qform is taken/)])
  })
})

describe('voxels', () => {
  const wide = (values: readonly bigint[], name: 'setBigInt64' | 'setBigUint64'): Uint8Array => {
    const view = new DataView(new ArrayBuffer(8 * values.length))
    for (const [n, value] of values.entries()) view[name](8 * n, value, true)
    return new Uint8Array(view.buffer)
  }
  const header = (datatype: number): Uint8Array => niftiBytes(scan, { datatype }).subarray(0, 352)

  test('of 64 bits are read where their values fit, and refused where they do not', async () => {
    const values = Array.from(scan.data, BigInt)
    await expectWhole('int64.nii', Buffer.concat([header(1024), wide(values, 'setBigInt64')]))
    const raised = values.map((value) => value + 2000n)
    const { scan: back } = await readAs('uint64.nii', Buffer.concat([header(1280), wide(raised, 'setBigUint64')]))
    expect(back.data[5]).toBe((scan.data[5] as number) + 2000)
    const huge = values.with(7, 2n ** 60n)
    await expectFailure(readAs('huge.nii', Buffer.concat([header(1024), wide(huge, 'setBigInt64')])), {
      name: 'InputError',
      exitCode: 3,
      says: /more digits than can be read/
    })
  })

  test('of a NIfTI pair are read by either name', async () => {
    const whole = niftiBytes(scan, { magic: 'ni1', voxOffset: 0 })
    await writeFile(join(folder, 'pair.img'), whole.subarray(352))
    expect(await expectWhole('pair.hdr', whole.subarray(0, 348))).toEqual([])
    expect((await readScan(join(folder, 'pair.img'))).scan.data).toEqual(scan.data)
  })
})

test('a text is read in UTF-8, UTF-16 or Latin-1, by its mark or its bytes', () => {
  const text = 'Schädel/a.nii.gz\r\n'
  const utf16 = new Uint8Array(Buffer.from(text, 'utf16le'))
  const ascii = new Uint8Array(Buffer.from('plain.nii', 'utf16le'))
  expect(decodeText(new TextEncoder().encode(text), 'a')).toBe(text)
  expect(decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'a')).toBe(text)
  expect(decodeText(ascii, 'a')).toBe('plain.nii')
  expect(decodeText(new Uint8Array(Buffer.from(text, 'latin1')), 'a')).toBe(text)
  expect(() => decodeText(Uint8Array.of(65, 66, 67, 0, 68), 'a.txt')).toThrow(/a\.txt: holds null characters/)
})

test('what a terminal or page would obey is written out, all else stays', () => {
  expect(printable('\u001b[31mred\u0007 \u202egpj.\u2028 \u009b Schädel 左 🙂')).toBe(
    '\\u001b[31mred\\u0007 \\u202egpj.\\u2028 \\u009b Schädel 左 🙂'
  )
})

test('labels of voxels too wide for an ear are refused before anything is resampled', async () => {
  const wide = createGeometry({ ...smallGrid, spacing: [1000, 1000, 1000] })
  const labels = niftiBytes({ geometry: wide, data: new Uint8Array(17 * 18 * 19) })
  await expect(decodeLabelMap('labels.nii', labels)).rejects.toThrow(/has voxels of 1000 mm, too coarse/)
})

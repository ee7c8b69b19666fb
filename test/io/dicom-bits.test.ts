import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { unpackRle } from '../../src/io/dicom/rle.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { encapsulated, encodeHtj2k, encodeRle } from '../support/dicom-objects.ts'
import { expectFailure } from '../support/expect-error.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallGrid, smallScan } from '../support/small-scan.ts'
import { type SliceAttributes, writeDicomSeries } from '../support/write-dicom-series.ts'

const folder = scratchFolder()
const scan = smallScan()
const [columns, rows] = smallGrid.size
const rle = '1.2.840.10008.1.2.5'
const highThroughput = '1.2.840.10008.1.2.4.201'

const isRefused = (reading: Promise<unknown>, says: RegExp): Promise<void> =>
  expectFailure(reading, { name: 'InputError', exitCode: 3, says })

/** A series written by pydicom, unsigned of 16 bits (13 are used), whose headers say how many bits are stored. */
async function declared(name: string, bits: (n: number) => number): Promise<string> {
  const golden = await readFile(fileURLToPath(new URL(`../golden/io/${name}.zip`, import.meta.url)))
  const entries = Object.entries(unzipSync(golden)).map(([entry, bytes], n) => {
    const file = Buffer.from(bytes)
    for (const [element, value] of [
      [1, bits(n)],
      [2, bits(n) - 1]
    ] as const) {
      file.writeUInt16LE(value, file.indexOf(Buffer.from([0x28, 0, element, 1, 0x55, 0x53, 2, 0])) + 8)
    }
    return [entry, new Uint8Array(file)] as const
  })
  const path = join(folder, `${name}-${bits(0)}-${bits(1)}.zip`)
  await writeFile(path, zipSync(Object.fromEntries(entries)))
  return path
}

test.each(['rle', 'jpeg-ls'])('values of %s that outgrow Bits Stored are refused, others read', async (name) => {
  expect((await readScan(await declared(name, () => 13))).scan.data).toEqual(scan.data)
  const says = /the pixels of DICOM\/A1.. hold more than its header says is stored \(12 of 16 bits up to bit 11\)/
  await isRefused(readScan(await declared(name, () => 12)), says)
})

test('slices of RLE that differ in Bits Stored are refused, as plain ones are; JPEG-LS holds its own', async () => {
  const bits = (n: number): number => (n < 4 ? 14 : 16)
  await isRefused(readScan(await declared('rle', bits)), /differ in how values are stored: .* with 14 of 16 bits/)
  expect((await readScan(await declared('jpeg-ls', bits))).scan.data).toEqual(scan.data)
})

/** The scan as a series, each file compressed from what `stored` makes of a value, under the attributes given. */
async function series(
  name: string,
  attributes: SliceAttributes,
  stored: (hu: number) => number,
  compress: (values: Int16Array) => Promise<Uint8Array>,
  syntax: string
): Promise<string> {
  const edit = (a: SliceAttributes) => ({ ...a, ...attributes, PixelData: [new Int16Array(columns * rows).buffer] })
  const paths = await writeDicomSeries(scan, join(folder, name), { edit })
  const plane = columns * rows
  for (const [k, path] of paths.entries()) {
    const values = Int16Array.from(scan.data.subarray(k * plane, (k + 1) * plane), stored)
    await writeFile(path, encapsulated(await readFile(path), syntax, [await compress(values)]))
  }
  return join(folder, name)
}

const asRle = async (values: Int16Array): Promise<Uint8Array> => encodeRle(new Uint8Array(values.buffer))
const asHtj2k = (values: Int16Array): Promise<Uint8Array> => encodeHtj2k(values, columns, rows)

test('values of RLE that lie in the highest bits are read as those of plain pixels', async () => {
  const aligned = { BitsStored: 14, HighBit: 15, PixelRepresentation: 1, RescaleIntercept: '0' }
  const path = await series('aligned', aligned, (hu) => hu << 2, asRle, rle)
  expect((await readScan(path, { asStored: true })).scan.data).toEqual(scan.data)
})

test('values of JPEG 2000 that outgrow Bits Stored are refused, signed ones that repeat their sign read', async () => {
  const bits = (n: number) => ({ BitsStored: n, HighBit: n - 1, RescaleIntercept: '0' })
  const signed = await series('signed', bits(14), (hu) => hu, asHtj2k, highThroughput)
  expect((await readScan(signed, { asStored: true })).scan.data).toEqual(scan.data)
  const outgrown = await series('outgrown', bits(12), (hu) => hu, asHtj2k, highThroughput)
  await isRefused(readScan(outgrown), /hold more than its header says is stored \(12 of 16 bits/)
})

test('compressed values of more bits than are allocated are refused before they are decoded', async () => {
  const bytes = { BitsAllocated: 8, BitsStored: 8, HighBit: 7 }
  const path = await series('wide', bytes, (hu) => hu, asHtj2k, highThroughput)
  await isRefused(readScan(path), /hold more than its header says is stored \(8 of 8 bits/)
})

test('RLE of more or fewer pixels than declared is refused by name', async () => {
  const more = await series('more', { Columns: 16 }, (hu) => hu, asRle, rle)
  await isRefused(readScan(more), /slice-00..\.dcm is damaged: it holds more .* declares \(16 × 18\); export it again/)
  const fewer = await series('fewer', { Columns: 18 }, (hu) => hu, asRle, rle)
  await isRefused(readScan(fewer), /slice-00..\.dcm cannot be decoded as RLE Lossless; the file is damaged/)
})

test('runs of RLE are repeated, pads ignored, and damaged frames told', () => {
  const format = {
    transferSyntax: rle,
    columns: 3,
    rows: 2,
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    signed: false,
    overlay: false
  }
  const frame = (segment: readonly number[], segments = 1): Uint8Array => {
    const header = Uint32Array.from({ length: 16 }, (_, n) => [segments, 64][n] ?? 0)
    return Uint8Array.from([...new Uint8Array(header.buffer), ...segment])
  }
  const whole = Uint8Array.from([7, 7, 7, 7, 1, 2])
  expect(unpackRle(frame([253, 7, 128, 1, 1, 2]), format)).toEqual(whole)
  expect(unpackRle(frame([253, 7, 1, 1, 2, 0, 0]), format)).toEqual(whole)
  expect(unpackRle(frame([250, 7, 250, 7]), format)).toBe('more')
  expect(unpackRle(frame([253, 7]), format)).toBeUndefined()
  expect(unpackRle(frame([253, 7, 1, 1, 2], 2), format)).toBeUndefined()
  expect(unpackRle(new Uint8Array(20), format)).toBeUndefined()
})

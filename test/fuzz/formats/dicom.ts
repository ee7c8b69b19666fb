import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateRawSync } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import { readScan } from '../../../src/node/read-scan.ts'
import { bareDataSet, encapsulated, encodeHtj2k, enhancedCt, part10 } from '../../support/dicom-objects.ts'
import { encodeDicom, writeDicomSeries } from '../../support/write-dicom-series.ts'
import { type FileSet, type FuzzInput, readFileSet } from '../file-set.ts'
import type { Format } from '../format.ts'
import { fuzzScan } from './scan.ts'

const golden = fileURLToPath(new URL('../../golden/io/', import.meta.url))
const [columns, rows, slices] = fuzzScan.geometry.size

async function plainSeries(folder: string): Promise<FileSet> {
  const series = join(folder, 'series')
  await writeDicomSeries(fuzzScan, series)
  return readFileSet(series)
}

async function rewritten(files: FileSet, change: (file: Uint8Array, k: number) => Uint8Array | Promise<Uint8Array>) {
  const entries = Object.entries(files).map(async ([name, file], k) => [name, await change(file, k)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

function storedSlice(k: number): Int16Array {
  const plane = columns * rows
  return Int16Array.from(fuzzScan.data.subarray(k * plane, (k + 1) * plane), (value) => value + 1024)
}

function unpacked(name: string): FileSet {
  return unzipSync(new Uint8Array(readFileSync(join(golden, name))))
}

/** What a disc's DICOMDIR lists of a series. */
function directoryOf(files: FileSet): Uint8Array {
  return encodeDicom({
    SOPClassUID: '1.2.840.10008.1.3.10',
    SOPInstanceUID: '2.25.1',
    DirectoryRecordSequence: Object.keys(files).map((name) => ({
      DirectoryRecordType: 'IMAGE',
      ReferencedFileID: ['IMAGES', name.toUpperCase()]
    }))
  })
}

async function seriesInputs(folder: string): Promise<FuzzInput[]> {
  const plain = await plainSeries(folder)
  const deflated = await rewritten(plain, (file) =>
    part10('1.2.840.10008.1.2.1.99', new Uint8Array(deflateRawSync(bareDataSet(file))))
  )
  const htj2k = await rewritten(plain, async (file, k) =>
    encapsulated(file, '1.2.840.10008.1.2.4.201', [await encodeHtj2k(storedSlice(k), columns, rows)])
  )
  const enhanced = encodeDicom(enhancedCt(fuzzScan, [...Array(slices).keys()].reverse()))
  const images = Object.fromEntries(Object.entries(plain).map(([name, file]) => [`IMAGES/${name}`, file]))
  const folders = [plain, deflated, htj2k, await rewritten(plain, bareDataSet)]
  const packed = ['jpeg-ls.zip', 'rle.zip', 'big-endian.zip', 'implicit.zip'].map(unpacked)
  // What is decoded by the slow decoder of older compressions is one in five.
  return [
    ...[...folders, ...folders, ...folders, ...folders, ...packed].map((files) => ({ files, main: '' })),
    { files: { 'a.dcm': enhanced }, main: 'a.dcm' },
    { files: { ...images, DICOMDIR: directoryOf(plain) }, main: 'DICOMDIR' }
  ]
}

export const dicomFormat: Format = { seeds: seriesInputs, read: (path) => readScan(path) }

export const zipFormat: Format = {
  async seeds(folder) {
    const plain = await plainSeries(folder)
    const golden = unpacked('implicit.zip')
    return [
      { files: { 'a.zip': zipSync(plain, { level: 1 }) }, main: 'a.zip' },
      { files: { 'a.zip': zipSync(golden, { level: 0 }) }, main: 'a.zip' },
      { files: { 'a.zip': zipSync({ 'b/c/a.dcm': zipSync(plain), ...plain }, { level: 1 }) }, main: 'a.zip' }
    ]
  },
  read: (path) => readScan(path)
}

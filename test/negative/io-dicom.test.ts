import { readdirSync } from 'node:fs'
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync, type Zippable, zipSync } from 'fflate'
import { describe, expect, test, vi } from 'vitest'
import { createGeometry } from '../../src/core/geometry/geometry.ts'
import { readDicomHeader } from '../../src/io/dicom/header.ts'
import { zippedDicomFiles } from '../../src/io/zip.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { type ExpectedFailure, expectFailure } from '../support/expect-error.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallGrid, smallScan } from '../support/small-scan.ts'
import {
  type DicomSeriesOptions,
  encodeDicom,
  type SliceAttributes,
  writeDicomSeries
} from '../support/write-dicom-series.ts'

const folder = scratchFolder()
const scan = smallScan()

const refused = (says: RegExp): ExpectedFailure => ({ name: 'InputError', exitCode: 3, says })
const misused = (says: RegExp): ExpectedFailure => ({ name: 'UsageError', exitCode: 2, says })

async function readSeries(name: string, options: DicomSeriesOptions): Promise<unknown> {
  await writeDicomSeries(scan, join(folder, name), options)
  return readScan(join(folder, name))
}

/** An edit that changes one slice. */
const at =
  (slice: number, change: (attributes: SliceAttributes) => SliceAttributes | undefined) =>
  (attributes: SliceAttributes, k: number): SliceAttributes | undefined =>
    k === slice ? change(attributes) : attributes

const moved =
  (millimetres: readonly [number, number, number]) =>
  (attributes: SliceAttributes): SliceAttributes => ({
    ...attributes,
    ImagePositionPatient: (attributes.ImagePositionPatient as string[]).map((v, n) =>
      (Number(v) + (millimetres[n] as number)).toFixed(6)
    )
  })

describe('slices that are not one regular stack', () => {
  const normal = [2, 5, 8].map((n) => smallGrid.direction[n] as number) as [number, number, number]
  const row = [0, 3, 6].map((n) => smallGrid.direction[n] as number) as [number, number, number]
  const along = (axis: readonly [number, number, number], mm: number) =>
    moved([axis[0] * mm, axis[1] * mm, axis[2] * mm])

  test.each<[string, DicomSeriesOptions, RegExp]>([
    [
      'a missing slice, by its neighbours',
      { edit: at(7, () => undefined) },
      /missing about 1 slice.*slice-0007\.dcm \(instance 7\) and slice-0009\.dcm \(instance 9\) are 1\.14 mm apart/
    ],
    [
      'a doubled slice, by its twin',
      { edit: at(7, along(normal, -0.57)) },
      /same place \(slice-000[78].*slice-000[78]/
    ],
    ['a slice shifted sideways', { edit: at(7, along(row, 1.5)) }, /slice-0008\.dcm \(instance 8\) is 1\.50 mm aside/],
    [
      'a turned slice',
      { edit: at(7, (a) => ({ ...a, ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'] })) },
      /missing about 1 slice.*another plane or size: slice-0008\.dcm/
    ],
    [
      'a slice with other pixels',
      { edit: at(7, (a) => ({ ...a, PixelSpacing: ['0.5', '0.5'] })) },
      /missing about 1 slice.*another plane or size: slice-0008\.dcm/
    ],
    [
      'a slice of another size',
      { edit: at(7, (a) => ({ ...a, Rows: 9, PixelData: [new Int16Array(9 * 17).buffer] })) },
      /missing about 1 slice.*another plane or size: slice-0008\.dcm/
    ],
    [
      'rows and columns that are not perpendicular',
      { edit: (a) => ({ ...a, ImageOrientationPatient: ['1', '0', '0', '0.6', '0.8', '0'] }) },
      /not perpendicular/
    ],
    [
      'rows and columns without a direction',
      { edit: (a) => ({ ...a, ImageOrientationPatient: ['0', '0', '0', '0', '0', '0'] }) },
      /holds vectors of length 0 and 0, not 1/
    ],
    ['pixels without a size', { edit: (a) => ({ ...a, PixelSpacing: ['0', '0'] }) }, /0 × 0 mm have no size/]
  ])('%s: refused', (name, options, says) => expectFailure(readSeries(name, options), refused(says)))

  test('slices too far apart to show an inner ear find no ear, tilted or not', async () => {
    const thick = smallScan(createGeometry({ ...smallGrid, spacing: [0.5, 0.5, 4] }))
    const edit = (attributes: SliceAttributes, k: number): SliceAttributes => along(row, 0.2 * k)(attributes)
    await writeDicomSeries(thick, join(folder, 'thick'), { edit })
    await expectFailure(readScan(join(folder, 'thick')), { name: 'NoEarError', exitCode: 4, says: /4\.00 mm apart/ })
  })
})

describe('objects that are not CT slices', () => {
  const report = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.88.22', Modality: 'SR', PixelData: undefined }
  test.each<[string, DicomSeriesOptions, RegExp]>([
    ['MR images', { modality: 'MR' }, /no CT slices, only 19 × MR image; only CT can be analysed/],
    ['a report', { edit: (a) => ({ ...a, ...report }) }, /object without an image/],
    [
      'multi-frame CT',
      { edit: (a) => ({ ...a, NumberOfFrames: '2' }) },
      /multi-frame CT that does not say where its frames lie/
    ],
    ['localizers', { edit: (a) => ({ ...a, ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }) }, /CT localizer/],
    [
      'maximum intensity projections',
      { edit: (a) => ({ ...a, ImageType: ['DERIVED', 'SECONDARY', 'AXIAL', 'CT_SOM5 MIP'] }) },
      /holds no CT slices, only 19 × CT projection or rendering \(CT_SOM5 MIP\); only CT can be analysed/
    ],
    ['minimum ones', { edit: (a) => ({ ...a, ImageType: ['DERIVED', 'SECONDARY', 'MinIP'] }) }, /\(MINIP\)/],
    [
      'maps of something else',
      { edit: (a) => ({ ...a, RescaleType: 'MGML' }) },
      /only 19 × CT map whose Rescale Type is MGML, not Hounsfield units \(HU\); only CT can be analysed/
    ],
    [
      'colour pictures',
      { edit: (a) => ({ ...a, PhotometricInterpretation: 'RGB', SamplesPerPixel: 3 }) },
      /colour image/
    ],
    [
      'images without a position',
      { edit: (a) => ({ ...a, ImagePositionPatient: undefined }) },
      /slice-0001\.dcm has no Image Position \(Patient\)/
    ],
    ['a single slice', { edit: (a, k) => (k === 0 ? a : undefined) }, /single CT slice/],
    ['images without pixels', { edit: (a) => ({ ...a, Rows: 0 }) }, /image without pixels/]
  ])('%s: refused', (name, options, says) => expectFailure(readSeries(name, options), refused(says)))

  test('one file that is no CT slice is refused by its kind', async () => {
    const [path] = await writeDicomSeries(scan, join(folder, 'single'), { modality: 'MR' })
    await expectFailure(readScan(path as string), refused(/is a DICOM MR image/))
  })
})

describe('several series', () => {
  const several = join(folder, 'several')

  test('are listed and asked for', async () => {
    await writeDicomSeries(scan, several, { seriesNumber: 2, prefix: 'a', description: 'Bone' })
    await writeDicomSeries(scan, several, { seriesNumber: 3, prefix: 'b', description: 'Soft' })
    await expectFailure(
      readScan(several),
      misused(/2 CT series.*--series.*2 "Bone" \(19 slices of 0\.57 mm, UID 2\.25\.1000\.2\); 3 "Soft"/)
    )
    await expectFailure(readScan(several, { series: '7' }), misused(/no CT series is called 7; there are 2 "Bone"/))
  })
})

describe('damaged files', () => {
  test('a slice cut short is named', async () => {
    const paths = await writeDicomSeries(scan, join(folder, 'cut'))
    await truncate(paths[4] as string, 900)
    await expectFailure(readScan(join(folder, 'cut')), refused(/slice-0005\.dcm is (damaged or )?truncated/))
  })

  test('a slice cut within its header is named', async () => {
    const paths = await writeDicomSeries(scan, join(folder, 'cut-header'))
    await truncate(paths[4] as string, 400)
    await expectFailure(readScan(join(folder, 'cut-header')), refused(/slice-0005\.dcm/))
  })

  test('compressed pixels that cannot be decoded are named', async () => {
    const golden = await readFile(fileURLToPath(new URL('../golden/io/jpeg-ls.zip', import.meta.url)))
    const entries = unzipSync(golden)
    const [victim] = Object.keys(entries).sort()
    const bytes = entries[victim as string] as Uint8Array
    entries[victim as string] = bytes.slice(0, bytes.length - 150)
    const path = join(folder, 'damaged.zip')
    await writeFile(path, zipSync(entries))
    const printed = vi.spyOn(console, 'error')
    await expectFailure(readScan(path), refused(/DICOM\/A100.*(cannot be decoded|truncated)/))
    expect(printed).not.toHaveBeenCalled()
  })
})

describe('zip archives', () => {
  const dicom = encodeDicom({ SOPClassUID: '1.2', SOPInstanceUID: '1.3', Modality: 'SR' })

  async function readZip(name: string, content: Zippable | Uint8Array): Promise<unknown> {
    const path = join(folder, name)
    await writeFile(path, content instanceof Uint8Array ? content : zipSync(content))
    return readScan(path)
  }

  test.each(['../outside.dcm', '/etc/outside.dcm', 'a/../../outside.dcm', '..\\outside.dcm', 'C:\\outside.dcm'])(
    'with the name %s are refused',
    (name) => expectFailure(readZip('traversal.zip', { [name]: dicom }), refused(/leads out of the archive/))
  )

  test('without DICOM are refused, an archive in the archive included', async () => {
    const inner = zipSync({ 'slice.dcm': dicom })
    await expectFailure(
      readZip('letters.zip', { 'letter.txt': new Uint8Array(9), 'inner.zip': inner }),
      refused(/no DICOM/)
    )
    await expectFailure(readZip('nothing.zip', {}), refused(/no DICOM/))
    await expectFailure(readZip('report.zip', { 'report.dcm': dicom }), refused(/SR object without an image/))
  })

  test('with two files of one name are refused', async () => {
    const twice = zipSync({ 'a.dcm': dicom, 'b.dcm': dicom })
    const renamed = Buffer.from(Buffer.from(twice).toString('latin1').replaceAll('b.dcm', 'a.dcm'), 'latin1')
    await expectFailure(readZip('twice.zip', new Uint8Array(renamed)), refused(/two files named "a\.dcm"/))
  })

  test('cut short are refused', async () => {
    const whole = zipSync({ 'report.dcm': dicom })
    await expectFailure(readZip('cut.zip', whole.subarray(0, whole.length - 30)), refused(/damaged or truncated/))
  })

  test('that would unpack to more than the limit are refused before they are unpacked', async () => {
    const bomb = zipSync({ 'bomb.dcm': new Uint8Array(2_000_000) })
    expect(bomb.length).toBeLessThan(5000)
    await expectFailure(zippedDicomFiles(bomb, 'bomb.zip', 1_000_000), refused(/would unpack to/))
  })

  test('that declare a wrong size unpack to no more than they declare', async () => {
    const stuffed = new Uint8Array(4_000_000)
    stuffed.set(dicom)
    const bomb = zipSync({ 'bomb.dcm': stuffed })
    const directory = bomb.findLastIndex((_, n) => bomb[n] === 0x50 && bomb[n + 1] === 0x4b && bomb[n + 2] === 1)
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(directory + 24, dicom.length, true)
    await expectFailure(readZip('lie.zip', bomb), refused(/far more data than its header declares/))
  })

  test('whose files share their bytes are refused', async () => {
    const archive = zipSync({ 'a.dcm': dicom, 'b.dcm': dicom })
    const last = archive.findLastIndex((_, n) => archive[n] === 0x50 && archive[n + 1] === 0x4b && archive[n + 2] === 1)
    new DataView(archive.buffer, archive.byteOffset).setUint32(last + 42, 0, true)
    await expectFailure(readZip('overlap.zip', archive), refused(/damaged/))
  })

  test('of many small files are looked through in one pass', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`${n}.txt`, new Uint8Array(1)]))
    await expectFailure(readZip('many.zip', zipSync(many, { level: 0 })), refused(/no DICOM/))
  })

  test('are unpacked in memory only', async () => {
    const empty = join(folder, 'tmp')
    await mkdir(empty)
    vi.stubEnv('TMPDIR', empty)
    await readScan(fileURLToPath(new URL('../golden/io/rle.zip', import.meta.url)))
    expect(readdirSync(empty)).toEqual([])
    vi.unstubAllEnvs()
  })
})

test('an object that is cut anywhere in its header is damaged or another object, and never a bug', async () => {
  const [path] = await writeDicomSeries(scan, join(folder, 'to-be-cut'), { edit: at(0, (attributes) => attributes) })
  const whole = new Uint8Array(await readFile(path as string))
  const pixels = whole.length - 2 * 17 * 18
  for (let length = 0; length < pixels; length++) {
    const content = await readDicomHeader(whole.subarray(0, length), 'cut.dcm')
    expect('slices' in content).toBe(false)
  }
})

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { applyAffine, createGeometry, sameGrid, worldFromIndex } from '../../src/core/geometry/geometry.ts'
import { add, column, scale, type Vector3 } from '../../src/core/math/vector.ts'
import { createVolume, type Scan } from '../../src/core/volume.ts'
import { isWholeJpeg2000 } from '../../src/io/dicom/jpeg-2000.ts'
import { decodeText } from '../../src/io/dicom/text.ts'
import { readScan } from '../../src/node/read-scan.ts'
import {
  bareDataSet,
  encapsulated,
  encodeHtj2k,
  enhancedCt,
  part10,
  withExtendedOffsets
} from '../support/dicom-objects.ts'
import { expectFailure } from '../support/expect-error.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallGrid, smallScan } from '../support/small-scan.ts'
import { decimalString, encodeDicom, type SliceAttributes, writeDicomSeries } from '../support/write-dicom-series.ts'

const folder = scratchFolder()
const scan = smallScan()
const [columns, rows, count] = smallGrid.size
const deflated = '1.2.840.10008.1.2.1.99'

/** Writes the scan as a series and then each file anew. */
async function rewritten(name: string, change: (file: Uint8Array, k: number) => Uint8Array | Promise<Uint8Array>) {
  const paths = await writeDicomSeries(scan, join(folder, name))
  for (const [k, path] of paths.entries()) await writeFile(path, await change(new Uint8Array(await readFile(path)), k))
  return join(folder, name)
}

async function expectWhole(path: string): Promise<void> {
  const back = await readScan(path, { asStored: true })
  expect(sameGrid(back.scan.geometry, scan.geometry)).toBe(true)
  expect(back.scan.data).toEqual(scan.data)
}

describe('a CT series is read to the last voxel', () => {
  test('deflated', async () => {
    await expectWhole(await rewritten('deflated', (file) => part10(deflated, deflateRawSync(bareDataSet(file)))))
  })

  test('without preamble and file meta information, and with the information alone', async () => {
    await expectWhole(await rewritten('bare', bareDataSet))
    await expectWhole(await rewritten('no-preamble', (file) => file.slice(132)))
  })

  test('compressed as High-Throughput JPEG 2000', async () => {
    const plane = columns * rows
    const coded = async (file: Uint8Array, k: number) => {
      const stored = Int16Array.from(scan.data.subarray(k * plane, (k + 1) * plane), (value) => value + 1024)
      return encapsulated(file, '1.2.840.10008.1.2.4.201', [await encodeHtj2k(stored, columns, rows)])
    }
    await expectWhole(await rewritten('htj2k', coded))
  })

  test('compressed, but for frames whose JPEG 2000 headers contradict each other, in which a decoder may never end', async () => {
    const stored = Int16Array.from(scan.data.subarray(0, columns * rows), (value) => value + 1024)
    const frame = await encodeHtj2k(stored, columns, rows)
    expect(isWholeJpeg2000(frame)).toBe(true)
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
    const tilePart = Buffer.from(frame).indexOf(Buffer.from([0xff, 0x90]))
    // Sampling of the component, number of components, marker of the coding style, tile's number and length.
    const damages = [43, 40, 45, tilePart + 4, tilePart + 6]
    for (const at of damages) {
      const damaged = new Uint8Array(frame)
      damaged[at] = view.getUint8(at) ^ 0x7f
      expect(isWholeJpeg2000(damaged), `byte ${at}`).toBe(false)
    }
    for (let length = 0; length < tilePart; length++) expect(isWholeJpeg2000(frame.subarray(0, length))).toBe(false)
    const coded = async (file: Uint8Array) => {
      const damaged = new Uint8Array(frame)
      damaged.set([0xff, 0x7f], 43)
      return encapsulated(file, '1.2.840.10008.1.2.4.201', [damaged])
    }
    await expectFailure(readScan(await rewritten('contradictory', coded)), {
      name: 'InputError',
      exitCode: 3,
      says: /damaged: its JPEG 2000 headers contradict each other/
    })
  })

  test('in MONOCHROME1, which changes how greys are shown, not what they mean', async () => {
    const edit = (attributes: SliceAttributes) => ({ ...attributes, PhotometricInterpretation: 'MONOCHROME1' })
    await writeDicomSeries(scan, join(folder, 'monochrome1'), { edit })
    await expectWhole(join(folder, 'monochrome1'))
  })

  test('in one enhanced object whose frames lie in any order, plain and compressed', async () => {
    const order = Array.from({ length: count }, (_, n) => (n * 7) % count)
    const plain = encodeDicom(enhancedCt(scan, order))
    await writeFile(join(folder, 'enhanced.dcm'), plain)
    await expectWhole(join(folder, 'enhanced.dcm'))
    const plane = columns * rows
    const frames = order.map((k) =>
      encodeHtj2k(
        Int16Array.from(scan.data.subarray(k * plane, (k + 1) * plane), (v) => v + 1024),
        columns,
        rows
      )
    )
    const coded = encapsulated(plain, '1.2.840.10008.1.2.4.201', await Promise.all(frames))
    await writeFile(join(folder, 'enhanced-htj2k.dcm'), coded)
    await expectWhole(join(folder, 'enhanced-htj2k.dcm'))
    await writeFile(join(folder, 'extended-offsets.dcm'), withExtendedOffsets(coded, count))
    await expectWhole(join(folder, 'extended-offsets.dcm'))
  })

  test('in a zip archive with the companions that macOS adds', async () => {
    const paths = await writeDicomSeries(scan, join(folder, 'to-zip'))
    const files = await Promise.all(
      paths.map(async (path, k) => [`S/${k}`, new Uint8Array(await readFile(path))] as const)
    )
    const companions = files.map(([name, bytes]) => [`__MACOSX/S/._${name.slice(2)}`, bytes] as const)
    await writeFile(join(folder, 'mac.zip'), zipSync(Object.fromEntries([...files, ...companions])))
    await expectWhole(join(folder, 'mac.zip'))
  })
})

describe('a DICOMDIR', () => {
  async function disc(name: string, missing: number): Promise<string> {
    const paths = await writeDicomSeries(scan, join(folder, name, 'IMAGES'))
    const records = paths.map((_, k) => ({
      DirectoryRecordType: 'IMAGE',
      ReferencedFileID: ['IMAGES', `SLICE-${String(k + 1).padStart(4, '0')}.DCM`]
    }))
    const lost = Array.from({ length: missing }, (_, k) => ({ ReferencedFileID: ['IMAGES', `LOST${k}`] }))
    const attributes = {
      SOPClassUID: '1.2.840.10008.1.3.10',
      SOPInstanceUID: '2.25.1',
      DirectoryRecordSequence: [...records, ...lost]
    }
    await writeFile(join(folder, name, 'DICOMDIR'), encodeDicom(attributes))
    return join(folder, name, 'DICOMDIR')
  }

  test('is read by what it lists, in capitals or not', async () => expectWhole(await disc('disc', 0)))

  test('that lists files that are not there says so', async () => {
    const { source } = await readScan(await disc('poor-disc', 2))
    expect(source.notes).toEqual(['2 files that DICOMDIR lists are not there'])
  })

  test('without its files is refused', async () => {
    const path = await disc('empty-disc', 0)
    await mkdir(join(folder, 'alone'))
    await writeFile(join(folder, 'alone/DICOMDIR'), await readFile(path))
    await expectFailure(readScan(join(folder, 'alone/DICOMDIR')), {
      name: 'InputError',
      exitCode: 3,
      says: /none of the 19 files that DICOMDIR lists is there/
    })
  })
})

describe('stacks that fill no grid', () => {
  /** A smooth scan, so that interpolating it tells where voxels lie. */
  const world = (p: Vector3): number => 30 * p[0] - 20 * p[1] + 25 * (p[2] + 512) + 400
  const grid = createGeometry({ ...smallGrid, size: [24, 26, 32] })
  const smooth = (at: (k: number) => Vector3): Scan => {
    const { matrix } = worldFromIndex(grid)
    const data = new Int16Array(grid.size[0] * grid.size[1] * grid.size[2])
    for (let n = 0; n < data.length; n++) {
      const [i, j, k] = [
        n % grid.size[0],
        Math.floor(n / grid.size[0]) % grid.size[1],
        Math.floor(n / grid.size[0] / grid.size[1])
      ]
      data[n] = Math.round(world(add(at(k), applyAffine({ matrix, offset: [0, 0, 0] }, [i, j, 0]))))
    }
    return createVolume(grid, data)
  }
  const origin = (k: number): Vector3 => applyAffine(worldFromIndex(grid), [0, 0, k])

  /** Reads slices at the places given, and compares every voxel inside with the world's value there. */
  async function expectTrue(name: string, at: (k: number) => Vector3, keep: (k: number) => boolean = () => true) {
    await writeDicomSeries(smooth(at), join(folder, name), {
      edit: (attributes, k) => (keep(k) ? { ...attributes, ImagePositionPatient: at(k).map(decimalString) } : undefined)
    })
    const { scan: back, source } = await readScan(join(folder, name), { asStored: true })
    const map = worldFromIndex(back.geometry)
    const [nx, ny] = back.geometry.size
    let [worst, inside] = [0, 0]
    for (const [n, value] of back.data.entries()) {
      if (value === -1024) continue
      inside++
      const p = applyAffine(map, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / nx / ny)])
      worst = Math.max(worst, Math.abs(value - world(p)))
    }
    expect(inside).toBeGreaterThan(0.9 * 24 * 26 * 30)
    // Two roundings, and the end taps of the cubic.
    expect(worst).toBeLessThan(3)
    return source.notes
  }

  test.each([15, -15, 25])('a gantry tilted by %d° is straightened, every voxel at its place', async (degrees) => {
    const shift = grid.spacing[2] * Math.tan((degrees * Math.PI) / 180)
    const at = (k: number): Vector3 => add(origin(k), scale(column(grid.direction, 1), shift * k))
    const notes = await expectTrue(`tilt${degrees}`, at)
    expect(notes).toEqual([expect.stringContaining(`tilted by ${Math.abs(degrees)}.0°`)])
  })

  test('two slice spacings are resampled to the finer one', async () => {
    const notes = await expectTrue('two-spacings', origin, (k) => k > 9 || k % 2 === 0)
    expect(notes).toEqual([expect.stringContaining('resampled to 0.570 mm')])
  })

  test('slices that jitter are resampled from where they lie', async () => {
    const at = (k: number): Vector3 => add(origin(k), scale(column(grid.direction, 2), 0.1 * Math.sin(9 * k)))
    expect(await expectTrue('jitter', at)).toEqual([expect.stringContaining('resampled to')])
  })

  test('a jitter of 0.02 mm, or that of one decimal, is rounding', async () => {
    const at = (k: number): Vector3 => add(origin(k), scale(column(grid.direction, 2), 0.015 * Math.sin(9 * k)))
    expect(await expectTrue('rounding', at)).toEqual([])
    const decimal = (k: number): Vector3 => {
      const [x, y, z] = origin(k)
      return [Number(x.toFixed(1)), Number(y.toFixed(1)), Number(z.toFixed(1))]
    }
    await writeDicomSeries(scan, join(folder, 'decimal'), {
      edit: (attributes, k) => ({ ...attributes, ImagePositionPatient: decimal(k).map(decimalString) })
    })
    expect((await readScan(join(folder, 'decimal'), { asStored: true })).source.notes).toEqual([])
  })
})

describe('what lies beside a good series', () => {
  const copy = async (
    name: string,
    change: (attributes: SliceAttributes, k: number) => SliceAttributes | undefined
  ) => {
    const path = join(folder, name)
    await writeDicomSeries(scan, path)
    await writeDicomSeries(scan, path, { prefix: 'other', edit: change })
    return path
  }
  const notes = async (path: string): Promise<string> => (await readScan(path)).source.notes.join()

  test('does not decide: captures, single slices, other planes, damaged objects are notes', async () => {
    const capture = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.7', SeriesInstanceUID: '2.25.9' }
    expect(await notes(await copy('capture', (a, k) => (k < 3 ? { ...a, ...capture } : undefined)))).toBe(
      'left out: 3 × secondary capture'
    )
    const single = await copy('single', (a, k) => (k === 0 ? { ...a, SeriesInstanceUID: '2.25.9' } : undefined))
    expect(await notes(single)).toMatch(/left out: the series .*1 slice /)
    const turned = { SOPInstanceUID: '2.25.8', ImageOrientationPatient: ['1', '0', '0', '0', '0', '-1'] }
    expect(await notes(await copy('turned', (a, k) => (k === 0 ? { ...a, ...turned } : undefined)))).toMatch(
      /another plane or size.*other-0001/
    )
    const enhancedMr = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.4.1', SeriesInstanceUID: '2.25.9' }
    expect(await notes(await copy('class', (a, k) => (k < 3 ? { ...a, ...enhancedMr } : undefined)))).toBe(
      'left out: 3 × image that is not stored as CT (SOP class 1.2.840.10008.5.1.4.1.1.4.1)'
    )
    const damaged = await copy('damaged', () => undefined)
    const [first] = await readdir(damaged)
    const whole = await readFile(join(damaged, first as string))
    await writeFile(join(damaged, 'stray.dcm'), whole.subarray(0, 600))
    expect(await notes(damaged)).toMatch(/stray\.dcm, which is (a damaged or )?truncated/)
  })

  test('copies are dropped, two images under one UID refused', async () => {
    expect(await notes(await copy('copies', (a, k) => (k % 5 === 0 ? a : undefined)))).toBe(
      'left out: 4 copies of slices that are there already'
    )
    const renamed = await copy('renamed', (a) => ({ ...a, SeriesDescription: 'copy', PatientID: 'anonymous' }))
    expect(await notes(renamed)).toBe(`left out: ${count} copies of slices that are there already`)
    const other = (a: SliceAttributes, k: number) =>
      k === 0 ? { ...a, PixelData: [new Int16Array(columns * rows).buffer] } : undefined
    await expectFailure(readScan(await copy('same-uid', other)), {
      name: 'InputError',
      exitCode: 3,
      says: /two different images under one SOP Instance UID/
    })
  })

  test('two acquisitions in one series are a choice', async () => {
    const second = (a: SliceAttributes, k: number) => ({
      ...a,
      AcquisitionNumber: '2',
      SOPInstanceUID: `2.25.7.${k}`,
      PixelData: [new Int16Array(columns * rows).fill(k).buffer]
    })
    const path = join(folder, 'acquisitions')
    await writeDicomSeries(scan, path, { edit: (a) => ({ ...a, AcquisitionNumber: '1' }) })
    await writeDicomSeries(scan, path, { prefix: 'second', edit: second })
    await expectFailure(readScan(path), { name: 'UsageError', exitCode: 2, says: /acquisition 1, called 1\/1.*1\/2/ })
    expect((await readScan(path, { series: '1/1' })).scan.data).toEqual(scan.data)
  })

  test('two acquisitions that differ only in time are a choice, and a time for each slice is none', async () => {
    const path = join(folder, 'times')
    const timed = (n: number, time: (k: number) => string) => (a: SliceAttributes, k: number) => ({
      ...a,
      AcquisitionDate: '20260102',
      AcquisitionTime: time(k),
      SOPInstanceUID: `2.25.7.${n}.${k}`
    })
    await writeDicomSeries(scan, path, { edit: timed(1, (k) => `1200${k + 10}`) })
    expect((await readScan(path)).scan.data).toEqual(scan.data)
    await writeDicomSeries(scan, path, { edit: timed(1, () => '120000') })
    await writeDicomSeries(scan, path, { prefix: 'second', edit: timed(2, () => '130000') })
    const says = /acquisition time 20260102120000, called 1\/20260102120000.*1\/20260102130000/
    await expectFailure(readScan(path), { name: 'UsageError', exitCode: 2, says })
    expect((await readScan(path, { series: '1/20260102130000' })).scan.data).toEqual(scan.data)
  })

  test('a compression without a decoder is called by its name', async () => {
    const path = await rewritten('jpeg-xl', (file) =>
      encapsulated(file, '1.2.840.10008.1.2.4.110', [new Uint8Array(64)])
    )
    await expectFailure(readScan(path), { name: 'InputError', exitCode: 3, says: /compressed as JPEG XL Lossless/ })
  })

  test('a fragment that claims more bytes than there are is refused before it is decoded', async () => {
    const path = await rewritten('claims', (file) => {
      const coded = encapsulated(file, '1.2.840.10008.1.2.4.90', [new Uint8Array(64)])
      new DataView(coded.buffer).setUint32(coded.length - 8 - 64 - 4, 0x7ffffffe, true)
      return coded
    })
    await expectFailure(readScan(path), { name: 'InputError', exitCode: 3, says: /do not end within the file/ })
  })

  test('a deflated object that inflates without end is refused', async () => {
    const endless = deflateRawSync(
      Buffer.concat([Buffer.from([8, 0, 5, 0, 0x55, 0x4e, 0, 0, 255, 255, 255, 15]), Buffer.alloc(2 ** 27)])
    )
    await mkdir(join(folder, 'endless'))
    await writeFile(join(folder, 'endless/a.dcm'), part10(deflated, endless))
    await expectFailure(readScan(join(folder, 'endless')), {
      name: 'InputError',
      exitCode: 3,
      says: /damaged or truncated/
    })
  })

  test('an object of millions of empty items is refused before they are parsed', async () => {
    const sequence = Buffer.from([8, 0, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff])
    const items = Buffer.alloc(8 * 600_000, Buffer.from([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0]))
    await mkdir(join(folder, 'items'))
    await writeFile(join(folder, 'items/a.dcm'), part10('1.2.840.10008.1.2.1', Buffer.concat([sequence, items])))
    await expectFailure(readScan(join(folder, 'items')), {
      name: 'InputError',
      exitCode: 3,
      says: /holds more sequence items than any image has/
    })
  })
})

test.each<[string, string, readonly number[]]>([
  ['Schläfe 左', 'ISO_IR 192', [...new TextEncoder().encode('Schläfe 左')]],
  ['größer', 'ISO_IR 100', [0x67, 0x72, 0xf6, 0xdf, 0x65, 0x72]],
  ['側頭骨', '\\ISO 2022 IR 87', [0x1b, 0x24, 0x42, 0x42, 0x26, 0x46, 0x2c, 0x39, 0x7c, 0x1b, 0x28, 0x42]],
  ['김', '\\ISO 2022 IR 149', [0x1b, 0x24, 0x29, 0x43, 0xb1, 0xe8]],
  ['Ляшенко', 'ISO_IR 144', [0xbb, 0xef, 0xe8, 0xd5, 0xdd, 0xda, 0xde]],
  ['größer', 'NO SUCH SET', [0x67, 0x72, 0xf6, 0xdf, 0x65, 0x72]]
])('%s is read in the character set %s', (text, sets, bytes) => {
  expect(decodeText(Uint8Array.from(bytes), sets)).toBe(text)
})

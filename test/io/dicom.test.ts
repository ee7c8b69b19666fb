import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyAffine,
  createGeometry,
  type Geometry,
  sameGrid,
  worldFromIndex
} from '../../src/core/geometry/geometry.ts'
import { column, multiply } from '../../src/core/math/vector.ts'
import type { Scan } from '../../src/core/volume.ts'
import { arrangeSlices } from '../../src/io/dicom/arrange.ts'
import { type DicomFile, readDicomSeries } from '../../src/io/dicom/read-series.ts'
import type { CtSlice } from '../../src/io/dicom/slice.ts'
import { dicomDecoders } from '../../src/node/dicom-decoders.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { directions, even, points, sizes } from '../core/arbitraries.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { leftHandedGrid, smallGrid, smallScan } from '../support/small-scan.ts'
import { decimalString, encodeDicom, type SliceAttributes, writeDicomSeries } from '../support/write-dicom-series.ts'

const folder = scratchFolder()
const scan = smallScan()

/** The same voxels with the slices in the other order. */
function reversed({ geometry, data }: Scan): Scan {
  const { size, direction } = geometry
  const plane = size[0] * size[1]
  const slices = Array.from({ length: size[2] }, (_, k) => [...data.subarray(k * plane, (k + 1) * plane)])
  const origin = applyAffine(worldFromIndex(geometry), [0, 0, size[2] - 1])
  const turned = multiply(direction, [1, 0, 0, 0, 1, 0, 0, 0, -1])
  return {
    geometry: createGeometry({ ...geometry, origin, direction: turned }),
    data: Int16Array.from(slices.reverse().flat())
  }
}

describe('series written by pydicom', () => {
  const golden = (name: string): string => fileURLToPath(new URL(`../golden/io/${name}`, import.meta.url))

  test.each(['implicit.zip', 'big-endian.zip', 'rle.zip', 'jpeg-ls.zip'])(
    '%s is read to the last voxel',
    async (name) => {
      const placement: Omit<Geometry, 'size'> = JSON.parse(await readFile(golden('expected-dicom.json'), 'utf8'))
      const back = await readScan(golden(name))
      expect(sameGrid(back.scan.geometry, createGeometry({ size: [17, 18, 19], ...placement }))).toBe(true)
      expect(back.scan.data).toEqual(scan.data)
      expect(back.source.series).toEqual({
        uid: '2.25.2000.1',
        number: '3',
        description: 'Temporal bone 0.6',
        sliceThickness: 0.6
      })
    }
  )
})

describe('a series', () => {
  test('of links to files is read', async () => {
    const paths = await writeDicomSeries(scan, join(folder, 'store'))
    await mkdir(join(folder, 'links'))
    for (const path of paths) await symlink(path, join(folder, 'links', basename(path)))
    await symlink('nowhere', join(folder, 'links', 'broken'))
    expect((await readScan(join(folder, 'links'))).scan.data).toEqual(scan.data)
  })

  test('comes back as it was written', async () => {
    await writeDicomSeries(scan, join(folder, 'plain'))
    const back = await readScan(join(folder, 'plain'))
    expect(sameGrid(back.scan.geometry, scan.geometry)).toBe(true)
    expect(back.scan.data).toEqual(scan.data)
    expect(back.source).toMatchObject({ format: 'dicom', notes: [], series: { uid: '2.25.1000.1', number: '1' } })
  })

  test('written from a left-handed grid comes back right-handed, every voxel in its place', async () => {
    const mirrored = smallScan(leftHandedGrid)
    await writeDicomSeries(mirrored, join(folder, 'mirrored'))
    const back = await readScan(join(folder, 'mirrored'))
    expect(sameGrid(back.scan.geometry, reversed(mirrored).geometry)).toBe(true)
    expect(back.scan.data).toEqual(reversed(mirrored).data)
  })

  test('has the side that its header names, of the image before that of the series', async () => {
    const sideOf = async (name: string, tags: Record<string, string>) => {
      const series = join(folder, name)
      await writeDicomSeries(scan, series, { edit: (attributes) => ({ ...attributes, ...tags }) })
      return (await readScan(series)).source.series?.laterality
    }
    expect(await sideOf('left', { Laterality: 'L' })).toBe('left')
    expect(await sideOf('right', { Laterality: 'L', ImageLaterality: 'R' })).toBe('right')
    expect(await sideOf('both', { ImageLaterality: 'B' })).toBeUndefined()
  })

  test('of more slices than are decoded at once is read whole', async () => {
    const long = smallScan(createGeometry({ ...smallGrid, size: [16, 16, 70] }))
    await writeDicomSeries(long, join(folder, 'long'))
    expect((await readScan(join(folder, 'long'), { asStored: true })).scan.data).toEqual(long.data)
  })

  test('is rescaled slice by slice; fractions make the voxels float32', async () => {
    const edit = (attributes: object, k: number): Record<string, unknown> => ({
      ...attributes,
      RescaleSlope: k === 0 ? '1' : '0.5'
    })
    await writeDicomSeries(scan, join(folder, 'rescaled'), { edit, intercept: 0 })
    const { data } = (await readScan(join(folder, 'rescaled'))).scan
    const plane = 17 * 18
    const expected = Float32Array.from(scan.data, (value, n) => (n < plane ? value : value / 2))
    expect(data instanceof Float32Array).toBe(true)
    expect(data.every((value, n) => value === expected[n])).toBe(true)
  })

  test('is found in nested folders among other objects, which are named', async () => {
    const examination = join(folder, 'examination')
    await writeDicomSeries(scan, join(examination, 'DICOM/S1'))
    const other = (kind: object) => (attributes: object, k: number) => (k < 2 ? { ...attributes, ...kind } : undefined)
    const seriesNumber = 9
    const report = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.88.22', Modality: 'SR', PixelData: undefined }
    await writeDicomSeries(scan, examination, {
      seriesNumber,
      prefix: 'scout',
      edit: other({ ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] })
    })
    await writeDicomSeries(scan, examination, {
      seriesNumber,
      prefix: 'report',
      edit: other(report)
    })
    await writeFile(join(examination, 'README.txt'), 'not an image')
    const { source } = await readScan(examination)
    expect(source.notes).toEqual(['left out: 2 × SR object without an image, 2 × CT localizer'])
  })

  test('is read from one of its files, whatever else lies beside it', async () => {
    const together = join(folder, 'together')
    const other = { geometry: scan.geometry, data: scan.data.map((value) => -value) }
    await writeDicomSeries(scan, together, { seriesNumber: 1, prefix: 'a' })
    const [second] = await writeDicomSeries(other, together, { seriesNumber: 2, prefix: 'b' })
    const back = await readScan(second as string, { asStored: true })
    expect(back.source).toMatchObject({ path: second, series: { number: '2' } })
    expect(back.scan.data).toEqual(other.data)
  })

  test('is asked for where several could be read, with the middle slice of each', async () => {
    const several = join(folder, 'asked')
    await mkdir(several)
    const files: DicomFile[] = []
    for (const seriesNumber of [1, 2]) {
      // Twice as far from the scanner's middle, the slices of the second lie twice as far apart.
      const edit = (slice: SliceAttributes): SliceAttributes => ({
        ...slice,
        ImagePositionPatient: (slice.ImagePositionPatient as string[]).map((mm) => decimalString(seriesNumber * +mm))
      })
      for (const path of await writeDicomSeries(scan, several, { seriesNumber, prefix: `s${seriesNumber}`, edit })) {
        files.push({ name: path, read: () => readFile(path) })
      }
    }
    const [columns, rows, slices] = scan.geometry.size
    const middleOf = (k: number) => scan.data.subarray(k * columns * rows, (k + 1) * columns * rows)
    const loaded = await readDicomSeries(several, files, dicomDecoders, {
      async ask(choices, picture) {
        expect(choices.map(({ details }) => details)).toEqual(['0.57 mm', '0.57 mm, every 1.14 mm'])
        const [first] = choices
        const { aspect, values } = await picture(first ?? expect.unreachable())
        expect(aspect).toBeCloseTo(scan.geometry.spacing[1] / scan.geometry.spacing[0], 6)
        expect([...values]).toEqual([...middleOf(slices >> 1)])
        return choices[1]?.uid ?? ''
      }
    })
    expect(loaded.source.series?.number).toBe('2')
  })

  test.each(['2', '2.25.1000.2'])('is chosen among several by --series %s', async (series) => {
    const several = join(folder, `several-${series}`)
    await mkdir(several)
    for (const seriesNumber of [1, 2]) {
      await writeDicomSeries(scan, several, { seriesNumber, prefix: `s${seriesNumber}` })
    }
    expect((await readScan(several, { series })).source.series?.uid).toBe('2.25.1000.2')
  })
})

/** The headers that a scanner would write for a grid, in a shuffled order. */
function slicesOf(geometry: Geometry, shuffle: readonly number[]): CtSlice[] {
  const [columns, rows, count] = geometry.size
  const text = (value: number): number => Number(decimalString(value))
  const slice = (k: number): CtSlice => {
    const [x, y, z] = applyAffine(worldFromIndex(geometry), [0, 0, k])
    const [row, col] = [column(geometry.direction, 0), column(geometry.direction, 1)]
    return {
      file: `${k}.dcm`,
      frame: 0,
      frames: 1,
      sopClass: '1.2.840.10008.5.1.4.1.1.2',
      instanceUid: `1.2.${k}`,
      seriesUid: '1.2',
      seriesNumber: '1',
      seriesDescription: '',
      kernel: '',
      instance: `${k + 1}`,
      marks: { acquisition: '1', stack: '', phase: '', kernel: '', 'image type': '', 'acquisition time': '' },
      columns,
      rows,
      position: [text(x), text(y), text(z)],
      rowDirection: [text(row[0]), text(row[1]), text(row[2])],
      columnDirection: [text(col[0]), text(col[1]), text(col[2])],
      columnSpacing: geometry.spacing[0],
      rowSpacing: geometry.spacing[1],
      positionStep: 1e-6,
      thickness: undefined,
      pixels: {
        transferSyntax: '1.2.840.10008.1.2.1',
        columns,
        rows,
        bitsAllocated: 16,
        bitsStored: 16,
        highBit: 15,
        signed: true,
        overlay: false
      },
      subject: { patient: '', study: '', 'frame of reference': '' },
      rescale: { slope: 1, intercept: 0 },
      padding: undefined
    }
  }
  return Array.from({ length: count }, (_, k) => slice(k)).sort(
    (a, b) => (shuffle[Number(a.instance)] ?? 0) - (shuffle[Number(b.instance)] ?? 0)
  )
}

test('slices of any orientation, in any order, give their grid to 1e-3 mm', () => {
  const spacings = fc.tuple(even(0.05, 2), even(0.05, 2), even(0.05, 2))
  const order = fc.array(fc.double(), { minLength: 60, maxLength: 60 })
  fc.assert(
    fc.property(
      sizes(16, 50),
      spacings,
      points(500),
      directions,
      order,
      (size, spacing, origin, direction, shuffle) => {
        const grid = createGeometry({ size, spacing, origin, direction })
        const { geometry, slices } = arrangeSlices('folder', slicesOf(grid, shuffle))
        const first = slices[0]?.slice.instance === '1'
        const far = createGeometry({
          ...grid,
          origin: applyAffine(worldFromIndex(grid), [0, 0, size[2] - 1]),
          direction: multiply(direction, [1, 0, 0, 0, 1, 0, 0, 0, -1])
        })
        expect(sameGrid(geometry, first ? grid : far, 1e-3)).toBe(true)
      }
    )
  )
})

test('the test writer puts decimal strings into 16 characters', () => {
  fc.assert(
    fc.property(even(-1000, 1000), (value) => {
      expect(decimalString(value).length).toBeLessThanOrEqual(16)
      expect(Math.abs(Number(decimalString(value)) - value)).toBeLessThan(1e-9)
    })
  )
  expect(encodeDicom({ SOPClassUID: '1.2', SOPInstanceUID: '1.3' }).subarray(128, 132)).toEqual(
    new TextEncoder().encode('DICM')
  )
})

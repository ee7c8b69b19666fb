import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createGeometry } from '../../src/core/geometry/geometry.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { expectFailure } from '../support/expect-error.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallGrid, smallScan } from '../support/small-scan.ts'
import { decimalString, type SliceAttributes, writeDicomSeries } from '../support/write-dicom-series.ts'

const folder = scratchFolder()
const scan = smallScan()
const long = smallScan(createGeometry({ ...smallGrid, size: [16, 16, 40] }))
const normal = [2, 5, 8].map((n) => smallGrid.direction[n] as number)

type Edit = (attributes: SliceAttributes, k: number) => SliceAttributes | undefined

/** A second part, its slices a part of a step above the first's, under the same series. */
const second =
  (change: object, steps: number, keep: (k: number) => boolean = () => true): Edit =>
  (a, k) =>
    keep(k)
      ? {
          ...a,
          ...change,
          SOPInstanceUID: `2.25.7.${k + 1}`,
          ImagePositionPatient: (a.ImagePositionPatient as string[]).map((v, n) =>
            decimalString(Number(v) + steps * smallGrid.spacing[2] * (normal[n] as number))
          )
        }
      : undefined

async function twice(name: string, change: object, steps: number, keep?: (k: number) => boolean): Promise<string> {
  const path = join(folder, name)
  const first = {
    AcquisitionNumber: '1',
    ConvolutionKernel: 'H70h',
    AcquisitionDate: '20260102',
    AcquisitionTime: '12'
  }
  await writeDicomSeries(scan, path, { edit: (a) => ({ ...a, ...first }) })
  const edit = second({ ...first, ...change }, steps, keep)
  await writeDicomSeries({ ...scan, data: scan.data.map((hu) => -hu) }, path, { prefix: 'second', edit })
  return path
}

test.each<[string, object, number, RegExp, string]>([
  [
    'acquisitions half a step apart',
    { AcquisitionNumber: '2' },
    0.5,
    /acquisition 1, called 1\/1.*2, called 1\/2/,
    '1/2'
  ],
  ['acquisitions a third of a step apart', { AcquisitionNumber: '2' }, 1 / 3, /acquisition 1, called 1\/1/, '1/2'],
  ['kernels', { ConvolutionKernel: 'H30s' }, 0.5, /kernel H30s, called 1\/H30s/, '1/H30s'],
  ['times', { AcquisitionTime: '13' }, 9.5, /acquisition time 2026010212, called/, '1/2026010213'],
  ['image types', { ImageType: ['DERIVED', 'SECONDARY', 'AXIAL'] }, 0.5, /image type /, '1/DERIVED\\SECONDARY\\AXIAL']
])('%s under one series that lie between each other are a choice', async (name, change, steps, says, series) => {
  const path = await twice(`${name}-${series.length}-${steps}`, change, steps)
  await expectFailure(readScan(path), { name: 'UsageError', exitCode: 2, says })
  expect((await readScan(path, { series, asStored: true })).scan.data).toEqual(scan.data.map((hu) => -hu))
})

test.each([
  ['numbered through and as thick as they lie apart', { SliceThickness: '0.57' }, true],
  ['as thick as two of them', { SliceThickness: '1.14' }, false],
  ['without a number', { SliceThickness: '0.57', InstanceNumber: '' }, false]
])('slices of alternating acquisitions are one scan only where they show it: %s', async (name, change, isOne) => {
  const path = join(folder, `alternating ${name}`)
  const edit: Edit = (a, k) => ({ ...a, ...change, AcquisitionNumber: String(1 + (k % 2)) })
  await writeDicomSeries(long, path, { edit })
  if (!isOne)
    return expectFailure(readScan(path), { name: 'UsageError', exitCode: 2, says: /acquisition 1, called 1\/1/ })
  const { scan: back, source } = await readScan(path, { asStored: true })
  expect(back.data).toEqual(long.data)
  expect(source.notes).toEqual([expect.stringMatching(/acquisitions 1 and 2 lie between each other.* one scan/)])
})

test('a few slices of another acquisition between the others are left out with a note', async () => {
  const path = await twice('few', { AcquisitionNumber: '2' }, 0.5, (k) => k > 5 && k < 12)
  const { scan: back, source } = await readScan(path, { asStored: true })
  expect(back.data).toEqual(scan.data)
  expect(source.notes).toEqual(['left out: the series 1 (6 slices of 0.57 mm), which cannot show an ear'])
})

test.each<[string, (k: number) => number]>([
  ['each slice', (k) => k],
  ['each rotation', (k) => k >> 2],
  ['each half', (k) => (k < 20 ? 1 : 2)],
  ['a block and what lies around it', (k) => (k > 8 && k < 30 ? 1 : 2)]
])('acquisitions numbered by %s that follow each other are one scan', async (name, number) => {
  const path = join(folder, name)
  const edit: Edit = (a, k) => ({
    ...a,
    AcquisitionNumber: String(number(k)),
    AcquisitionTime: String(120000 + number(k))
  })
  await writeDicomSeries(long, path, { edit })
  const { scan: back, source } = await readScan(path, { asStored: true })
  expect(back.data).toEqual(long.data)
  expect(source.notes).toEqual([])
})

test.each<[string, object, string[]]>([
  [
    'thickness and instance numbers',
    {},
    [
      'slices seem to be missing: they are 0.57 mm thick and 1.14 mm apart, and their instance numbers go in steps of 2; '
    ]
  ],
  [
    'thickness',
    { InstanceNumber: '' },
    ['slices may be missing: they are 0.57 mm thick and 1.14 mm apart, so that some tissue lies between them unseen; ']
  ],
  [
    'instance numbers',
    { SliceThickness: '1.14' },
    ['slices may be missing: their instance numbers go in steps of 2; ']
  ],
  ['nothing else', { InstanceNumber: '', SliceThickness: '0.7' }, []]
])('a series without every second slice is told by %s', async (name, change, notes) => {
  const path = join(folder, `every-second-${name}`)
  await writeDicomSeries(long, path, { edit: (a, k) => (k % 2 === 0 ? { ...a, ...change } : undefined) })
  const { source } = await readScan(path, { asStored: true })
  expect(source.notes).toEqual(notes.map((note) => `${note}where the series has more, export it again in full`))
})

test('instance numbers that another part of the series has are not missing', async () => {
  const path = join(folder, 'taking-turns')
  const numbered = (acquisition: number) => (a: SliceAttributes, k: number) => ({
    ...a,
    AcquisitionNumber: String(acquisition),
    InstanceNumber: String(2 * k + acquisition)
  })
  await writeDicomSeries(scan, path, { edit: numbered(1) })
  const other = second({}, 0)
  await writeDicomSeries(scan, path, { prefix: 'second', edit: (a, k) => numbered(2)(other(a, k) ?? a, k) })
  expect((await readScan(path, { series: '1/1' })).source.notes).toEqual([])
})

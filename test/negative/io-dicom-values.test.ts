import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readScan } from '../../src/node/read-scan.ts'
import { bareDataSet, encapsulated, enhancedCt, part10 } from '../support/dicom-objects.ts'
import { expectFailure } from '../support/expect-error.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallGrid, smallScan } from '../support/small-scan.ts'
import { encodeDicom, type SliceAttributes, writeDicomSeries } from '../support/write-dicom-series.ts'

const folder = scratchFolder()
const scan = smallScan()
const [columns, rows, count] = smallGrid.size

type Edit = (attributes: SliceAttributes, k: number) => SliceAttributes | undefined

const all =
  (change: object): Edit =>
  (attributes) => ({ ...attributes, ...change })
const one =
  (change: object): Edit =>
  (attributes, k) =>
    k === 7 ? { ...attributes, ...change } : attributes

let series = 0
async function read(edit: Edit, intercept = -1024) {
  const path = join(folder, String(series++))
  await writeDicomSeries(scan, path, { edit, intercept })
  return readScan(path, { asStored: true })
}

const isRefused = (reading: Promise<unknown>, says: RegExp): Promise<void> =>
  expectFailure(reading, { name: 'InputError', exitCode: 3, says })

test.each<[string, Edit, RegExp]>([
  [
    'no rescale in one slice',
    one({ RescaleSlope: undefined, RescaleIntercept: undefined }),
    /slice-0008\.dcm \(instance 8\) with no Rescale Slope and Intercept; the others with Rescale Slope and Intercept/
  ],
  ['no intercept in one slice', one({ RescaleIntercept: undefined }), /slice-0008\.dcm.* with no Rescale Intercept/],
  ['an empty slope in one slice', one({ RescaleSlope: '' }), /slice-0008\.dcm.* with no Rescale Slope;/],
  ['a slope of 0', one({ RescaleSlope: '0' }), /the Rescale Slope of slice-0008\.dcm \(instance 8\) is 0/],
  ['a slope with a comma', one({ RescaleSlope: '1,0' }), /slice-0008\.dcm is damaged: its Rescale Slope, "1,0", is no/],
  ['unsigned values in one slice', one({ PixelRepresentation: 0 }), /slice-0008\.dcm.* unsigned; the others .* signed/],
  ['fewer bits in one slice', one({ BitsStored: 15, HighBit: 14 }), /slice-0008\.dcm.* with 15 of 16 bits/],
  ['bits that leave off before the highest', all({ BitsStored: 12, HighBit: 10 }), /12 bits cannot be bit 10 of 16/],
  ['values that outgrow their bits', all({ BitsStored: 11, HighBit: 10 }), /slice-00..\.dcm hold more than its header/],
  ['fewer columns than its pixels have', all({ Columns: 16 }), /0001\.dcm is damaged: it holds more .* \(16 × 18\)/],
  ['fewer rows than its pixels have', one({ Rows: 17 }), /0008\.dcm is damaged: it holds more .* \(17 × 17\)/],
  ['no Pixel Representation', all({ PixelRepresentation: undefined }), /0001\.dcm has no Pixel Representation/],
  ['no Photometric Interpretation', all({ PhotometricInterpretation: '' }), /has no Photometric Interpretation/],
  ['no Pixel Spacing', all({ PixelSpacing: undefined }), /0001\.dcm has no Pixel Spacing, so that it has no place/],
  ['no orientation', all({ ImageOrientationPatient: undefined }), /0001\.dcm has no Image Orientation \(Patient\)/],
  [
    'directions that are twice as long',
    all({ ImageOrientationPatient: ['2', '0', '0', '0', '2', '0'] }),
    /0001\.dcm is damaged: its Image Orientation \(Patient\) holds vectors of length 2 and 2, not 1/
  ],
  [
    'a position of which a part is missing',
    one({ ImagePositionPatient: ['1', '', '3'] }),
    /slice-0008\.dcm is damaged: its Image Position \(Patient\), "1\\\\3", does not hold 3 numbers/
  ]
])('a series with %s is refused by name', (_, edit, says) => isRefused(read(edit), says))

test('half a rescale that all slices have is a note', async () => {
  const { scan: back, source } = await read(all({ RescaleIntercept: undefined }), 0)
  expect(back.data).toEqual(scan.data)
  expect(source.notes).toEqual(['its slices have a Rescale Slope and no Rescale Intercept, which is taken for 0'])
})

test('signed values that repeat their sign, and bits that are the same in all pixels, do not outgrow theirs', async () => {
  const stored = (intercept: number, k: number, bits: number) =>
    Int16Array.from(scan.data.subarray(k * columns * rows, (k + 1) * columns * rows), (v) => (v - intercept) | bits)
  const signed: Edit = (a, k) => ({ ...a, BitsStored: 14, HighBit: 13, PixelData: [stored(0, k, 0).buffer] })
  const overlay: Edit = (a, k) => ({
    ...a,
    BitsStored: 13,
    HighBit: 12,
    PixelRepresentation: 0,
    PixelData: [stored(-1024, k, 0xe000).buffer]
  })
  expect((await read(signed, 0)).scan.data).toEqual(scan.data)
  expect((await read(overlay)).scan.data).toEqual(scan.data)
})

test('padding that is brighter than any tissue becomes air, wherever it lies', async () => {
  const padded: Edit = (a, k) => {
    const values = Int16Array.from(scan.data.subarray(k * columns * rows), (value) => value + 1024)
    values.set([30000, 30001], 0)
    return {
      ...a,
      _vrMap: { PixelData: 'OW', PixelPaddingValue: 'SS', PixelPaddingRangeLimit: 'SS' },
      PixelPaddingValue: 30000,
      PixelPaddingRangeLimit: 30001,
      PixelData: [values.slice(0, columns * rows).buffer]
    }
  }
  const { scan: back, source } = await read(padded)
  expect([...back.data.subarray(0, 3)]).toEqual([-1024, -1024, scan.data[2]])
  expect(source.notes).toEqual(['0.7 % of its pixels are padding by their Pixel Padding Value: taken for air'])
})

test.each(['PatientID', 'StudyInstanceUID', 'FrameOfReferenceUID'])(
  'a series of two kinds of %s is a choice where both could show an ear, else a note',
  async (keyword) => {
    const path = join(folder, `two-${keyword}`)
    await writeDicomSeries(scan, path)
    const other: Edit = (a, k) => ({ ...a, [keyword]: '2.25.7', SOPInstanceUID: `2.25.7.${k + 1}` })
    await writeDicomSeries(scan, path, { prefix: 'other', edit: (a, k) => (k < 3 ? other(a, k) : undefined) })
    const kind = { PatientID: 'patient', StudyInstanceUID: 'study', FrameOfReferenceUID: 'frame of reference' }[keyword]
    expect((await readScan(path)).source.notes).toEqual([
      expect.stringMatching(new RegExp(`^left out: slices of another ${kind} in the series, other-0001\\.dcm`))
    ])
    await writeDicomSeries(scan, path, { prefix: 'other', edit: other })
    await expectFailure(readScan(path), {
      name: 'UsageError',
      exitCode: 2,
      says: new RegExp(`holds 2 CT series.*${kind} 1, called 1/1.*${kind} 2, called 1/2`)
    })
    expect((await readScan(path, { series: '1/1' })).scan.data).toEqual(scan.data)
  }
)

test('an empty file and one that only is called DICOM are told, of a folder whose slices have no ending too', async () => {
  const path = join(folder, 'empty')
  const paths = await writeDicomSeries(scan, path)
  await writeFile(join(path, 'slice-0099.dcm'), '')
  await writeFile(join(path, 'slice-0100.DCM'), 'words')
  expect((await readScan(path)).source.notes).toEqual([
    'left out: slice-0099.dcm, which is empty (0 bytes)',
    'left out: slice-0100.DCM, which is no DICOM file, although it is called one'
  ])
  await writeFile(paths[8] as string, '')
  await isRefused(readScan(path), /missing about 1 slice.*\(slice-0009\.dcm is empty \(0 bytes\); slice-0099/)
})

const order = Array.from({ length: count }, (_, k) => k)

/** Reads an enhanced object whose frames' functional groups are changed. */
function readFrames(name: string, change: (groups: SliceAttributes[], object: SliceAttributes) => object) {
  const object = enhancedCt(scan, order, (a) => ({
    ...a,
    ...change(a.PerFrameFunctionalGroupsSequence as SliceAttributes[], a)
  }))
  const path = join(folder, `${name}.dcm`)
  return writeFile(path, encodeDicom(object)).then(() => readScan(path, { asStored: true }))
}

test('a last frame without a place is told; frames that are rescaled in another way, or not as many as told, are refused', async () => {
  const { source } = await readFrames('no-place', (groups) => ({
    PerFrameFunctionalGroupsSequence: [...groups.slice(0, -1), { PlanePositionSequence: [{}] }]
  }))
  expect(source.notes).toEqual([
    'left out: frame 19 of no-place.dcm, which has no Image Position (Patient), so that it has no place in the body'
  ])
  const without = readFrames('rescale', (groups) => ({
    PerFrameFunctionalGroupsSequence: groups.map((group, n) =>
      n === 4 ? { ...group, PixelValueTransformationSequence: [{ RescaleSlope: '0' }] } : group
    )
  }))
  await isRefused(without, /the Rescale Slope of rescale\.dcm \(instance frame 5\) is 0/)
  await isRefused(
    readFrames('count', () => ({ NumberOfFrames: '18' })),
    /contradicts itself: its Number of Frames is 18, and it says where 19 lie/
  )
})

test('pixels that lie open under a compression, or an unknown transfer syntax, are called by its name', async () => {
  for (const [uid, name] of [
    ['1.2.3.4.5', /stored as transfer syntax 1\.2\.3\.4\.5, which cannot be read/],
    ['1.2.840.10008.1.2.4.110', /stored as JPEG XL Lossless, which cannot be read/]
  ] as const) {
    const path = join(folder, `syntax-${uid}.dcm`)
    await writeFile(path, part10(uid, bareDataSet(encodeDicom(enhancedCt(scan, order)))))
    await isRefused(readScan(path), name)
  }
})

test('frames of another unit, or that are projections, are no CT slices, wherever an enhanced object says so', async () => {
  const shared = (of: SliceAttributes, macro: string, change: object) => {
    const [groups] = of.SharedFunctionalGroupsSequence as Record<string, object[]>[]
    return { SharedFunctionalGroupsSequence: [{ ...groups, [macro]: [{ ...groups?.[macro]?.[0], ...change }] }] }
  }
  const type = 'CTImageFrameTypeSequence'
  const kinds: [(object: SliceAttributes) => object, RegExp][] = [
    [
      (of) => shared(of, 'PixelValueTransformationSequence', { RescaleType: 'Z_EFF' }),
      /map whose Rescale Type is Z_EFF/
    ],
    [(of) => shared(of, type, { FrameType: ['DERIVED', 'PRIMARY', 'VOLUME', 'MAXIMUM'] }), /rendering \(MAXIMUM\)/],
    [(of) => shared(of, type, { VolumeBasedCalculationTechnique: 'MIN_IP' }), /rendering \(MIN_IP\)/],
    [() => ({ ImageType: ['DERIVED', 'SECONDARY', 'MIP'] }), /rendering \(MIP\)/]
  ]
  for (const [n, [change, says]] of kinds.entries()) {
    await isRefused(
      readFrames(`kind-${n}`, (_, object) => change(object)),
      says
    )
  }
})

test('reformats, means over slabs, and Hounsfield units by any of their names are read', async () => {
  const average = all({ ImageType: ['DERIVED', 'SECONDARY', 'REFORMATTED', 'AVERAGE'], RescaleType: 'HU' })
  expect((await read(average)).source.notes).toEqual([])
  expect((await read(all({ ImageType: ['DERIVED', 'PRIMARY', 'MPR'], RescaleType: 'US' }))).source.notes).toEqual([])
  expect((await read(all({ RescaleType: '' }))).source.notes).toEqual([])
})

test('frames beyond those declared are refused, plain or listed by an offset table', async () => {
  const declared = (groups: SliceAttributes[]) => ({
    NumberOfFrames: '18',
    PerFrameFunctionalGroupsSequence: groups.slice(0, 18)
  })
  const says = /is damaged: it holds more pixels than its header declares \(18 frames of 17 × 18\); export it again/
  await isRefused(readFrames('more-frames', declared), says)
  const object = enhancedCt(scan, order, (a) => ({
    ...a,
    ...declared(a.PerFrameFunctionalGroupsSequence as SliceAttributes[])
  }))
  const frames = order.map(() => new Uint8Array(64))
  const offsets = new Uint8Array(Uint32Array.from(order, (n) => 72 * n).buffer)
  const path = join(folder, 'more-offsets.dcm')
  await writeFile(path, encapsulated(encodeDicom(object), '1.2.840.10008.1.2.5', frames, offsets))
  await isRefused(readScan(path), says)
})

test('a pad byte after pixels of odd length, plain or in a fragment, is none of them; more is refused', async () => {
  const plane = 17 * 17
  const small = { Rows: 17, BitsAllocated: 8, BitsStored: 8, HighBit: 7, PixelRepresentation: 0 }
  const bytes = (length: number): Edit => {
    return (a, k) => ({ ...a, ...small, PixelData: [new Uint8Array(length).fill(k, 0, plane).buffer] })
  }
  expect((await read(bytes(plane + 1))).scan.data.at(-1)).toBe(count - 1 - 1024)
  const fragments = async (name: string, length: number) => {
    const paths = await writeDicomSeries(scan, join(folder, name), { edit: bytes(plane + 1) })
    for (const [k, path] of paths.entries()) {
      const frame = new Uint8Array(length).fill(k)
      await writeFile(path, encapsulated(await readFile(path), '1.2.840.10008.1.2.1.98', [frame]))
    }
    return readScan(join(folder, name), { asStored: true })
  }
  expect((await fragments('odd', plane)).scan.data.at(-1)).toBe(count - 1 - 1024)
  await isRefused(read(bytes(plane + 3)), /0001\.dcm is damaged: it holds more pixels/)
  await isRefused(fragments('long', plane + 17), /slice-00..\.dcm is damaged: it holds more pixels/)
  await isRefused(fragments('short', plane - 17), /slice-00..\.dcm is damaged: it holds fewer pixels/)
})

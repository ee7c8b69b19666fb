import { describe, expect, test } from 'vitest'
import { InputError } from '../../src/core/errors.ts'
import { createGeometry, sameGrid } from '../../src/core/geometry/geometry.ts'
import { decodeImage } from '../../src/io/image-file.ts'
import { expectFailure } from '../support/expect-error.ts'
import { metaImageBytes, niftiBytes, nrrdBytes, type TextHeaderOptions } from '../support/image-bytes.ts'
import { smallGrid, smallScan } from '../support/small-scan.ts'

const scan = smallScan()
type Fields = NonNullable<TextHeaderOptions['fields']>

async function read(name: string, bytes: Uint8Array) {
  const decoded = await decodeImage(name, bytes)
  if (decoded === undefined) throw new Error(`${name} is of no known kind`)
  return decoded
}
const nrrd = (fields: Fields, of = scan) => read('a.nrrd', nrrdBytes(of, { fields }))
const meta = (fields: Fields, of = scan) => read('a.mha', metaImageBytes(of, { fields }))
const refused = (reading: Promise<unknown>, says: RegExp) =>
  expectFailure(reading, { name: 'InputError', exitCode: 3, says })

/** Adds lines to the header of an NRRD or MetaImage. */
function withLine(bytes: Uint8Array, line: string): Uint8Array {
  const [before, after] = Buffer.from(bytes)
    .toString('latin1')
    .split(/(?<=\n)(?=encoding|ElementType)/) as [string, string]
  return new Uint8Array(Buffer.from(`${before}${line}\n${after}`, 'latin1'))
}

async function expectWhole(reading: ReturnType<typeof read>, ...notes: readonly RegExp[]): Promise<void> {
  const { image, notes: told } = await reading
  expect(told).toEqual(notes.map((words) => expect.stringMatching(words)))
  expect(sameGrid(image.geometry, smallGrid, 2e-3)).toBe(true)
  expect(image.data).toEqual(scan.data)
}

/** The scan in a unit of so many mm. */
function inUnit(mm: number) {
  const scaled = ([x, y, z]: readonly [number, number, number]) => [x / mm, y / mm, z / mm] as const
  const { spacing, origin } = smallGrid
  return { ...scan, geometry: createGeometry({ ...smallGrid, spacing: scaled(spacing), origin: scaled(origin) }) }
}

test('a header that does not say where its grid lies puts the first voxel into the origin, with a note', async () => {
  for (const reading of [nrrd({ 'space origin': undefined }), meta({ Offset: undefined })]) {
    const { image, notes } = await reading
    expect(sameGrid({ ...image.geometry, origin: smallGrid.origin }, smallGrid, 2e-3)).toBe(true)
    expect(image.geometry.origin.map(Math.abs)).toEqual([0, 0, 0])
    expect(notes).toEqual([expect.stringMatching(/does not say where it lies.*first voxel is taken for the origin/)])
  }
})

describe('numbers that are none', () => {
  test.each(['( , , )', '(0,,0)', '(0x10,0,0)', '(nan,0,0)', '(1 2,0,0)', '(0,0,inf)'])(
    'in an NRRD are refused: %s',
    async (vector) => {
      await refused(nrrd({ 'space origin': vector }), /space origin that is not three numbers/)
      const directions = `${vector} (0,0.4,0) (0,0,0.5)`
      await refused(nrrd({ 'space directions': directions }), /space direction .*not three numbers|perpendicular/)
    }
  )

  test.each<Fields>([
    { DimSize: '0x11 18 19' },
    { ElementSpacing: '0x1 1 1' },
    { ElementSpacing: '1 , 1' },
    { Offset: '0 0 nan' },
    { TransformMatrix: '1 0 0 0 1 0 0 0 0x1' },
    { ElementToIntensityFunctionSlope: '0x2' },
    { ElementToIntensityFunctionOffset: '' },
    { ElementNumberOfChannels: '' },
    { HeaderSize: '0x0' },
    { HeaderSize: '-2' }
  ])('in a MetaImage are refused: %j', (fields) =>
    refused(meta(fields), /holds \S+, no number|does not hold \d+ numbers?|no whole number/)
  )

  test.each<Fields>([
    { sizes: '0x11 18 19' },
    { dimension: '0x3' },
    { 'line skip': 'two' },
    { 'line skip': '-1' },
    { 'line skip': '1.5' },
    { lineskip: 'Infinity' },
    { 'byte skip': '0x0' },
    { byteskip: '-2' }
  ])('in other fields of an NRRD are refused: %j', (fields) =>
    refused(nrrd(fields), /impossible size|number of axes|which is no whole number from/)
  )
})

describe('fields given twice', () => {
  test.each(['space: RAS', 'sizes: 19 18 17', 'space origin: (1,2,3)', 'type: ushort', 'endian: big'])(
    'with another value in an NRRD are refused: %s',
    (line) => refused(read('a.nrrd', withLine(nrrdBytes(scan), line)), /gives .* more than once, with different values/)
  )

  test.each([
    'Orientation = 1 0 0 0 1 0 0 0 1',
    'Rotation = 1 0 0 0 1 0 0 0 1',
    'Position = 0 0 0',
    'Origin = 0 0 0',
    'ElementByteOrderMSB = True',
    'ElementSpacing = 1 1 1',
    'DimSize = 19 18 17'
  ])('with another value in a MetaImage, by whatever name, are refused: %s', (line) =>
    refused(read('a.mha', withLine(metaImageBytes(scan), line)), /gives .* more than once, with different values/)
  )

  test('with the same value do no harm', async () => {
    await expectWhole(read('a.nrrd', withLine(nrrdBytes(scan), 'sizes:  17  18 19.0')))
    await expectWhole(read('a.mha', withLine(metaImageBytes(scan), `Position = ${smallGrid.origin.join('  ')}`)))
  })

  test('as voxel sizes and directions must agree', async () => {
    await expectWhole(nrrd({ spacings: '0.31 NaN 0.57' }))
    await refused(nrrd({ spacings: '0.31 0.42 1' }), /spacings contradict its space directions/)
  })
})

describe('units of length', () => {
  test.each([
    ['"CM" "CM" "CM"', 10],
    ['"centimeters" "centimetre" "cm"', 10],
    ['cm cm cm', 10],
    ['"Meters" "m" "m"', 1000],
    ['"microns" "um" "micrometres"', 1e-3],
    ['"mm" "" "millimeter"', 1],
    ['"inches" "in" "Inch"', 25.4]
  ])('of an NRRD are known in any case and number, quoted or not: %s', (units, mm) =>
    expectWhole(nrrd({ 'space units': units }, inUnit(mm)))
  )

  test.each(['"mm" "mm" "cm"', 'cm cm mm', '"cm" "" "cm"', '"cm" mm "cm"', '"cm" "furlong" "cm"'])(
    'of an NRRD that differ between axes are refused: %s',
    (units) => refused(nrrd({ 'space units': units }), /axes in different units/)
  )

  test.each([
    ['um', 1e-3],
    ['mm', 1],
    ['cm', 10],
    ['m', 1000],
    ['?', 1]
  ])('of a MetaImage are read: %s', (unit, mm) => expectWhole(meta({ DistanceUnits: unit }, inUnit(mm))))

  test('that are not known, or would make the scan absurd, are read as millimetres, with a note', async () => {
    await expectWhole(
      nrrd({ 'space units': '"furlong" "furlong" "furlong"' }),
      /\(furlong\) is not known: read as mill/
    )
    await expectWhole(meta({ DistanceUnits: 'furlong' }), /\(furlong\) is not known: read as millimetres/)
    await expectWhole(meta({ DistanceUnits: 'um' }), /said to be um.*read as millimetres/)
    await expectWhole(meta({ DistanceUnits: 'm' }), /said to be m,.*read as millimetres/)
  })
})

describe('a MetaImage', () => {
  test.each(['1', 'T', 'true', 'Yes'])('has its True in other words: %s', async (word) => {
    await expectWhole(meta({ BinaryData: word }))
    const { image } = await read('a.mha', metaImageBytes(scan, { compress: true, fields: { CompressedData: word } }))
    expect(image.data).toEqual(scan.data)
  })

  test('with a truth that is neither is refused', () =>
    refused(meta({ BinaryDataByteOrderMSB: 'maybe' }), /BinaryDataByteOrderMSB is maybe, not True or False/))

  test('of another modality is refused, of none in particular not', async () => {
    await refused(meta({ Modality: 'MET_MOD_MR' }), /modality MR, not a CT/)
    for (const Modality of ['MET_MOD_CT', 'MET_MOD_OTHER', 'MET_MOD_UNKNOWN', '?'])
      await expectWhole(meta({ Modality }))
  })

  test.each(['2 0 0 0 2 0 0 0 2', '1 0 0 0 0 0 0 0 1', '1 0 0 0 1 0 0 0 1.01'])(
    'whose directions are no units is refused: %s',
    (TransformMatrix) => refused(meta({ TransformMatrix }), /direction of length [\d.]+, not 1|not a number; export/)
  )

  test('whose directions are units but for rounding is read', async () => {
    const { image } = await meta({ TransformMatrix: '0.71 0.71 0 -0.71 0.71 0 0 0 1' })
    expect(image.geometry.direction[0]).toBeCloseTo(Math.SQRT1_2, 6)
  })
})

describe('the byte order of an NRRD', () => {
  test.each([undefined, 'middle', ''])('is needed where voxels have more than one byte: %s', (endian) =>
    refused(nrrd({ endian }), /does not say the byte order of its voxels/)
  )

  test('is not needed where they have one', async () => {
    const bytes = nrrdBytes({ ...scan, data: new Uint8Array(scan.data.length) }, { fields: { endian: undefined } })
    await expect(read('a.nrrd', bytes)).resolves.toMatchObject({ format: 'nrrd' })
  })
})

describe('a file beside another', () => {
  const missing = (name: string) => Promise.reject(new InputError(`folder/${name}`, 'no such file or folder'))

  test.each([
    [
      'a.nhdr',
      nrrdBytes(scan, { dataFile: 'b.raw' }),
      /^a\.nhdr: its voxels should lie in b\.raw beside it: no such file/
    ],
    [
      'a.mhd',
      metaImageBytes(scan, { dataFile: 'b.raw' }),
      /^a\.mhd: its voxels should lie in b\.raw beside it: no such/
    ],
    [
      'a.hdr',
      niftiBytes(scan, { magic: 'ni1', voxOffset: 0 }),
      /^a\.hdr: its voxels should lie in a\.img beside it: no/
    ],
    ['a.img', new Uint8Array(100), /^a\.img: its header should lie in a\.hdr beside it: no such file or folder$/]
  ])('that cannot be read is named together with it: %s', (name, bytes, says) =>
    refused(decodeImage(name, bytes, missing), says)
  )
})

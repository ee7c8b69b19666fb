import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dicomFiles } from '../../src/clinic/dicom-files.ts'
import { dicomCielab } from '../../src/clinic/segmentation/cielab.ts'
import { BitPacker } from '../../src/clinic/segmentation/pack-bits.ts'
import { pixelsOnPlane } from '../../src/clinic/segmentation/plane-mask.ts'
import { applyAffine, cropGeometry, indexFromIndex } from '../../src/core/geometry/geometry.ts'
import { decodeText } from '../../src/io/dicom/text.ts'
import { smallGrid } from '../support/small-scan.ts'
import { codeOf, first, items, type Parsed, parse } from './parse.ts'
import { smallOrigins } from './small-origin.ts'
import { countedUids, smallFiles, smallLabels, smallReport } from './small-result.ts'

const originOf = smallOrigins()

test('masks are packed bit after bit, the first pixel lowest, without padding between frames', () => {
  const masks = fc.array(fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(masks, (frames) => {
      const packer = new BitPacker(7 * frames.length)
      for (const frame of frames)
        packer.add(
          7,
          [...frame.keys()].filter((at) => frame[at])
        )
      const bits = Array.from(packer.bytes, (byte) =>
        Array.from({ length: 8 }, (_, n) => ((byte >> n) & 1) === 1)
      ).flat()
      expect(bits.slice(0, 7 * frames.length)).toEqual(frames.flat())
      expect(bits.slice(7 * frames.length).some(Boolean)).toBe(false)
      expect(packer.bytes.length % 2).toBe(0)
    })
  )
})

test('white, black and grey are what CIELAB has for them', () => {
  expect(dicomCielab([255, 255, 255])[0]).toBe(65535)
  expect(dicomCielab([0, 0, 0])).toEqual([0, 32896, 32896])
  const [, a, b] = dicomCielab([128, 128, 128])
  expect(Math.max(Math.abs(a - 32896), Math.abs(b - 32896))).toBeLessThan(4)
})

test('each segment holds the voxels of one part of one ear, at the places of its source planes', async () => {
  const origin = await originOf()
  const dataset = parse(smallFiles(origin)['segmentation.dcm'])
  const segments = items(dataset, 'SegmentSequence')
  expect(segments.map(({ TrackingID }) => TrackingID)).toEqual([
    'otomark right cochlea',
    'otomark right vestibule',
    'otomark right semicircular_canals',
    'otomark left cochlea',
    'otomark left vestibule',
    'otomark left semicircular_canals'
  ])
  expect(
    segments.map((segment) =>
      codeOf(first(segment, 'SegmentedPropertyTypeCodeSequence'), 'SegmentedPropertyTypeModifierCodeSequence')
    )
  ).toEqual([...Array(3).fill('SCT 24028007'), ...Array(3).fill('SCT 7771000')])
  // A person has painted the left one.
  expect(segments.map(({ SegmentAlgorithmType }) => SegmentAlgorithmType)).toEqual([
    ...Array(3).fill('AUTOMATIC'),
    ...Array(3).fill('SEMIAUTOMATIC')
  ])
  const [columns, rows] = smallGrid.size
  const bytes = new Uint8Array((dataset.PixelData as ArrayBuffer[])[0] as ArrayBuffer)
  const found: Record<number, string[]> = {}
  for (const [n, frame] of items(dataset, 'PerFrameFunctionalGroupsSequence').entries()) {
    const segment = Number(first(frame, 'SegmentIdentificationSequence')?.ReferencedSegmentNumber)
    const image = first(first(frame, 'DerivationImageSequence'), 'SourceImageSequence')
    const k = origin.planes.findIndex(({ sopInstance }) => sopInstance === image?.ReferencedSOPInstanceUID)
    const position = first(frame, 'PlanePositionSequence')?.ImagePositionPatient as number[]
    expect(position.map(Number)).toEqual(origin.planes[k]?.position)
    for (let at = 0; at < columns * rows; at++) {
      const bit = n * columns * rows + at
      if (((bytes[bit >> 3] as number) >> (bit & 7)) & 1) {
        found[segment] = [...(found[segment] ?? []), `${at % columns} ${Math.floor(at / columns)} ${k}`]
      }
    }
  }
  const expected: Record<number, string[]> = {}
  for (const [ear, start] of [
    [3, 4, 5],
    [9, 10, 11]
  ].entries()) {
    const { data } = smallLabels()
    for (const [at, label] of data.entries()) {
      if (label === 0) continue
      const [i, j, k] = [at % 6, Math.floor(at / 6) % 5, Math.floor(at / 30)]
      const place = `${i + (start[0] as number)} ${j + (start[1] as number)} ${k + (start[2] as number)}`
      expected[3 * ear + label] = [...(expected[3 * ear + label] ?? []), place]
    }
  }
  const sorted = (all: Record<number, string[]>) => Object.entries(all).map(([n, places]) => [n, places.sort()])
  expect(sorted(found)).toEqual(sorted(expected))
})

test('on planes shifted within themselves, a label lies within half a pixel of its voxel', async () => {
  const { planes } = await originOf()
  const labels = smallLabels()
  fc.assert(
    fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (shift) => {
      for (const plane of planes) {
        const [x, y, z] = plane.columnDirection
        const position = plane.position.map((value, n) => value + shift * ([x, y, z][n] as number)) as [
          number,
          number,
          number
        ]
        const found = pixelsOnPlane(labels, { ...plane, position })
        const pixels = { ...smallGrid, origin: position, size: [plane.columns, plane.rows, 1] as const }
        const map = indexFromIndex(
          cropGeometry({ ...pixels, size: [plane.columns, plane.rows, 1] }, [0, 0, 0], [plane.columns, plane.rows, 1]),
          labels.geometry
        )
        for (const [label, pixels] of found) {
          for (const at of pixels) {
            const index = applyAffine(map, [at % plane.columns, Math.floor(at / plane.columns), 0])
            const [i, j, k] = index.map(Math.round) as [number, number, number]
            expect(labels.data[i + 6 * (j + 5 * k)]).toBe(label)
          }
        }
      }
    })
  )
})

test('patient, study and frame of reference are the source’s, in UTF-8, whatever its character set', async () => {
  const names: Record<string, readonly [set: string, bytes: readonly number[], name: string]> = {
    latin: ['ISO_IR 100', [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72], 'Müller'],
    japanese: [
      '\\ISO 2022 IR 87',
      [
        ...Buffer.from('Yamada^Tarou='),
        0x1b,
        0x24,
        0x42,
        0x3b,
        0x33,
        0x45,
        0x44,
        0x1b,
        0x28,
        0x42,
        0x5e,
        0x1b,
        0x24,
        0x42,
        0x42,
        0x40,
        0x4f,
        0x3a,
        0x1b,
        0x28,
        0x42
      ],
      'Yamada^Tarou=山田^太郎'
    ],
    utf8: ['ISO_IR 192', [...Buffer.from('Ærø^Åse')], 'Ærø^Åse']
  }
  for (const [set, bytes, name] of Object.values(names)) {
    const origin = await originOf()
    const attributes = { ...origin.attributes, PatientName: decodeText(Uint8Array.from(bytes), set) }
    const file = smallFiles({ ...origin, attributes })['segmentation.dcm'] as Uint8Array
    expect(Buffer.from(file).includes(Buffer.from(name))).toBe(true)
    const dataset = parse(file)
    expect(dataset.SpecificCharacterSet).toBe('ISO_IR 192')
    expect(dataset.StudyInstanceUID).toBe('2.25.1000')
    expect(dataset.FrameOfReferenceUID).toBe('2.25.1000.0')
    expect(dataset.PatientID).toBe('GENERATED')
  }
})

test('what de-identified a source, and that it was compressed with loss, stays known', async () => {
  const edit = (attributes: Record<string, unknown>) => ({
    ...attributes,
    PatientIdentityRemoved: 'YES',
    DeidentificationMethodCodeSequence: [
      { CodeValue: '113100', CodingSchemeDesignator: 'DCM', CodeMeaning: 'Basic Application Confidentiality Profile' }
    ],
    LossyImageCompression: '01',
    LossyImageCompressionRatio: '10'
  })
  const dataset: Parsed = parse(smallFiles(await originOf({ edit }))['segmentation.dcm'])
  expect(dataset.PatientIdentityRemoved).toBe('YES')
  expect(codeOf(dataset, 'DeidentificationMethodCodeSequence')).toBe('DCM 113100')
  expect(dataset.LossyImageCompression).toBe('01')
})

test('a large segmentation is compressed as a whole where that is asked for, and holds the same', async () => {
  const origin = await originOf()
  const [columns, rows] = [4096, 4096]
  const planes = origin.planes.map((plane) => ({ ...plane, columns, rows }))
  const files = (deflateLarge: boolean) =>
    dicomFiles({
      ears: [{ side: 'right', labels: smallLabels() }],
      report: smallReport,
      origin: { ...origin, planes },
      created: new Date('2026-01-02T23:04:05Z'),
      deflateLarge,
      newUid: countedUids()
    })['segmentation.dcm'] as Uint8Array
  const pixels = (bytes: Uint8Array) => new Uint8Array((parse(bytes).PixelData as ArrayBuffer[])[0] as ArrayBuffer)
  const [whole, packed] = [files(false), files(true)]
  expect(Buffer.from(whole).includes('1.2.840.10008.1.2.1.99')).toBe(false)
  expect(Buffer.from(packed).includes('1.2.840.10008.1.2.1.99')).toBe(true)
  expect(packed.length % 2).toBe(0)
  expect(packed.length).toBeLessThan(100_000)
  expect(pixels(packed).length).toBeGreaterThan(8e6)
  expect(Buffer.compare(pixels(packed), pixels(whole))).toBe(0)
})

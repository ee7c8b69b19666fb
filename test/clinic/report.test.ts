import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as allCodes from '../../src/clinic/codes.ts'
import { decimalString } from '../../src/clinic/dicom/decimal-string.ts'
import { dicomTime, requireOrigin } from '../../src/clinic/dicom/modules.ts'
import { randomUid } from '../../src/clinic/dicom/uid.ts'
import {
  contactMethods,
  electrodeCodes,
  flagCodes,
  intervalCodes,
  measurementCodes,
  methodCodes,
  setByCodes
} from '../../src/clinic/report/measurement-codes.ts'
import { quantities } from '../../src/measure/catalogue.ts'
import { flagIds } from '../../src/measure/plausibility/flag.ts'
import { hasCheckDigit } from '../support/check-digit.ts'
import { codeOf, first, items, type Parsed, parse } from './parse.ts'
import { smallOrigins } from './small-origin.ts'
import { smallFiles, smallReport } from './small-result.ts'

const smallOrigin = smallOrigins()

/** Every coded concept in a value, at any depth. */
function conceptsIn(value: unknown): allCodes.CodedConcept[] {
  if (typeof value !== 'object' || value === null) return []
  if ('scheme' in value && 'meaning' in value) return [value as allCodes.CodedConcept]
  return (value instanceof Map ? [...value.values()] : Object.values(value)).flatMap(conceptsIn)
}

const named = (parent: Parsed | undefined, name: string) =>
  items(parent, 'ContentSequence').filter((item) => codeOf(item, 'ConceptNameCodeSequence') === name)

const groupsOf = (report: Parsed) => named(named(report, 'DCM 126010')[0], 'DCM 125007')

test('a report holds three parts, the landmarks that are defined, the contacts of an array and the whole of each ear', async () => {
  const files = smallFiles(await smallOrigin())
  const groups = groupsOf(parse(files['report.dcm']))
  const templates = groups.map((group) => first(group, 'ContentTemplateSequence')?.TemplateIdentifier)
  expect(templates).toEqual([
    '1411',
    '1411',
    '1411',
    '1410',
    '1410',
    '1501',
    '1411',
    '1411',
    '1411',
    '1410',
    '1410',
    '1410',
    // The contacts of the left ear, and their array.
    '1410',
    '1410',
    '1410',
    '1501',
    '1501'
  ])
  const segments = items(parse(files['segmentation.dcm']), 'SegmentSequence')
  const tracked = groups.flatMap((group) => named(group, 'DCM 112040').map(({ UID }) => UID))
  for (const { TrackingUID } of segments) expect(tracked).toContain(TrackingUID)
  expect(new Set(tracked).size).toBe(groups.length)
})

test('every number of every ear that is known stands there once, with its interval', async () => {
  const groups = groupsOf(parse(smallFiles(await smallOrigin())['report.dcm']))
  const known = new Set(Object.values(measurementCodes).map(({ scheme, value }) => `${scheme} ${value}`))
  const measured = groups
    .flatMap((group) => items(group, 'ContentSequence'))
    .filter((item) => item.ValueType === 'NUM' && known.has(codeOf(item, 'ConceptNameCodeSequence')))
  const value = (item: Parsed | undefined) => first(item, 'MeasuredValueSequence')?.FloatingPointValue
  const interval = (item: Parsed) => named(item, '99OTOMARK INTERVAL90LOW').map(value)[0]
  const read = measured.map((item) => [value(item), interval(item)])
  const told = smallReport.ears.flatMap(({ measurements }) =>
    measurements.filter((one) => one.value !== null).map((one) => [one.value, one.uncertainty?.low])
  )
  const sorted = (all: unknown[][]) => all.map((one) => JSON.stringify(one)).sort()
  expect(sorted(read)).toEqual(sorted(told))
})

test('a landmark is a point in the frame of reference of the source, to 1e-5 mm', async () => {
  const groups = groupsOf(parse(smallFiles(await smallOrigin())['report.dcm']))
  const [helicotrema] = groups.filter(
    (group) => codeOf(named(group, 'DCM 121071')[0], 'ConceptCodeSequence') === 'SCT 10584009'
  )
  const [place] = named(helicotrema, 'DCM 111030')
  const position = place?.GraphicData
  if (!Array.isArray(position)) throw new Error('no point')
  for (const [n, mm] of [-38.2141, 100, 4.1733].entries()) expect(position[n]).toBeCloseTo(mm, 5)
  expect(place?.ReferencedFrameOfReferenceUID).toBe('2.25.1000.0')
  const site = named(helicotrema, 'SCT 363698007')[0]
  expect(codeOf(named(site, 'SCT 272741003')[0], 'ConceptCodeSequence')).toBe('SCT 24028007')
})

/** The group of a report that is tracked by a name. */
const tracked = (groups: readonly Parsed[], name: string) =>
  groups.find((group) => named(group, 'DCM 112039').some(({ TextValue }) => TextValue === name))

/** Numbers of a group by their codes, and what is said of it in codes. */
const numbersOf = (group: Parsed | undefined) =>
  Object.fromEntries(
    items(group, 'ContentSequence')
      .filter(({ ValueType }) => ValueType === 'NUM')
      .map((item) => {
        const measured = first(item, 'MeasuredValueSequence')
        const unit = codeOf(measured, 'MeasurementUnitsCodeSequence')
        return [codeOf(item, 'ConceptNameCodeSequence'), `${measured?.FloatingPointValue} ${unit}`]
      })
  )
const setBy = (group: Parsed | undefined) =>
  named(group, '99OTOMARK SETBY').map((item) => codeOf(item, 'ConceptCodeSequence'))

test('a contact is a point with its numbers; one that a person placed says so and has no score', async () => {
  const groups = groupsOf(parse(smallFiles(await smallOrigin())['report.dcm']))
  const [found, placed, outside] = [1, 2, 3].map((order) => tracked(groups, `otomark left contact ${order}`))
  const position = named(found, 'DCM 111030')[0]?.GraphicData
  if (!Array.isArray(position)) throw new Error('no point')
  for (const [n, mm] of [1.2345, -2, 3].entries()) expect(position[n]).toBeCloseTo(mm, 5)
  expect(numbersOf(found)).toEqual({
    '99OTOMARK CONTACTORDER': '1 UCUM 1',
    '99OTOMARK CONTACTNUMBER': '22 UCUM 1',
    '99OTOMARK CONTACTANGLE': '371.2 UCUM deg',
    '99OTOMARK CONTACTDEPTH': '17.78 UCUM mm',
    '99OTOMARK CONTACTFREQUENCY': '901 UCUM Hz',
    '99OTOMARK CONTACTSCORE': '0.75 UCUM 1'
  })
  expect([found, placed, outside].map(setBy)).toEqual([[], ['DCM 123109'], []])
  expect(numbersOf(placed)).not.toHaveProperty('99OTOMARK CONTACTSCORE')
  expect(Object.keys(numbersOf(outside))).toEqual([
    '99OTOMARK CONTACTORDER',
    '99OTOMARK CONTACTNUMBER',
    '99OTOMARK CONTACTSCORE'
  ])
})

test('an array says which it is and how that is known; where contacts were corrected, that too', async () => {
  const groups = groupsOf(parse(smallFiles(await smallOrigin())['report.dcm']))
  const array = tracked(groups, 'otomark left electrode array')
  const texts = (name: string) => named(array, name).map(({ TextValue }) => TextValue)
  expect(texts('DCM 113878')).toEqual(['Cochlear'])
  expect(texts('DCM 113879')).toEqual(['Slim Modiolar'])
  expect(texts('99OTOMARK ARRAYALTERNATE')).toEqual(['Cochlear Contour Advance'])
  const told = named(array, '99OTOMARK ARRAYTOLDBY').map((item) => codeOf(item, 'ConceptCodeSequence'))
  expect(told).toEqual(['99OTOMARK ARRAYSPACING'])
  expect(setBy(array)).toEqual(['99OTOMARK CORRECTED'])
  expect(tracked(groups, 'otomark right electrode array')).toBeUndefined()
})

test('parts that were painted and landmarks that were placed by hand say so', async () => {
  const groups = groupsOf(parse(smallFiles(await smallOrigin())['report.dcm']))
  for (const part of ['cochlea', 'vestibule', 'semicircular_canals']) {
    expect(setBy(tracked(groups, `otomark left ${part}`))).toEqual(['99OTOMARK CORRECTED'])
    expect(setBy(tracked(groups, `otomark right ${part}`))).toEqual([])
  }
  const placed = tracked(groups, 'otomark left round_window')
  expect(setBy(placed)).toEqual(['DCM 123109'])
  expect(numbersOf(placed)).toEqual({})
  expect(setBy(tracked(groups, 'otomark left helicotrema'))).toEqual([])
})

test('flags stand with the ear they are about, and those of the scan with every ear', async () => {
  const groups = groupsOf(parse(smallFiles(await smallOrigin())['report.dcm']))
  const whole = groups.filter(
    (group) => codeOf(named(group, 'DCM 121071')[0], 'ConceptCodeSequence') === 'SCT 22945000'
  )
  expect(whole.map((group) => named(group, '99OTOMARK FLAGMETAL').length)).toEqual([0, 1])
  expect(whole.map((group) => named(group, '99OTOMARK FLAGINPUT').length)).toEqual([1, 1])
  expect(whole.map((group) => named(group, 'DCM 121106').map(({ TextValue }) => TextValue))).toEqual([
    ['a remark'],
    ['metal', 'a remark']
  ])
})

test('the PDF is held as it is', async () => {
  const dataset = parse(smallFiles(await smallOrigin())['report-pdf.dcm'])
  const bytes = new Uint8Array((dataset.EncapsulatedDocument as ArrayBuffer[])[0] as ArrayBuffer)
  expect(new TextDecoder().decode(bytes.subarray(0, Number(dataset.EncapsulatedDocumentLength)))).toBe('%PDF-1.7')
})

test('every quantity, source and flag has a code of its own that fits, and SNOMED codes have their check digit', () => {
  for (const { id, source } of quantities) {
    expect(measurementCodes[id], id).toBeDefined()
    expect(methodCodes[source], source).toBeDefined()
  }
  for (const id of [...flagIds, 'before', 'electrode']) expect(flagCodes[id], id).toBeDefined()
  const codes = [
    ...Object.values(measurementCodes),
    ...Object.values(methodCodes),
    ...Object.values(flagCodes),
    ...Object.values(intervalCodes),
    ...Object.values(electrodeCodes),
    ...Object.values(contactMethods),
    ...Object.values(setByCodes.values),
    ...conceptsIn(Object.values(allCodes))
  ]
  expect(codes.filter(({ scheme }) => scheme === 'SCT').map(({ value }) => value)).toEqual(
    expect.arrayContaining(['276214006', '363698007', '272741003', '370129005', '10584009', '80169004'])
  )
  for (const { scheme, value, meaning } of codes) {
    expect(value.length, value).toBeLessThanOrEqual(16)
    expect(meaning.length, meaning).toBeLessThanOrEqual(64)
    if (scheme === 'SCT') expect(hasCheckDigit(value), value).toBe(true)
  }
  const own = Object.values(measurementCodes).filter(({ scheme }) => scheme === '99OTOMARK')
  expect(new Set(own.map(({ value }) => value)).size).toBe(own.length)
})

test('no code of a scheme that is not ours stands outside codes.ts and the anatomy table', () => {
  // An attribute of DICOM JSON is a tag of eight digits, and no code.
  const foreign = /scheme: '(?!99OTOMARK)|'\d{5,18}(?<!'\d{8})'|'\d+-\d'/
  const files = readdirSync('src/clinic', { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
  const holding = files.filter((path) => foreign.test(readFileSync(`src/clinic/${path}`, 'utf8')))
  expect(holding).toEqual(['codes.ts'])
})

test('decimal strings have at most 16 characters and lose less than 1e-9 of a value', () => {
  for (const value of [0.5549178059368387, -41.59735310123456, 1e-9, 123456789.12345679, -0.000012345678901, 0, -0]) {
    const written = decimalString(value)
    expect(written.length).toBeLessThanOrEqual(16)
    expect(Math.abs(Number(written) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-9)
  }
})

test('new UIDs are different and at most 64 characters', () => {
  const uids = Array.from({ length: 100 }, randomUid)
  expect(new Set(uids).size).toBe(100)
  for (const uid of uids) expect(uid).toMatch(/^2\.25\.[1-9]\d{0,38}$/)
})

test('times of day are in the zone the source names', () => {
  expect(dicomTime(new Date('2026-01-02T23:04:05Z'), '+0900')).toEqual({ date: '20260103', time: '080405' })
  expect(dicomTime(new Date('2026-01-02T01:04:05Z'), '-0330')).toEqual({ date: '20260101', time: '213405' })
})

test('a NIfTI and a series without a frame of reference are refused, with what they lack', async () => {
  expect(() => requireOrigin('head.nii.gz', 'nifti', undefined)).toThrow(/a NIfTI file names no patient/)
  const origin = await smallOrigin()
  const { FrameOfReferenceUID: _, ...attributes } = origin.attributes
  expect(() => requireOrigin('series', 'dicom', { ...origin, attributes })).toThrow(/no Frame of Reference UID/)
  expect(requireOrigin('series', 'dicom', origin)).toBe(origin)
})

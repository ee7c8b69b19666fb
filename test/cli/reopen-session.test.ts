import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { reopenSession } from '../../src/cli/reopen-session.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import { encodeSession } from '../../src/report/session/session-file.ts'
import { codeOf, items, type Parsed, parse } from '../clinic/parse.ts'
import { trueLabels } from '../implant/known-ear.ts'
import { corrected, correctedSession } from '../support/corrected-session.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const session = join(scratch, 'mine.otomark')
writeFileSync(session, 'no session')

test.each([
  ['--tta', []],
  ['--series', ['2']],
  ['--threads', ['1']],
  ['--model', [scratch]],
  ['--before', ['before.nii.gz']]
])('a session is refused with %s, which would change nothing', async (option, values) => {
  const { code, err } = await runCli('analyze', session, option, ...values, '--output', join(scratch, 'out'))
  expect(code).toBe(2)
  expect(err).toContain(`${option} cannot be used with a session: its scan is not analysed again`)
})

test('what is called a session and is none is refused', async () => {
  const { code, err } = await runCli('analyze', session, '--output', join(scratch, 'out'))
  expect(code).toBe(3)
  expect(err).toMatch(/mine\.otomark: is no zip archive, or a damaged one/)
})

describe('the result of a corrected session, as DICOM', () => {
  let files: Readonly<Record<string, unknown>>
  let result: AnalysisResult
  beforeAll(async () => {
    const known = await correctedSession(join(scratch, 'series'))
    const path = join(scratch, 'after.otomark')
    writeFileSync(path, encodeSession(known))
    const reopened = await reopenSession(path, { dicom: true, surfaces: [] })
    files = reopened.files
    result = reopened.result
  })

  const object = (name: string): Parsed => parse(files[name] as Uint8Array)
  const group = (name: string): Parsed =>
    contents(contents(object('report.dcm'), 'DCM 126010')[0], 'DCM 125007').find((one) =>
      contents(one, 'DCM 112039').some(({ TextValue }) => TextValue === name)
    ) ?? expect.unreachable()

  test('holds the labels that were painted, and says that a person had a hand in them', () => {
    const segments = items(object('segmentation.dcm'), 'SegmentSequence')
    expect(segments.map(({ SegmentAlgorithmType }) => SegmentAlgorithmType)).toEqual(Array(3).fill('SEMIAUTOMATIC'))
    const [pixels] = object('segmentation.dcm').PixelData as ArrayBuffer[]
    const bits = new Uint8Array(pixels ?? expect.unreachable()).reduce(
      (sum, byte) => sum + byte.toString(2).replaceAll('0', '').length,
      0
    )
    expect(bits).toBe(trueLabels().data.filter((label) => label !== 0).length + corrected.painted)
    expect(setBy(group('otomark right cochlea'))).toEqual(['99OTOMARK CORRECTED'])
  })

  test('holds the landmark and the contact that were moved where they are now, set by hand and without a score', () => {
    const [moved] = contents(group('otomark right oval_window'), 'DCM 111030')
    expect(near(moved?.GraphicData, corrected.place)).toBe(true)
    expect(setBy(group('otomark right oval_window'))).toEqual(['DCM 123109'])
    expect(setBy(group('otomark right round_window'))).toEqual([])
    const { implant } = result.ears[0] ?? expect.unreachable()
    if (implant?.status !== 'found') return expect.unreachable()
    const contact = implant.contacts[corrected.contact - 1] ?? expect.unreachable()
    expect(contact.byHand).toBe(true)
    const placed = group(`otomark right contact ${corrected.contact}`)
    expect(near(contents(placed, 'DCM 111030')[0]?.GraphicData, contact.position)).toBe(true)
    expect(setBy(placed)).toEqual(['DCM 123109'])
    expect(contents(placed, '99OTOMARK CONTACTSCORE')).toEqual([])
    expect(setBy(group('otomark right contact 1'))).toEqual([])
    expect(setBy(group('otomark right electrode array'))).toEqual(['99OTOMARK CORRECTED'])
  })

  test('says in words that it was corrected, and what is doubtful of the array', () => {
    const whole = group('otomark right ear')
    const words = contents(whole, 'DCM 121106').map(({ TextValue }) => TextValue)
    expect(words).toContainEqual(expect.stringMatching(/^corrected by hand: 1 landmark, 1 contact, 1 change of labels/))
    expect(words).toContainEqual(expect.stringMatching(/1 of \d+ contacts were placed by hand/))
    expect(contents(whole, '99OTOMARK FLAGELECTRODE')).toHaveLength(1)
  })
})

function contents(parent: Parsed | undefined, name: string): Parsed[] {
  return items(parent, 'ContentSequence').filter((item) => codeOf(item, 'ConceptNameCodeSequence') === name)
}

function setBy(group: Parsed): string[] {
  return contents(group, '99OTOMARK SETBY').map((item) => codeOf(item, 'ConceptCodeSequence'))
}

function near(written: unknown, place: readonly number[]): boolean {
  return Array.isArray(written) && place.every((mm, axis) => Math.abs(mm - Number(written[axis])) < 1e-5)
}

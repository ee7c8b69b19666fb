import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { identity3 } from '../../../src/core/math/vector.ts'
import { findArray } from '../../../src/electrode/catalogue.ts'
import { moveContact } from '../../../src/implant/find/place-contacts.ts'
import { analysisResult } from '../../../src/report/result.ts'
import { decodeSession, encodeSession } from '../../../src/report/session/session-file.ts'
import { knownDuct } from '../../implant/known-duct.ts'
import { knownElectrode } from '../../implant/known-electrode.ts'
import { runCli } from '../../support/run-cli.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'
import { model, source } from '../known-findings.ts'
import { ear, knownSession } from './known-session.ts'

const scratch = scratchFolder()

test('a session comes back from its file as it was saved', async () => {
  const session = knownSession()
  const { scan, corrected, found, log, ...rest } = await decodeSession(encodeSession(session), 'head.otomark')
  expect({ scan, corrected, log }).toEqual({ scan: session.scan, corrected: session.corrected, log: session.log })
  expect(found.ears[0]?.occupancy).toEqual(ear.occupancy)
  expect(found.ears[0]?.repeats[0]?.landmarks).toEqual(ear.landmarks)
  expect(rest).toMatchObject({ name: 'head.nii.gz', source, note: session.note, record: session.record })
  expect(rest.model.detector.sha256).toBe(model.detector.sha256)
})

test('otomark analyze writes the result of a session as the person left it, with the record', async () => {
  const [file, output] = [join(scratch, 'head.otomark'), join(scratch, 'out')]
  await writeFile(file, encodeSession(knownSession()))
  expect(await runCli('analyze', file, '--output', output)).toMatchObject({ code: 0 })
  const result = analysisResult.parse(JSON.parse(await readFile(join(output, 'result.json'), 'utf8')))
  expect(result.ears[0]?.landmarks.oval_window).toMatchObject({ position: [7, 16, -28], byHand: true })
  expect(result.flags.at(-1)?.text).toBe('corrected by hand: 1 landmark')
  expect(result.ears[0]?.volumes.vestibule).toBe(0.25)
})

test('an ear that was outlined in a scan before surgery says so after its session, too', async () => {
  const known = knownSession()
  const before = {
    source: 'before.nii.gz',
    map: { matrix: identity3, offset: [1, 2, 3] as const },
    residual: 0.08,
    correlation: 0.98
  }
  const session = { ...known, found: { ...known.found, ears: known.found.ears.map((one) => ({ ...one, before })) } }
  const { found } = await decodeSession(encodeSession(session), 'head.otomark')
  expect(found.ears[0]?.before).toEqual(before)
  const [file, output] = [join(scratch, 'after.otomark'), join(scratch, 'after')]
  await writeFile(file, encodeSession(session))
  expect(await runCli('analyze', file, '--output', output)).toMatchObject({ code: 0 })
  const result = analysisResult.parse(JSON.parse(await readFile(join(output, 'result.json'), 'utf8')))
  expect(result.ears[0]?.before).toMatchObject({ source: 'before.nii.gz', residual: 0.08, offset: [1, 2, 3] })
})

test('contacts that a person placed, and the array they named, come back, and go before a search', async () => {
  const array = findArray('flex24')
  const placed = moveContact(knownElectrode(), 2, [1, 2, 3], { duct: knownDuct(), remarks: [] })
  const known = knownSession()
  const session = { ...known, corrected: known.corrected.map((one) => ({ ...one, electrode: { array, placed } })) }
  const { corrected } = await decodeSession(encodeSession(session), 'head.otomark')
  expect(corrected).toEqual(session.corrected)
  const [file, output] = [join(scratch, 'contacts.otomark'), join(scratch, 'contacts')]
  await writeFile(file, encodeSession(session))
  const { code, err } = await runCli('analyze', file, '--array', 'ci632', '--output', output)
  expect(code).toBe(2)
  expect(err).toMatch(/--array ci632: contacts of the FLEX24 were placed by hand in this session/)
})

/** The session's file with `session.json` changed. */
function edited(change: (text: string) => string): Uint8Array {
  const files = unzipSync(encodeSession(knownSession()))
  return zipSync({ ...files, 'session.json': strToU8(change(strFromU8(files['session.json'] as Uint8Array))) })
}

test.each([
  ['a file that is no archive', () => strToU8('hello'), 'is no zip archive, or a damaged one'],
  ['an archive of something else', () => zipSync({ 'a.txt': strToU8('a') }), 'it holds no session.json'],
  ['a cut file', () => encodeSession(knownSession()).subarray(0, 900), 'is a damaged or truncated zip archive'],
  ['another form', () => edited((text) => text.replace('"version":1', '"version":2')), 'does not understand'],
  ['a scan that does not fill its grid', () => edited((text) => text.replace('40,40,30', '40,40,31')), 'scan'],
  [
    'a missing array',
    () => edited((text) => text.replace('arrays/0.bin', 'arrays/999.bin')),
    'arrays/999.bin is missing'
  ],
  ['an array of no known kind', () => edited((text) => text.replace('"int16"', '"int17"')), 'is not an array of int17'],
  ['text that is no JSON', () => edited(() => '{'), 'session.json is no JSON']
])('%s is refused in one line', async (_, file, words) => {
  const refused = decodeSession(file(), 'head.otomark')
  await expect(refused).rejects.toThrow(words)
  await expect(refused).rejects.toMatchObject({ kind: 'input', message: expect.stringMatching(/^head\.otomark: .*$/) })
})

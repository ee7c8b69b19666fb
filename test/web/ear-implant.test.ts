import { describe, expect, test } from 'vitest'
import { findArray } from '../../src/electrode/catalogue.ts'
import {
  contactChange,
  contactColor,
  contactCount,
  contactsOf,
  type EarImplant,
  implantAsFound,
  missingContacts,
  namingChange,
  placingChange,
  shownElectrode,
  withAnswer
} from '../../web/ear-implant.ts'
import { correctionNote, correctionRecord } from '../../web/worker/correction-record.ts'
import type { EarView } from '../../web/worker/ear-view.ts'
import { parseLog } from '../../web/worker/session-log.ts'
import { knownDuct } from '../implant/known-duct.ts'
import { knownElectrode } from '../implant/known-electrode.ts'
import { smallScan } from '../support/small-scan.ts'

const electrode = knownElectrode()
const turns = { duct: knownDuct(), remarks: [] }
const found = implantAsFound({ searched: electrode, turns })
const ear = { id: 'ear-1', implant: found } as const
const [, second] = electrode.contacts

function after(implant: EarImplant, order: number, to: readonly [number, number, number]): EarImplant {
  const change = contactChange({ id: 'ear-1', implant }, order, to)
  return { ...implant, correction: change?.to ?? expect.unreachable() }
}

test('a contact that is moved says from where, and taken back leaves the array as it was found', () => {
  const change = contactChange(ear, 2, [1, 2, 3]) ?? expect.unreachable()
  expect(change.contact).toEqual({ order: 2, from: second?.position, to: [1, 2, 3] })
  expect(change.from).toEqual({ array: null, placed: null })
  const moved = { ...found, correction: change.to }
  expect(contactsOf(moved)[1]).toMatchObject({ position: [1, 2, 3], byHand: true })
  expect(contactsOf(moved)[2]?.position).toEqual(electrode.contacts[2]?.position)
  expect(shownElectrode({ ...moved, correction: change.from })).toBe(electrode)
})

test('contacts that were placed stay when the worker answers, with values of the turns it found', () => {
  const moved = after(found, 2, [1, 2, 3])
  const duct = knownDuct(1.05)
  const answered = withAnswer(moved, { searched: null, turns: { duct, remarks: ['Others.'] } })
  expect(contactsOf(answered)).toBe(moved.correction.placed?.contacts)
  const shown = shownElectrode(answered)
  if (shown === 'searching' || shown?.status !== 'found') return expect.unreachable()
  expect(shown.contactRemarks).toContain('Others.')
  expect(answered.correction).toBe(moved.correction)
})

test('an array that is named is searched for, and meanwhile no contact of another is shown', () => {
  const array = findArray('ci632')
  const named = { ...found, correction: namingChange(ear, array).to }
  expect(shownElectrode(named)).toBe('searching')
  expect(contactsOf(named)).toEqual([])
  expect(contactChange({ id: 'ear-1', implant: named }, 1, [0, 0, 0])).toBeUndefined()
  const answer = { searched: { ...electrode, array }, turns }
  expect(shownElectrode(withAnswer(named, answer))).toBe(answer.searched)
})

test('naming an array lets contacts go that were placed, and taken back brings them again', () => {
  const moved = after(found, 2, [1, 2, 3])
  const change = namingChange({ id: 'ear-1', implant: moved }, findArray('ci632'))
  expect(change.to.placed).toBeNull()
  expect(change.from).toBe(moved.correction)
})

describe('where no array was found', () => {
  const array = findArray('flex24')
  const named: EarImplant = {
    searched: { status: 'not found', reason: 'no array fits' },
    turns,
    searchedFor: array,
    correction: { array, placed: null }
  }
  const place = (order: number): readonly [number, number, number] =>
    electrode.contacts[order - 1]?.position ?? expect.unreachable()

  test('contacts are placed one by one, each is on record, and taken back the search stands again', () => {
    expect(missingContacts(named)).toHaveLength(12)
    const first = placingChange({ id: 'ear-1', implant: named }, 1, place(1)) ?? expect.unreachable()
    expect(first.contact).toEqual({ order: 1, from: null, to: place(1) })
    const one = { ...named, correction: first.to }
    const second = placingChange({ id: 'ear-1', implant: one }, 4, place(4)) ?? expect.unreachable()
    const two = withAnswer({ ...one, correction: second.to }, { searched: null, turns })
    expect(contactsOf(two).map(({ order, byHand }) => [order, byHand])).toEqual([
      [1, true],
      [4, true]
    ])
    expect(missingContacts(two)).toEqual([2, 3, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(contactCount(two)).toBe(12)
    expect(shownElectrode({ ...two, correction: first.from })).toBe(named.searched)
    const log = [first, second].map((change) => ({ ...moveEntry, change }))
    expect(correctionRecord(log, [{ side: 'left' }], [], smallScan())).toMatchObject({
      changes: [
        { what: 'contact', array: 'flex24', order: 1, from: null, to: place(1) },
        { what: 'contact', array: 'flex24', order: 4, from: null, to: place(4) }
      ]
    })
    expect(parseLog(JSON.parse(JSON.stringify(log)), [{} as EarView], 'head.otomark')).toEqual(log)
  })

  test('none is placed twice, where another lies, or of an array that is not named, searched for or found', () => {
    const change = placingChange({ id: 'ear-1', implant: named }, 1, place(1)) ?? expect.unreachable()
    const one = { id: 'ear-1', implant: { ...named, correction: change.to } } as const
    expect(placingChange(one, 1, place(2))).toBeUndefined()
    expect(placingChange(one, 2, place(1))).toBeUndefined()
    for (const implant of [
      { ...named, correction: { array: null, placed: null }, searchedFor: null },
      { ...named, searchedFor: null },
      { ...named, turns: null },
      found
    ]) {
      expect(missingContacts(implant)).toEqual([])
      expect(placingChange({ id: 'ear-1', implant }, 1, place(1))).toBeUndefined()
    }
  })
})

test('apex and base have different colours', () => {
  expect(contactColor(1, 12)).not.toEqual(contactColor(12, 12))
  expect(contactColor(1, 1)).toEqual(contactColor(1, 12))
})

const moveEntry = {
  at: '2026-01-02T03:04:05.000Z',
  action: 'change' as const,
  change: contactChange(ear, 2, [1, 2, 3]) ?? expect.unreachable()
}
const nameEntry = { ...moveEntry, change: namingChange(ear, findArray('ci632')) }

test('the record of corrections names contacts and arrays, and so does the note', () => {
  const record = correctionRecord([moveEntry, nameEntry], [{ side: 'left' }], [], smallScan())
  expect(record).toMatchObject({
    changes: [
      { what: 'contact', ear: 'left', array: 'flex24', order: 2, from: second?.position, to: [1, 2, 3] },
      { what: 'array', ear: 'left', from: null, to: 'ci632' }
    ]
  })
  expect(correctionNote([nameEntry, moveEntry, moveEntry])).toBe(
    'corrected by hand: 1 electrode array named, 1 contact'
  )
})

test('the note leaves out what was taken back, and contacts of an array that was named anew', () => {
  const undo = { ...moveEntry, action: 'undo' as const }
  const unnamed = { ...nameEntry, change: namingChange(ear, null) }
  expect(correctionNote([moveEntry, undo])).toBeUndefined()
  expect(correctionNote([moveEntry, undo, { ...undo, action: 'redo' }])).toBe('corrected by hand: 1 contact')
  expect(correctionNote([moveEntry, nameEntry])).toBe('corrected by hand: 1 electrode array named')
  expect(correctionNote([moveEntry, nameEntry, { ...nameEntry, action: 'undo' }])).toBe('corrected by hand: 1 contact')
  expect(correctionNote([nameEntry, moveEntry, unnamed])).toBeUndefined()
})

test('a record of contacts is read again as it was written, and a damaged one is refused', () => {
  const log: unknown = JSON.parse(JSON.stringify([moveEntry, nameEntry]))
  const views = [{} as EarView]
  expect(parseLog(log, views, 'a.otomark')).toEqual([moveEntry, nameEntry])
  const damaged = JSON.parse(JSON.stringify([moveEntry]).replace('"order":1', '"order":0'))
  expect(() => parseLog(damaged, views, 'a.otomark')).toThrow(/a\.otomark: is a damaged session/)
})

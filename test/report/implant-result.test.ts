import { describe, expect, it } from 'vitest'
import { formatResult } from '../../src/cli/format-result.ts'
import { identity3 } from '../../src/core/math/vector.ts'
import { findArray } from '../../src/electrode/catalogue.ts'
import type { ElectrodeNotFound, FoundElectrode } from '../../src/implant/find/found-electrode.ts'
import { createResult } from '../../src/report/create-result.ts'
import { contactsCsv } from '../../src/report/files/contacts-csv.ts'
import { implantTable } from '../../src/report/html/implant-table.ts'
import { type AnalysisResult, analysisResult } from '../../src/report/result.ts'
import { knownEar, measured, model, source } from './known-findings.ts'

const found: FoundElectrode = {
  status: 'found',
  array: findArray('ci632'),
  isGiven: false,
  alternatives: [findArray('ci612')],
  score: 0.81234,
  contacts: [
    {
      order: 1,
      number: 22,
      position: [1.23456, -2, 3],
      confidence: 0.9,
      inside: { angle: 371.23, depth: 17.777, frequency: 901.4 }
    },
    { order: 2, number: 21, position: [1, -2.5, 3], confidence: 0.4 }
  ],
  remarks: [],
  contactRemarks: ['1 of 2 contacts lie outside the cochlea.']
}

function resultWith(implant: Parameters<typeof withImplant>[0]): AnalysisResult {
  return analysisResult.parse(JSON.parse(JSON.stringify(withImplant(implant))))
}

function withImplant(implant: FoundElectrode | ElectrodeNotFound | undefined) {
  const findings = measured({ labels: knownEar('left').labels, ears: [knownEar('left')], timings: [] })
  const ears = findings.ears.map((ear) => ({ ...ear, ...(implant && { implant }) }))
  return createResult({ ...findings, ears }, { source, model })
}

describe('an array that was found', () => {
  const result = resultWith(found)
  const [ear] = result.ears

  it('stands in result.json with its contacts in LPS mm, and in a flag with what is doubtful', () => {
    expect(ear?.implant).toMatchObject({
      array: { id: 'ci632', maker: 'Cochlear', model: 'Slim Modiolar' },
      given: false,
      score: 0.812,
      contacts: [
        { order: 1, number: 22, position: [1.235, -2, 3], inside: { angle: 371.2, depth: 17.78, frequency: 901 } },
        { order: 2, position: [1, -2.5, 3] }
      ]
    })
    const flag = result.flags.find(({ id }) => id === 'electrode')
    expect(flag).toMatchObject({ side: 'left', severity: 'warning' })
    expect(flag?.text).toMatch(/^The left ear: Check every contact against the scan/)
    expect(flag?.text).toMatch(
      /by the spacing of its contacts alone: Slim Modiolar; it may as well be Contour Advance.*1 of 2/
    )
  })

  it('goes into a table of the report, into the text and into contacts.csv', () => {
    const table = implantTable(ear ?? expect.unreachable())
    expect(table).toMatch(/Contacts of the Cochlear Slim Modiolar.*>371<.*>901<.*outside the cochlea/s)
    expect(formatResult(result)).toMatch(/Slim Modiolar.*1\.24.*371.*901.*outside/s)
    const [head, first, second, ...more] = (contactsCsv(result) ?? '').trim().split(/\r?\n/)
    expect(head).toContain('side,array,order_from_apex,makers_number,x,y,z')
    expect(first).toBe('left,ci632,1,22,1.235,-2,3,0.9,371.2,17.78,901,no')
    expect(second).toBe('left,ci632,2,21,1,-2.5,3,0.4,,,,no')
    expect(more).toEqual([])
  })
})

describe('contacts that a person placed', () => {
  const [first, second] = found.contacts
  if (first === undefined || second === undefined) throw new Error('two contacts are known')
  const byHand = { ...first, confidence: 1, byHand: true as const }

  it('say so everywhere, and have no score', () => {
    const result = resultWith({ ...found, contacts: [byHand, second] })
    const [ear] = result.ears
    expect(ear?.implant).toMatchObject({ contacts: [{ order: 1, byHand: true }, { order: 2 }] })
    expect(implantTable(ear ?? expect.unreachable()).match(/by hand/g)).toHaveLength(2)
    expect(formatResult(result)).toMatch(/371.*901.*by hand/)
    const rows = (contactsCsv(result) ?? '').trim().split(/\r?\n/)
    expect(rows[1]).toBe('left,ci632,1,22,1.235,-2,3,,371.2,17.78,901,yes')
    const flag = result.flags.find(({ id }) => id === 'electrode')
    expect(flag?.text).toMatch(/Check every contact .* 1 of 2 contacts were placed by hand\./)
  })

  it('all of them, are not said to be misplaced', () => {
    const { flags } = resultWith({ ...found, contacts: [byHand, { ...second, confidence: 1, byHand: true }] })
    const text = flags.find(({ id }) => id === 'electrode')?.text
    expect(text).toMatch(/^The left ear: 2 of 2 contacts were placed by hand\./)
  })
})

describe('metal whose contacts were not placed', () => {
  it('is a warning with the reason, and no row of contacts.csv', () => {
    const result = resultWith({ status: 'not found', reason: 'no array fits', endAngle: 402.4 })
    expect(result.flags).toContainEqual({
      id: 'electrode',
      severity: 'warning',
      side: 'left',
      text: 'The left ear: There is metal in the cochlea to about 402°, but its contacts were not placed: no array fits.',
      evidence: {}
    })
    expect(implantTable(result.ears[0] ?? expect.unreachable())).toContain('not placed')
    expect(contactsCsv(result)).toBeUndefined()
  })

  it('is a note where none is seen: of two ears the other one may have the array', () => {
    const result = resultWith({ status: 'not found', reason: 'nothing is as dense' })
    const text = 'The left ear: Contacts were not placed: nothing is as dense.'
    expect(result.flags).toContainEqual({ id: 'electrode', severity: 'note', side: 'left', text, evidence: {} })
  })

  it('and contacts that were, without a remark, are a warning', () => {
    const { flags } = resultWith({ ...found, isGiven: true, remarks: [] })
    expect(flags).toContainEqual(expect.objectContaining({ id: 'electrode', severity: 'warning' }))
  })
})

it('an ear without metal says nothing of arrays', () => {
  const result = resultWith(undefined)
  expect(result.ears[0]).not.toHaveProperty('implant')
  expect(result.flags.map(({ id }) => id)).not.toContain('electrode')
  expect(implantTable(result.ears[0] ?? expect.unreachable())).toBe('')
})

it('an ear from before surgery says so: which scan, and how far its bone lies apart', () => {
  const findings = measured({ labels: knownEar('left').labels, ears: [knownEar('left')], timings: [] })
  const map = { matrix: identity3, offset: [1, 2, 3] } as const
  const before = { source: 'before.nii.gz', map, residual: 0.0712, correlation: 0.9912 }
  const ears = findings.ears.map((ear) => ({ ...ear, before }))
  const result = analysisResult.parse(
    JSON.parse(JSON.stringify(createResult({ ...findings, ears }, { source, model })))
  )
  expect(result.ears[0]?.before).toEqual({
    source: 'before.nii.gz',
    residual: 0.071,
    correlation: 0.991,
    matrix: [...identity3],
    offset: [1, 2, 3]
  })
  const flag = result.flags.find(({ id }) => id === 'before')
  expect(flag).toMatchObject({ severity: 'note', side: 'left', evidence: { residual: 0.071, correlation: 0.991 } })
  expect(flag?.text).toMatch(/in the scan before surgery, before\.nii\.gz, .* 0\.07 mm apart after that\.$/)
})

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeDuct } from '../../src/report/duct-result.ts'
import { planFile, planSchema } from '../../src/report/plan/plan-file.ts'
import { knownDuct } from '../implant/known-duct.ts'
import { knownResult } from '../report/known-findings.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const result = knownResult(['right', 'left'])
const duct = describeDuct(knownDuct())
const placed = { ...duct, axis: { ...duct.axis, point: [9, 18, -28] } }
const known = { ...result, ears: result.ears.map((ear) => ({ ...ear, duct: placed })) }
const path = join(scratch, 'result.json')
await writeFile(path, JSON.stringify(known))

describe('otomark plan', () => {
  it('compares arrays in the ears of a result, prints their contacts, and that it is research software', async () => {
    const { code, out } = await runCli('plan', scratch, '--array', 'flex28', 'CI532', '--side', 'left')
    expect(code).toBe(0)
    expect(out).toMatch(/Left ear/)
    expect(out).not.toMatch(/Right ear/)
    expect(out).toMatch(/MED-EL FLEX28 +│ +28\.0 │ +\d+ │/)
    expect(out).toMatch(/22 \(1 from the apex\)/)
    expect(out).toMatch(/no recommendation/)
    expect(out).toMatch(/not a medical device/)
  })

  it('writes a plan that holds to its schema, a row for each contact and a drawing', async () => {
    const folder = join(scratch, 'plan')
    const { code, out } = await runCli(
      'plan',
      path,
      '--array',
      'slimj',
      '--coverage',
      '60',
      '--output',
      folder,
      '--json'
    )
    expect(code).toBe(0)
    const plan = planFile.parse(JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8')))
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(plan)))
    expect(plan.ears.map(({ side }) => side)).toEqual(['right', 'left'])
    expect(plan.ears[0]?.arrays[0]?.target?.angle).toBeGreaterThan(300)
    expect((await readFile(join(folder, 'plan.csv'), 'utf8')).trim().split(/\r?\n/)).toHaveLength(1 + 2 * 16)
    expect(await readFile(join(folder, 'plan.svg'), 'utf8')).toMatch(/<svg.*HiFocus SlimJ.*not a medical device/is)
  })

  it('repeats the doubts about an ear, and says of one whose turns were not seen that nothing is planned in it', async () => {
    const [right, left] = known.ears
    if (right === undefined || left === undefined) return expect.unreachable()
    const { duct: _, ...blurred } = left
    const flags = [
      {
        id: 'incomplete_field_of_view',
        severity: 'warning',
        side: 'right',
        text: 'The right ear is cut.',
        evidence: {}
      },
      { id: 'low_resolution', severity: 'note', side: 'left', text: 'Voxels are coarse.', evidence: {} }
    ]
    const doubtful = join(scratch, 'doubtful.json')
    await writeFile(doubtful, JSON.stringify({ ...known, flags, ears: [right, blurred] }))
    const folder = join(scratch, 'doubtful')
    const { code, out } = await runCli('plan', doubtful, '--array', 'flex28', '--output', folder)
    expect(code).toBe(0)
    expect(out).toMatch(/Warning of the analysis: The right ear is cut\./)
    expect(out).toMatch(/Nothing is planned in the left ear: the turns of its cochlea were not seen/)
    const plan = planFile.parse(JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8')))
    expect(plan.ears.map((ear) => ear.flags.map(({ id }) => id))).toEqual([['incomplete_field_of_view']])
    expect(plan.notes).toHaveLength(1)
    expect(await readFile(join(folder, 'plan.svg'), 'utf8')).toContain(
      'Right ear (a warning of the analysis: see plan.json)'
    )
  })

  it('takes an array of one’s own, whose name cannot become markup', async () => {
    const mine = join(scratch, 'mine.json')
    const array = { id: 'mine', maker: '<b>', model: 'M', placement: 'lateral', contacts: 4, spacing: 3, source: 'me' }
    await writeFile(mine, JSON.stringify({ arrays: [{ ...array, length: 20, diameter: { tip: 0.3, base: 2 } }] }))
    const folder = join(scratch, 'own')
    const { code, out } = await runCli('plan', path, '--arrays', mine, '--array', 'mine', '--output', folder)
    expect(code).toBe(0)
    expect(out).toMatch(/Too thick/)
    expect(await readFile(join(folder, 'plan.svg'), 'utf8')).not.toMatch(/<b>/)
  })

  it('lists the arrays with their sources', async () => {
    const { code, out } = await runCli('plan', '--list')
    expect(code).toBe(0)
    expect(out).toMatch(/ci622, ci422, ci522/)
    expect(out).toMatch(/https:\/\/github\.com\/OtoBM/)
  })

  it('refuses in one line what it cannot plan: no arrays, an unknown one, too deep an insertion, two targets', async () => {
    for (const [words, message] of [
      [[path], /--array/],
      [[path, '--array', 'flex99'], /"flex99"; known are/],
      [[path, '--array', 'flex24', '--insertion', '25'], /FLEX24 has 24 mm/],
      [[path, '--array', 'flex24', '--angle', '300', '--coverage', '50'], /cannot be used together/],
      [[], /--list/]
    ] as const) {
      const { code, err } = await runCli('plan', ...words)
      expect([code, err.split('\n').length], err).toEqual([2, 2])
      expect(err).toMatch(message)
    }
  })

  it('refuses a file that is no result, and a result without the turns', async () => {
    const other = join(scratch, 'other.json')
    await writeFile(other, '{}')
    expect(await runCli('plan', other, '--array', 'flex24')).toMatchObject({ code: 3 })
    await writeFile(other, JSON.stringify(result))
    const { code, err } = await runCli('plan', other, '--array', 'flex24')
    expect(code).toBe(3)
    expect(err).toMatch(/turns of the cochlea of the right ear or the left ear/)
    expect(await runCli('plan', join(scratch, 'none'), '--array', 'flex24')).toMatchObject({ code: 3 })
  })

  it('says what to name where it was given a page, a cohort, the folder of its cases or another record of otomark', async () => {
    const cohort = join(scratch, 'cohort')
    const one = join(cohort, 'cases', 'a')
    await mkdir(one, { recursive: true })
    await writeFile(join(one, 'result.json'), JSON.stringify(known))
    await writeFile(join(one, 'report.html'), '<!doctype html>')
    await writeFile(join(cohort, 'cohort.json'), '{"format": "otomark-cohort"}')
    await mkdir(join(scratch, 'empty'))
    for (const [given, message] of [
      [join(one, 'report.html'), `report.html: is no result of otomark; name ${join(one, 'result.json')}\n`],
      [cohort, `cohort: holds no result.json; name one of its cases, such as ${one}\n`],
      [join(cohort, 'cases'), `cases: holds no result.json; name one of its cases, such as ${one}\n`],
      [join(cohort, 'cohort.json'), `cohort.json: is no result of otomark; name one of its cases, such as ${one}\n`],
      [join(scratch, 'empty'), 'empty: holds no result.json; name a result.json, or the folder that analyze wrote\n']
    ] as const) {
      const { code, err } = await runCli('plan', given, '--array', 'flex24')
      expect(code).toBe(3)
      expect(err.endsWith(message), err).toBe(true)
    }
  })

  it('plans an array once that is named by its id and an alias, and says in plain words what a file of arrays lacks', async () => {
    const { out } = await runCli('plan', path, '--array', 'ci422', 'CI622', 'ci522', '--side', 'left', '--json')
    expect(planFile.parse(JSON.parse(out)).ears[0]?.arrays.map(({ array }) => array.id)).toEqual(['ci622'])
    const mine = join(scratch, 'faulty.json')
    await writeFile(mine, JSON.stringify({ arrays: [{ id: 'x', placement: 'inside' }] }))
    const { err } = await runCli('plan', path, '--arrays', mine, '--array', 'x')
    expect(err).toMatch(
      /list electrode arrays: arrays\[0\]\.maker: is missing; .*placement: must be one of lateral, mid-/
    )
  })

  it('has a JSON Schema in the documentation that is up to date (vitest --update writes it)', async () => {
    await expect(`${JSON.stringify(planSchema(), null, 2)}\n`).toMatchFileSnapshot('../../docs/plan.schema.json')
  })
})

import type { Locator, Page } from 'playwright'
import { expect, test } from 'vitest'
import { analysisResult } from '../../../src/report/result.ts'
import { codeOf, items, type Parsed, parse } from '../../clinic/parse.ts'
import { contactCells, contactRows } from './contact-table.ts'
import { implantedEar } from './implanted-ear.ts'
import { useKnownSession } from './known-session.ts'
import { exported, patience } from './page-under-test.ts'

/** Contacts of an electrode array on the page: seen, corrected, named; one ear is opened once. */
let page: Page

useKnownSession((opened) => {
  page = opened.page
}, implantedEar)

test('contacts are listed from the apex with depth, angle and frequency, under what is doubtful of them', async () => {
  expect(await contactRows(page).count()).toBe(12)
  const [first, last] = [await contactCells(page, 1), await contactCells(page, 12)]
  expect(first[0]).toBe('1')
  expect(Number(first[1])).toBeGreaterThan(20)
  expect(Number(first[2])).toBeGreaterThan(300)
  expect(Number(last[3])).toBeGreaterThan(10 * Number(first[3]))
  expect(await page.locator('#contacts .flags').textContent()).toMatch(/Check every contact against the scan/)
  expect(await page.getByRole('combobox', { name: 'Implanted array, left ear' }).inputValue()).toBe('')
})

test('a click leads the crosshair to a contact, which stands there with its number in every slice', async () => {
  await page.getByRole('button', { name: 'Go to contact 4, left ear' }).click()
  for (const plane of ['axial', 'coronal', 'sagittal']) {
    await expect.poll(() => handle(plane, 4).isVisible()).toBe(true)
    expect(await handle(plane, 4).textContent()).toBe('4')
  }
  await page.getByRole('button', { name: 'Show Contacts' }).click()
  await expect.poll(() => handle('axial', 4).isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Show Contacts' }).click()
  await expect.poll(() => handle('axial', 4).isVisible()).toBe(true)
})

test('values follow a contact that is dragged, it is by hand and on record, and Escape and Undo bring it back', async () => {
  const before = await contactCells(page, 4)
  const box = (await handle('axial', 4).boundingBox()) ?? expect.unreachable()
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 14, y + 8, { steps: 3 })
  await expect.poll(() => contactCells(page, 4)).not.toEqual(before)
  await page.keyboard.press('Escape')
  await expect.poll(() => contactCells(page, 4)).toEqual(before)
  await page.mouse.up()
  expect(await page.locator('.log li').count()).toBe(0)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 14, y + 8, { steps: 3 })
  await page.mouse.up()
  await expect.poll(async () => (await contactCells(page, 4)).at(-1)).toBe('by hand')
  expect(await page.locator('.log li').first().textContent()).toMatch(/Contact 4, left ear moved by \d/)
  expect(await contactCells(page, 5)).toEqual(expect.arrayContaining(['5']))
  await expect
    .poll(() => page.locator('#flags').textContent(), { timeout: patience })
    .toContain('1 of 12 contacts were placed by hand')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => contactCells(page, 4)).toEqual(before)
})

test(
  'the cochlear view shows contacts, too; arrow keys move the one that has the focus, and the export says so',
  async () => {
    await page.getByRole('button', { name: 'Cochlear', exact: true }).click()
    await handle('across', 4).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(async () => (await contactCells(page, 4)).at(-1)).toBe('by hand')
    const files = await exported(page)
    const text = (name: string): string => new TextDecoder().decode(files[name])
    const result = analysisResult.parse(JSON.parse(text('result/result.json')))
    const { implant } = result.ears[0] ?? expect.unreachable()
    if (implant?.status !== 'found') return expect.unreachable()
    expect(implant.contacts.filter(({ byHand }) => byHand).map(({ order }) => order)).toEqual([4])
    expect(
      text('result/contacts.csv')
        .split('\n')
        .filter((line) => line.includes(',yes'))
    ).toHaveLength(1)
    expect(text('result/report.html')).toContain('1 of 12 contacts were placed by hand')
    const { changes } = JSON.parse(text('corrections.json')) as { changes: { what: string; action: string }[] }
    expect(changes.map(({ what, action }) => `${action} ${what}`)).toEqual([
      'change contact',
      'undo contact',
      'change contact',
      'change contact'
    ])
    // The DICOM objects hold what was corrected, too, and nothing was painted.
    const report = parse(files['result/report.dcm'])
    const groups = items(measurementsOf(report), 'ContentSequence')
    const byHand = groups.filter((group) => contents(group, '99OTOMARK SETBY').length > 0).map(trackedAs)
    expect(byHand).toEqual(['otomark left contact 4', 'otomark left electrode array'])
    const segments = items(parse(files['result/segmentation.dcm']), 'SegmentSequence')
    expect(segments.map(({ SegmentAlgorithmType }) => SegmentAlgorithmType)).toEqual(Array(3).fill('AUTOMATIC'))
    await page.getByRole('button', { name: 'All', exact: true }).click()
  },
  patience
)

test(
  'an array that is named is searched for; that it does not fit is said, and Undo brings back what was placed',
  async () => {
    const naming = page.getByRole('combobox', { name: 'Implanted array, left ear' })
    await naming.selectOption('ci632')
    await expect.poll(() => contactRows(page).count()).toBe(0)
    await expect
      .poll(() => page.locator('#contacts .flags').textContent(), { timeout: patience })
      .toMatch(/not placed: .*Slim Modiolar/)
    await naming.selectOption('flex24')
    await expect.poll(() => contactRows(page).count(), { timeout: patience }).toBe(12)
    expect((await contactCells(page, 4)).at(-1)).not.toBe('by hand')
    for (let step = 0; step < 2; step++) await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await contactCells(page, 4)).at(-1)).toBe('by hand')
    expect(await naming.inputValue()).toBe('')
  },
  patience
)

test(
  'labels that are painted and landmarks that are moved are said to be so in the DICOM objects that are exported',
  async () => {
    await page.getByRole('button', { name: 'Paint', exact: true }).click()
    await page.getByRole('button', { name: 'Grow', exact: true }).click()
    await page.getByRole('button', { name: 'Look', exact: true }).click()
    await page.getByRole('button', { name: 'Go to Round window, left ear' }).click()
    await page.locator('.handle:visible[aria-label^="Round window, left ear, axial"]').focus()
    await page.keyboard.press('ArrowRight')
    const files = await exported(page)
    const segments = items(parse(files['result/segmentation.dcm']), 'SegmentSequence')
    expect(segments.map(({ SegmentAlgorithmType }) => SegmentAlgorithmType)).toEqual(Array(3).fill('SEMIAUTOMATIC'))
    const groups = items(measurementsOf(parse(files['result/report.dcm'])), 'ContentSequence')
    const byHand = groups.filter((group) => contents(group, '99OTOMARK SETBY').length > 0).map(trackedAs)
    const parts = ['cochlea', 'vestibule', 'semicircular_canals']
    const all = [...parts, 'round_window', 'contact 4', 'electrode array']
    expect(byHand).toEqual(all.map((one) => `otomark left ${one}`))
  },
  patience
)

test(
  'after a reload all of it is there again',
  async () => {
    const before = await contactCells(page, 4)
    await page.getByText('Kept in this browser or a file.').waitFor({ timeout: patience })
    await page.reload()
    await page.locator('#kept').getByRole('button').first().click()
    await expect.poll(() => contactRows(page).count(), { timeout: patience }).toBe(12)
    await expect.poll(() => contactCells(page, 4)).toEqual(before)
  },
  patience
)

function contents(parent: Parsed | undefined, name: string): Parsed[] {
  return items(parent, 'ContentSequence').filter((item) => codeOf(item, 'ConceptNameCodeSequence') === name)
}

function measurementsOf(report: Parsed): Parsed | undefined {
  return contents(report, 'DCM 126010')[0]
}

function trackedAs(group: Parsed): unknown {
  return contents(group, 'DCM 112039')[0]?.TextValue
}

function handle(plane: string, order: number): Locator {
  return page.locator(`.handle[data-handle="${plane} contact ${order}"]`)
}

import type { Locator, Page } from 'playwright'
import { expect, test } from 'vitest'
import { analysisResult } from '../../../src/report/result.ts'
import { contactCells, contactRows } from './contact-table.ts'
import { useKnownSession } from './known-session.ts'
import { exported, patience } from './page-under-test.ts'

/** Contacts that a person places where no array was found; one ear without metal is opened once, for all tests in their order. */
let page: Page

useKnownSession((opened) => {
  page = opened.page
})

test(
  'an array that was named and not found is placed by hand: at a click, by Enter at the crosshair, and from its row',
  async () => {
    await page.locator('#contacts summary').click()
    expect(await tool().isVisible()).toBe(false)
    expect(await page.locator('#contacts').textContent()).toContain('when the array is named')
    await page.getByRole('combobox', { name: 'Implanted array, left ear' }).selectOption('flex24')
    const begin = page.getByRole('button', { name: 'Place contacts by hand, left ear' })
    await begin.waitFor({ timeout: patience })
    expect(await contactRows(page).count()).toBe(0)
    // In the basal turn, where all planes see it.
    await page.getByRole('button', { name: 'Go to Round window, left ear' }).click()
    await begin.click()
    await expect.poll(() => tool().getAttribute('aria-pressed')).toBe('true')
    expect(await contactRows(page).count()).toBe(12)
    expect(await page.locator('#contacts').textContent()).toContain('Click contact 1 of 12')
    const stage = page.locator('.stage-area').first()
    const box = (await stage.boundingBox()) ?? expect.unreachable()
    // Twice in one place is once.
    await page.mouse.dblclick(box.x + box.width * 0.26, box.y + box.height * 0.22)
    await expect.poll(() => page.locator('#contacts').textContent()).toContain('Click contact 2 of 12')
    expect(await page.locator('.log li').first().textContent()).toContain('Contact 1, left ear placed')
    await page.getByRole('button', { name: 'Go to Helicotrema, left ear' }).click()
    await stage.press('Enter')
    await expect.poll(() => page.locator('#contacts').textContent()).toContain('Click contact 3 of 12')
    expect(Number((await contactCells(page, 2))[2])).toBeGreaterThan(360)
    await page.getByRole('button', { name: 'Go to Round window, left ear' }).click()
    await page.getByRole('button', { name: 'Place contact 12 at the crosshair, left ear' }).click()
    await expect.poll(async () => (await contactCells(page, 12)).at(-1)).toBe('by hand')
    expect(await page.locator('.log li').count()).toBe(4)
    expect(await page.locator('.handle[data-handle^="axial contact"]').count()).toBe(3)
    expect(await contactRows(page).count()).toBe(12)
  },
  patience
)

test(
  'a contact that was placed is moved like any other, values and flags follow, Undo takes it away, and after all the search stands again',
  async () => {
    const before = await contactCells(page, 2)
    await page.getByRole('button', { name: 'Go to contact 2, left ear' }).click()
    const handle = page.locator('.handle[data-handle="axial contact 2"]')
    await handle.waitFor()
    await handle.focus()
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => contactCells(page, 2)).not.toEqual(before)
    expect(await page.locator('.log li').first().textContent()).toContain('Contact 2, left ear moved by 0.50 mm')
    await expect
      .poll(() => page.locator('#flags').textContent(), { timeout: patience })
      .toContain('Only 3 of the 12 contacts of the FLEX24 are placed.')
    for (let step = 0; step < 4; step++) await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => page.locator('#contacts').textContent()).toMatch(/Contacts were not placed: /)
    for (let step = 0; step < 4; step++) await page.getByRole('button', { name: 'Redo' }).click()
    await expect.poll(async () => (await contactCells(page, 12)).at(-1)).toBe('by hand')
  },
  patience
)

test(
  'result, table and record hold what was placed, and after a reload it goes on with the next contact',
  async () => {
    const files = await exported(page)
    const text = (name: string): string => new TextDecoder().decode(files[name])
    const { implant } = analysisResult.parse(JSON.parse(text('result/result.json'))).ears[0] ?? expect.unreachable()
    if (implant?.status !== 'found') return expect.unreachable()
    expect(implant.array.id).toBe('flex24')
    expect(implant.contacts.map(({ order, byHand }) => [order, byHand])).toEqual([
      [1, true],
      [2, true],
      [12, true]
    ])
    expect(text('result/contacts.csv').match(/,yes$/gm)).toHaveLength(3)
    expect(text('result/report.html')).toContain('Only 3 of the 12 contacts of the FLEX24 are placed.')
    const { changes } = JSON.parse(text('corrections.json')) as { changes: { what: string; from: unknown }[] }
    expect(changes[1]).toMatchObject({ what: 'contact', array: 'flex24', order: 1, from: null })
    await page.getByText('Kept in this browser or a file.').waitFor({ timeout: patience })
    await page.reload()
    await page.locator('#kept').getByRole('button').first().click()
    await page.getByRole('button', { name: 'Go on placing contacts, left ear' }).click({ timeout: patience })
    await page.getByRole('button', { name: 'Place contact 3 at the crosshair, left ear' }).click()
    await expect.poll(async () => (await contactCells(page, 3)).at(-1)).toBe('by hand')
  },
  2 * patience
)

function tool(): Locator {
  return page.locator('#toolbar [data-value="contact"]')
}

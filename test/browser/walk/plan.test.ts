import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { expect, test } from 'vitest'
import { runCli } from '../../support/run-cli.ts'
import { seriousFaults } from './axe.ts'
import { useKnownSession } from './known-session.ts'
import { type PageUnderTest, patience } from './page-under-test.ts'

/** Electrode arrays planned on the page; one ear is opened once. */
let page: Page
let consoleErrors: PageUnderTest['consoleErrors']

const folder = useKnownSession((opened) => {
  page = opened.page
  consoleErrors = opened.consoleErrors
})

test(
  'two arrays that are chosen by keyboard are compared in a table, by contact and in a drawing, and none is recommended',
  async () => {
    await page.locator('#plan summary').first().focus()
    await page.keyboard.press('Enter')
    for (const name of [/^FLEX28/, /^Slim Modiolar/]) {
      await page.getByRole('checkbox', { name }).focus()
      await page.keyboard.press('Space')
    }
    await page.getByLabel('Target', { exact: true }).selectOption('angle')
    await current()
    const [flex, slim] = [await cells(0), await cells(1)]
    expect([flex[0], slim[0]]).toEqual(['FLEX28', 'Slim Modiolar'])
    expect(Number(flex[1])).toBe(28)
    expect(Number.parseFloat(flex[2] ?? '')).toBeGreaterThan(Number.parseFloat(slim[2] ?? ''))
    expect(slim.at(-1)).toMatch(/^\d+\.\d too short$/)
    await page.getByText('Contacts of Slim Modiolar').click()
    expect(
      await page
        .getByRole('table', { name: /Cochlear Slim Modiolar, left ear/ })
        .getByRole('row')
        .count()
    ).toBe(23)
    // The panel is narrow, and what is beyond its edge cannot be seen.
    const cut = await page.locator('.planned').evaluate((planned) => planned.scrollWidth - planned.clientWidth)
    expect(cut).toBeLessThanOrEqual(0)
    const drawing = page.getByRole('img', { name: /FLEX28 to \d+°, Slim Modiolar to \d+°/ })
    expect(await drawing.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
    expect(await page.locator('.planned').textContent()).toMatch(/no recommendation.*not a medical device/)
    expect(consoleErrors).toEqual([])
  },
  patience
)

test(
  'a plan follows a landmark that is moved, and what was unfolded stays so',
  async () => {
    const before = await cells(0)
    await page.getByRole('button', { name: 'Go to Round window, left ear' }).click()
    await page.locator('.handle:visible[aria-label^="Round window, left ear, axial"]').focus()
    for (let step = 0; step < 4; step++) await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => cells(0), { timeout: patience }).not.toEqual(before)
    await current()
    expect(await page.getByRole('table', { name: /Cochlear Slim Modiolar, left ear/ }).isVisible()).toBe(true)
  },
  patience
)

test('contacts of the array that is chosen for the views are hollow diamonds in slices and the cochlear view', async () => {
  const diamonds = page.locator('.overlay .planned-contact:visible')
  expect(await diamonds.count()).toBe(0)
  await page.getByLabel('In views').selectOption({ label: 'FLEX28, as diamonds' })
  await expect.poll(() => diamonds.count()).toBeGreaterThan(0)
  await page.locator('.stage-area').focus()
  await page.keyboard.press('5')
  await expect.poll(() => page.locator('.cochlear .planned-contact').count()).toBeGreaterThan(4)
  await page.getByLabel('In views').selectOption('none')
  await expect.poll(() => page.locator('.cochlear .planned-contact').count()).toBe(0)
  await page.locator('.cochlear').focus()
  await page.keyboard.press('0')
})

test(
  'the files of the plan are those of the command line for the result that is saved beside them',
  async () => {
    await page.getByRole('button', { name: 'Export…' }).click()
    await writeFile(join(folder, 'result.json'), await saved('Result (JSON)', 'left-result.json'))
    const options = ['--array', 'flex28', 'ci632', '--angle', '450', '--output', join(folder, 'plan')]
    expect(await runCli('plan', folder, ...options)).toMatchObject({ code: 0 })
    const buttons = {
      'plan.json': 'Plan of electrode arrays (JSON)',
      'plan.csv': 'Planned contacts (CSV)',
      'plan.svg': 'Drawing of the plan (SVG)'
    }
    for (const [name, button] of Object.entries(buttons)) {
      expect(await saved(button, `left-${name}`)).toBe(await readFile(join(folder, 'plan', name), 'utf8'))
    }
    await page.getByRole('button', { name: 'Close', exact: true }).click()
  },
  patience
)

test(
  'on a phone and in the dark axe finds no serious fault, and nothing is cut off at the side',
  async () => {
    expect(await seriousFaults(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await seriousFaults(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  },
  patience
)

/** What a button of the dialog saves. */
async function saved(button: string, name: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: patience }),
    page.getByRole('button', { name: button }).click()
  ])
  expect(download.suggestedFilename()).toBe(name)
  await page.locator('#export-state', { hasText: 'Saved' }).waitFor({ timeout: patience })
  return readFile(await download.path(), 'utf8')
}

/** Waits until the plan is that of what is chosen and shown. */
async function current(): Promise<void> {
  await page.locator('#measurements[aria-busy="false"]').waitFor({ timeout: patience })
  await page.locator('.planned[aria-busy="false"] table').first().waitFor({ timeout: patience })
}

function cells(at: number): Promise<string[]> {
  return rows().nth(at).locator('th, td').allTextContents()
}

/** Of the table that compares the arrays. */
function rows(): Locator {
  return page.getByRole('table', { name: /^Arrays compared/ }).locator('tbody tr')
}

import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { useKnownSession } from './known-session.ts'
import { type PageUnderTest, patience, untilReady } from './page-under-test.ts'

/** One session, kept by the browser, on two of its tabs. */
let opened: PageUnderTest

useKnownSession((page) => {
  opened = page
})

test(
  'what one tab closes or forgets of a session that another one has open stays there, with its corrections',
  async () => {
    const { page: first, context, address } = opened
    await move(first)
    const second = await context.newPage()
    await second.goto(address)
    await second.getByRole('button', { name: 'Forget left.otomark' }).click()
    await second.getByText('left.otomark is open in another tab; close it there.').waitFor()
    await goOn(second)
    await second.getByText('left.otomark is open in another tab, too: what is corrected here is kept apart.').waitFor()
    await move(second)
    expect([await corrections(first), await corrections(second)]).toEqual([1, 2])
    await second.getByRole('button', { name: 'Close scan' }).click()
    await second.getByRole('button', { name: 'Discard them' }).click()
    await second.getByText('Drop a CT scan here').waitFor()

    await first.reload()
    await goOn(first)
    expect(await corrections(first)).toBe(1)
    // Nobody else has it now: it is no copy.
    await first.reload()
    await first.getByRole('button', { name: 'Forget left.otomark' }).click()
    await expect.poll(() => first.locator('#kept li').count()).toBe(0)
  },
  patience
)

async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'left.otomark', exact: true }).click()
  await untilReady(page)
}

/** Corrects a landmark, until that is kept. */
async function move(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Go to Oval window, left ear' }).click()
  await page.locator('.handle:visible[aria-label^="Oval window, left ear, axial"]').focus()
  await page.keyboard.press('Shift+ArrowRight')
  await page.getByText('Kept in this browser').waitFor({ timeout: patience })
}

const corrections = (page: Page): Promise<number> => page.locator('.log li').count()

import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { useKnownSession } from './known-session.ts'
import { patience, shownError, untilReady } from './page-under-test.ts'

/** What the page does where one of its workers ends by itself after the analysis, as where memory runs out. */
let page: Page

useKnownSession((opened) => {
  page = opened.page
})

test.each([
  ['measure', /\/worker-/],
  ['follow a hand', /\/measure-worker-/]
])(
  'a worker that ends while it should %s leaves a page that says so and goes on with what it kept',
  async (_, address) => {
    const corrections = await page.locator('.log li').count()
    await move()
    await page.getByText('Kept in this browser').waitFor({ timeout: patience })
    await move()
    await endWorker(address)
    expect(await shownError(page)).toMatch(
      /^left\.otomark was closed: the worker of the page ended by itself, .* Go on with it below: the browser keeps it/
    )
    await expect.poll(() => page.workers().length).toBe(0)
    await page.getByRole('button', { name: 'left.otomark', exact: true }).click()
    await untilReady(page)
    await page.locator('#measurements[aria-busy="false"]').waitFor({ timeout: patience })
    expect(await page.locator('.log li').count()).toBe(corrections + 2)
  },
  patience
)

async function move(): Promise<void> {
  await page.getByRole('button', { name: 'Go to Oval window, left ear' }).click()
  await page.locator('.handle:visible[aria-label^="Oval window, left ear, axial"]').focus()
  await page.keyboard.press('Shift+ArrowRight')
}

/** As silently as where the browser ends it. */
async function endWorker(address: RegExp): Promise<void> {
  const worker = page.workers().find((one) => address.test(one.url()))
  if (worker === undefined) return expect.unreachable()
  const closed = worker.waitForEvent('close')
  worker.evaluate(() => self.close()).catch(() => {})
  await closed
}

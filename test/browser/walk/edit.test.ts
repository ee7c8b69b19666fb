import type { Locator, Page } from 'playwright'
import { expect, test } from 'vitest'
import { useKnownSession } from './known-session.ts'
import { exported, patience } from './page-under-test.ts'

/** Editing labels: balls, thresholds, regions, and whole parts; one ear is opened once. */
let page: Page

useKnownSession(async (opened) => {
  page = opened.page
  await button('Paint').click()
})

test('a ball changes more slices than a disc of its diameter, and a threshold keeps it to some values', async () => {
  await page.getByLabel('Brush diameter').fill('3')
  const painted = async (): Promise<number> => {
    const before = await entries().count()
    await dab()
    await expect.poll(() => entries().count()).toBe(before + 1)
    const count = await voxels()
    await button('Undo').click()
    return count
  }
  const disc = await painted()
  await button('Ball').click()
  const ball = await painted()
  expect(ball).toBeGreaterThan(3 * disc)
  await page.getByLabel('Threshold').check()
  await page.getByLabel('Lowest value to paint, HU').fill('900')
  await page.getByLabel('Highest value to paint, HU').fill('3000')
  await page.keyboard.press('Enter')
  const within = await painted()
  expect(within).toBeGreaterThan(0)
  expect(within).toBeLessThan(ball)
  await page.getByLabel('Threshold').uncheck()
})

test(
  'a part grown by a voxel is larger, taken back it is as it was, and restored it is as it was found',
  async () => {
    const volume = quantity('Volume of the semicircular canals')
    const found = await volume.textContent()
    await button('Semicircular canals').click()
    await button('Grow').click()
    await expect.poll(() => entries().first().textContent()).toContain('part grown')
    await expect
      .poll(async () => Number.parseFloat((await volume.textContent()) ?? ''))
      .toBeGreaterThan(Number.parseFloat(found ?? ''))
    await page.keyboard.press('Control+z')
    await expect.poll(() => volume.textContent()).toBe(found)
    await button('Shrink').click()
    await expect.poll(() => volume.textContent()).not.toBe(found)
    await button('Restore').click()
    await expect.poll(() => entries().first().textContent()).toContain('part restored')
    await expect.poll(() => volume.textContent()).toBe(found)
    await button('Restore').click()
    const nothing = 'Semicircular canals: Restore changes nothing here.'
    await expect.poll(() => page.locator('#message p').textContent()).toBe(nothing)
  },
  patience
)

test(
  'a region that nothing bounds is not filled, and the page says why; strokes that end in a piece apart are removed',
  async () => {
    const before = await entries().count()
    await button('Fill').click()
    await dab()
    await expect.poll(() => page.locator('#message p').textContent()).toContain('Nothing bounds this region')
    expect(await entries().count()).toBe(before)
    await button('Paint').click()
    await dab()
    await expect.poll(() => entries().count()).toBe(before + 1)
    await button('Remove islands').click()
    await expect.poll(() => entries().first().textContent()).toContain('islands removed')
  },
  patience
)

test(
  'every edit is in the record that is exported, with the label that each voxel got',
  async () => {
    const files = await exported(page)
    const { changes } = JSON.parse(new TextDecoder().decode(files['corrections.json']))
    const edits = changes.filter(({ how }: { how?: string }) => how !== undefined)
    expect(edits.map(({ how, action }: { how: string; action: string }) => `${action} ${how}`)).toEqual([
      'change grow',
      'undo grow',
      'change shrink',
      'change restore',
      'change islands'
    ])
    for (const { to, runs } of edits) {
      expect(runs.length).toBeGreaterThan(0)
      for (const run of runs) expect([0, 1, 2, 3]).toContain(to ?? run.to)
    }
  },
  patience
)

test('on a phone the tools for editing are 44 px high and nothing is cut off at the side', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  const heights = await page.locator('#edit-bar button:visible').evaluateAll((buttons) => {
    return buttons.map((one) => Math.round(one.getBoundingClientRect().height))
  })
  expect(heights.length).toBeGreaterThan(8)
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
})

function button(name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

/** Clicks with the brush in the lower left of the axial slice, far from the ear. */
async function dab(): Promise<void> {
  const box = (await page.locator('.brush-layer').boundingBox()) ?? expect.unreachable()
  await page.mouse.click(box.x + box.width * 0.18, box.y + box.height * 0.42)
}

function entries(): Locator {
  return page.locator('.log li')
}

/** Of the latest change. */
async function voxels(): Promise<number> {
  const [, count = ''] = /([\d,]+) voxels/.exec((await entries().first().textContent()) ?? '') ?? []
  return Number(count.replaceAll(',', ''))
}

function quantity(name: string): Locator {
  return page.locator('tr', { has: page.getByRole('rowheader', { name, exact: true }) }).locator('b')
}

import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { useKnownSession } from './known-session.ts'

/** The cochlear view as a pane of its own; one ear is opened once. */
let page: Page

useKnownSession(async (opened) => {
  page = opened.page
  await page.getByRole('button', { name: 'Go to Helicotrema, left ear' }).click()
  await page.getByRole('button', { name: 'Cochlear', exact: true }).click()
  await page.locator('.cochlear .overlay > svg').first().waitFor()
})

test('it shows two slices of the scan, with outlines and the crosshair where it was', async () => {
  expect(await page.locator('.cochlear .overlay > svg').count()).toBe(2)
  const outlines = page.locator('.cochlear .section[stroke="rgb(224 72 58)"]')
  expect(await outlines.evaluateAll((paths) => paths.map((path) => path.getAttribute('d')?.length ?? 0))).toEqual([
    expect.toSatisfy((length: number) => length > 100),
    expect.toSatisfy((length: number) => length > 100)
  ])
  const grays = await page.locator('.cochlear canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement
    const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(
      0,
      0,
      canvas.width,
      canvas.height
    )
    return new Set(data).size
  })
  expect(grays).toBeGreaterThan(100)
  expect(await helicotrema('across').isVisible()).toBe(true)
  expect(await helicotrema('along').isVisible()).toBe(true)
})

test('the wheel goes through slices along the axis, and the crosshair goes along', async () => {
  const box = (await page.locator('.cochlear .overlay > svg').first().boundingBox()) ?? expect.unreachable()
  const before = await readout()
  await page.mouse.move(box.x + 30, box.y + 30)
  await page.mouse.wheel(0, 100)
  await page.locator('.cochlear').dispatchEvent('pointerleave')
  await expect.poll(readout).not.toBe(before)
  await page.getByRole('button', { name: 'Go to Helicotrema, left ear' }).click()
  await expect.poll(readout).toBe(before)
})

test('a landmark that is dragged there moves in the other slices, too', async () => {
  const box = (await helicotrema('across').boundingBox()) ?? expect.unreachable()
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 20, y + 10, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => page.locator('.log li').first().textContent()).toContain('Helicotrema, left ear moved by')
  const moved = (await helicotrema('across').boundingBox()) ?? expect.unreachable()
  expect(Math.hypot(moved.x - box.x - 20, moved.y - box.y - 10)).toBeLessThan(1.5)
  expect(await page.locator('.marks .sure').allTextContents()).toContain('by hand')
})

test('a double click leads back to all views, and a key to this one again', async () => {
  const box = (await page.locator('.cochlear .overlay > svg').last().boundingBox()) ?? expect.unreachable()
  await page.mouse.dblclick(box.x + 30, box.y + box.height - 60)
  await expect.poll(() => page.locator('.cochlear').count()).toBe(0)
  expect(await page.locator('.stage-area').isVisible()).toBe(true)
  await page.locator('.stage-area').focus()
  await page.keyboard.press('5')
  await expect.poll(() => page.locator('.cochlear').count()).toBe(1)
})

test('on a phone the two slices stand one above the other', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await expect
    .poll(() =>
      page
        .locator('.cochlear .overlay > svg')
        .evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().left))
    )
    .toEqual([0, 0])
})

function helicotrema(plane: string) {
  return page.locator(`.cochlear .handle[data-handle="${plane} helicotrema"]`)
}

async function readout(): Promise<string> {
  return (await page.locator('.cochlear .readout').textContent()) ?? ''
}

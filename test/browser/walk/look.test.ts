import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { useKnownSession } from './known-session.ts'

/** Looking at slices as in viewers that people know; one ear is opened once. */
let page: Page

useKnownSession((opened) => {
  page = opened.page
})

test('the wheel goes through slices, with Ctrl it zooms and the slice stays', async () => {
  const { x, y } = await axial()
  await page.mouse.move(x, y)
  const [place, length] = [await superior(), await outlineLength()]
  await page.mouse.wheel(0, 100)
  await expect.poll(superior).toBeLessThan(place - 0.1)
  const lower = await superior()
  await page.mouse.wheel(0, -100)
  await expect.poll(superior).toBeCloseTo(lower + 0.2, 1)
  await page.keyboard.down('Control')
  for (let n = 0; n < 4; n++) await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  expect(await outlineLength()).toBeGreaterThan(1.3 * length)
  expect(await superior()).toBeCloseTo(lower + 0.2, 1)
  await page.getByRole('button', { name: 'Reset view' }).click()
  await expect.poll(outlineLength).toBeLessThan(1.15 * length)
})

test('arrow keys move the crosshair, Page Up and Down go through slices', async () => {
  const { x, y } = await axial()
  await page.mouse.click(x, y)
  const before = await readout()
  await page.keyboard.press('ArrowRight')
  await expect.poll(readout).not.toBe(before)
  const place = await superior()
  await page.keyboard.press('PageDown')
  await expect.poll(superior).toBeLessThan(place - 0.1)
  await page.keyboard.press('PageUp')
})

test('a drag with the right button changes the window, presets and numbers set it, and the value is told', async () => {
  const { x, y } = await axial()
  await page.mouse.move(x, y)
  expect(await readout()).toMatch(/^[LR] [\d.]+ [AP] [\d.]+ [IS] [\d.]+ mm · −?\d+ HU · level 800, width 2800$/)
  await page.mouse.down({ button: 'right' })
  await page.mouse.move(x + 60, y, { steps: 3 })
  await page.mouse.up({ button: 'right' })
  await expect.poll(() => page.getByLabel('Window width, HU').inputValue()).toBe('3360')
  await page.getByRole('button', { name: 'Temporal bone' }).click()
  expect(await page.getByLabel('Window level, HU').inputValue()).toBe('700')
  await page.getByLabel('Window width, HU').fill('1000')
  await page.keyboard.press('Enter')
  expect(await page.getByRole('button', { name: 'Temporal bone' }).getAttribute('aria-pressed')).toBe('false')
  await page.getByRole('button', { name: 'Bone', exact: true }).click()
})

test('a double click fills the pane with one view, and another brings all back', async () => {
  const { x, y } = await axial()
  await page.mouse.dblclick(x, y)
  await expect.poll(() => page.locator('.overlay > svg').count()).toBe(1)
  await expect.poll(() => page.locator('.caption:visible').allTextContents()).toEqual(['Axial'])
  await page.mouse.dblclick(x + 20, y + 20)
  await expect.poll(() => page.locator('.overlay > svg').count()).toBe(3)
})

test('outlines are cut from the smooth surfaces, and every part and landmark can be hidden', async () => {
  const cochlea = page.locator('.section[stroke="rgb(224 72 58)"]').first()
  await page.getByRole('button', { name: 'Go to Helicotrema, left ear' }).click()
  const path = (await cochlea.getAttribute('d')) ?? ''
  const points = path.slice(1, path.indexOf('Z')).split('L')
  expect(points.length).toBeGreaterThan(20)
  await page.getByRole('button', { name: 'Show Cochlea' }).click()
  await expect.poll(() => cochlea.count()).toBe(0)
  await page.getByRole('button', { name: 'Show Helicotrema' }).click()
  await expect.poll(() => page.locator('.handle:visible', { hasText: 'Helicotrema' }).count()).toBe(0)
  for (const name of ['Show Cochlea', 'Show Helicotrema']) await page.getByRole('button', { name }).click()
})

test('a distance and an angle are put on a slice, in mm and degrees, and removed', async () => {
  const { x, y } = await axial()
  await page.getByRole('button', { name: 'Distance' }).click()
  await page.mouse.move(x - 40, y)
  await page.mouse.down()
  await page.mouse.move(x + 40, y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => page.locator('.overlay text').first().textContent()).toMatch(/^\d+\.\d\d mm$/)
  await page.getByRole('button', { name: 'Angle' }).click()
  for (const [dx, dy] of [
    [60, 0],
    [0, 0],
    [0, 60]
  ] as const)
    await page.mouse.click(x + dx, y + dy)
  await expect.poll(() => page.locator('.overlay text').last().textContent()).toMatch(/^(90\.0|89\.\d|90\.\d)°$/)
  await page.getByRole('button', { name: 'Remove rulers' }).click()
  await expect.poll(() => page.locator('.overlay text').count()).toBe(0)
  await page.getByRole('button', { name: 'Look', exact: true }).click()
})

test('help and shortcuts are listed on ?', async () => {
  await page.locator('.stage-area').focus()
  await page.keyboard.press('?')
  await page.getByRole('heading', { name: 'Shortcuts' }).waitFor()
  expect(await page.locator('#shortcuts dt').count()).toBeGreaterThan(8)
  await page.keyboard.press('Escape')
})

test('on a phone there is one view at a time, targets are 44 px, and nothing is cut off at the side', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(() => page.locator('.overlay > svg').count()).toBe(1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  const heights = await page.locator('button:visible:not(.handle)').evaluateAll((buttons) => {
    return buttons.map((button) => Math.round(button.getBoundingClientRect().height))
  })
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
  await page.getByRole('button', { name: 'Coronal' }).click()
  await expect.poll(() => page.locator('.caption:visible').allTextContents()).toEqual(['Coronal'])
})

/** A place within the axial slice, near its middle. */
async function axial(): Promise<{ readonly x: number; readonly y: number }> {
  // In one go: whenever slices are drawn, what lies over them is drawn anew.
  return page.evaluate(() => {
    const { x, y, width, height } = (document.querySelector('.overlay > svg') as Element).getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  })
}

async function readout(): Promise<string> {
  return (await page.locator('.readout').textContent()) ?? ''
}

/** Where the crosshair is along the body's axis, mm. */
async function superior(): Promise<number> {
  await page.locator('.stage-area').dispatchEvent('pointerleave')
  const [, letter = '', mm = ''] = /([IS]) ([\d.]+) mm/.exec(await readout()) ?? []
  return (letter === 'I' ? -1 : 1) * Number(mm)
}

/** How long the outlines in the axial slice are drawn, px. */
async function outlineLength(): Promise<number> {
  return page
    .locator('.overlay > svg')
    .first()
    .locator('.section')
    .evaluateAll((paths) => {
      const scale = (path: SVGPathElement): number => path.getCTM()?.a ?? 1
      return paths.reduce((sum, path) => {
        const drawn = path as SVGPathElement
        return sum + drawn.getTotalLength() * Math.abs(scale(drawn))
      }, 0)
    })
}

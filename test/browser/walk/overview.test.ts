import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratchFolder } from '../../support/scratch-folder.ts'
import { drop, openStage, patience, type Stage, smallModel, untilReady } from './page-under-test.ts'
import { pairOfEars, writeScan } from './scans.ts'

/** A head with two ears, which the page analyses once for all tests: both of them, and the whole scan in small. */
const folder = scratchFolder()
let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage(smallModel)
  page = (await stage.open()).page
  await drop(page, await writeScan(await pairOfEars(), folder, 'head.nii.gz'))
  await untilReady(page)
}, 4 * patience)
afterAll(() => stage?.close())

test('two ears stand side by side, the right one on the left, in pictures and numbers', async () => {
  expect(await page.locator('.ear-name').allTextContents()).toEqual(['Right ear', 'Left ear'])
  expect(await page.locator('#measurements thead th').allTextContents()).toEqual(['Quantity', 'Right', 'Left'])
  await page.getByRole('button', { name: 'Left', exact: true }).click()
  expect(await page.locator('.ear-name').allTextContents()).toEqual(['Left ear'])
})

test('the right ear has its rectangle on the left, the left ear on the right, unless slices are turned round', async () => {
  const [right, left] = [await boxOf('right'), await boxOf('left')]
  expect(right.x + right.width).toBeLessThan(left.x)
  await page.getByLabel('Radiological').uncheck()
  await expect.poll(async () => (await boxOf('right')).x).toBeGreaterThan((await boxOf('left')).x)
  await page.getByLabel('Radiological').check()
})

test('a click on an ear leads there, also to one that is not on show', async () => {
  await page.getByRole('button', { name: 'Right', exact: true }).click()
  expect(await page.locator('.ear-name').allTextContents()).toEqual(['Right ear'])
  const { x, y, width, height } = await boxOf('left')
  await page.mouse.click(x + 0.75 * width, y + 0.25 * height)
  await expect.poll(() => page.locator('.ear-name').allTextContents()).toEqual(['Left ear'])
  // Within the left ear's box, seen from below: farther to the left and to the front than its middle.
  const cross = (await page.locator('.whole').first().locator('.ear-cross').boundingBox()) ?? expect.unreachable()
  expect(cross.width).toBeGreaterThan(0)
  const outer = await place()
  await page.mouse.click(x + 0.25 * width, y + 0.75 * height)
  await expect.poll(async () => (await place()).left).toBeLessThan(outer.left - 5)
  expect((await place()).posterior).toBeGreaterThan(outer.posterior + 5)
})

test('the buttons below lead to the middle of each ear without a pointer', async () => {
  await page.getByRole('button', { name: 'Go to the right ear' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.ear-name').allTextContents()).toEqual(['Right ear'])
  await expect.poll(async () => (await place()).left).toBeLessThan(-20)
})

/** Where an ear is on the first picture, px. */
async function boxOf(side: string) {
  const box = await page.locator('.whole').first().locator(`[data-side="${side}"]`).boundingBox()
  return box ?? expect.unreachable()
}

/** The crosshair, mm to the left and to the back. */
async function place(): Promise<{ readonly left: number; readonly posterior: number }> {
  await page.locator('.stage-area').dispatchEvent('pointerleave')
  const text = (await page.locator('.readout').textContent()) ?? ''
  const [, x = '', a = '', y = '', b = ''] = /([LR]) ([\d.]+) ([AP]) ([\d.]+)/.exec(text) ?? []
  return { left: (x === 'R' ? -1 : 1) * Number(a), posterior: (y === 'A' ? -1 : 1) * Number(b) }
}

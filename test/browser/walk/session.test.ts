import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { expect, test } from 'vitest'
import { analysisResult } from '../../../src/report/result.ts'
import { runCli } from '../../support/run-cli.ts'
import { useKnownSession } from './known-session.ts'
import { drop, exported, patience, shownError, untilReady } from './page-under-test.ts'
import { knownEar, writeScan } from './scans.ts'

/** Nothing is lost, nothing is stale: one ear is opened once; what follows happens to it. */
let scan: string
let page: Page

const folder = useKnownSession(async (opened) => {
  page = opened.page
  scan = await writeScan(await knownEar(), folder, 'left.nii.gz')
})

test(
  'values follow the hand at every step, while intervals are still being made, and what was placed says so',
  async () => {
    await page.getByRole('button', { name: 'Go to Oval window, left ear' }).click()
    await page.locator('.handle:visible[aria-label^="Oval window, left ear, axial"]').focus()
    const distance = quantity('Oval window to round window')
    let last = await distance.textContent()
    for (let step = 0; step < 4; step++) {
      await page.keyboard.press('Shift+ArrowRight')
      await expect.poll(() => distance.textContent()).not.toBe(last)
      last = await distance.textContent()
    }
    expect(await page.locator('.marks .sure').allTextContents()).toContain('by hand')
    await concluded()
    // In a field, and behind a dialog, Ctrl+Z takes nothing back of what was corrected.
    await page.getByLabel('Window level, HU').focus()
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: 'Export…' }).click()
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Escape')
    expect(await page.locator('.log li').count()).toBe(4)
  },
  patience
)

test(
  'a file that cannot be read, dropped on a slice, leaves result and corrections, and the page asks before',
  async () => {
    const broken = join(folder, 'broken.nii.gz')
    await writeFile(broken, (await readFile(scan)).subarray(0, 20_000))
    await drop(page, broken)
    await page.getByText('4 corrections of left.otomark would be lost.').waitFor()
    await page.getByRole('button', { name: 'Stay here' }).click()
    expect(await page.locator('#message').isVisible()).toBe(false)
    await drop(page, broken)
    await page.getByRole('button', { name: 'Discard them' }).click()
    expect(await shownError(page)).toContain('broken.nii.gz')
    expect(await page.locator('#scan-name').textContent()).toBe('left.otomark')
    expect(await page.locator('.ear-name').allTextContents()).toEqual(['Left ear'])
    expect(await page.locator('.log li').count()).toBe(4)
  },
  patience
)

test('while a file is dragged over the page, it shows that it takes it anywhere', async () => {
  const canvas = page.locator('.stage-area canvas')
  const shows = (): Promise<boolean> => page.locator('.drop-here').isVisible()
  await canvas.dispatchEvent('dragover', { bubbles: true, cancelable: true })
  expect(await shows()).toBe(true)
  await canvas.dispatchEvent('dragleave', { bubbles: true, relatedTarget: null })
  expect(await shows()).toBe(false)
})

test(
  'a stray stroke is flagged as a loose piece, and one click removes it',
  async () => {
    const volume = quantity('Volume of the labyrinth')
    const before = await volume.textContent()
    await page.getByRole('button', { name: 'Paint', exact: true }).click()
    await page.getByLabel('Brush diameter').fill('1')
    await page.getByRole('button', { name: 'Dismiss' }).click()
    const box = await page.locator('.brush-layer').boundingBox()
    // In the lower left of the axial slice, far from the ear.
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.18, (box?.y ?? 0) + (box?.height ?? 0) * 0.42)
    const flag = page.locator('.flags li', { hasText: 'is connected to nothing else' })
    await flag.getByRole('button', { name: 'Remove it' }).click({ timeout: patience })
    await expect.poll(() => flag.count(), { timeout: patience }).toBe(0)
    await concluded()
    expect(await volume.textContent()).toBe(before)
  },
  patience
)

test(
  'after a reload the page goes on with what was found and corrected',
  async () => {
    const measured = await page.locator('#measurements table').textContent()
    await page.getByText('Kept in this browser').waitFor({ timeout: patience })
    await page.reload()
    await page.getByRole('button', { name: 'left.otomark', exact: true }).click()
    await untilReady(page)
    await concluded()
    expect(await page.locator('#measurements table').textContent()).toBe(measured)
    expect(await page.locator('.log li').count()).toBe(6)
    expect(await page.getByRole('button', { name: 'Undo', exact: true }).isEnabled()).toBe(true)
  },
  patience
)

test(
  'a session saved to a file is reopened by the page and by otomark analyze, with the same numbers',
  async () => {
    const { ears } = resultOf(await exported(page))
    await page.getByRole('button', { name: 'Export…' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: patience }),
      page.getByRole('button', { name: 'Save session' }).click()
    ])
    expect(download.suggestedFilename()).toBe('left.otomark')
    const file = join(folder, 'again', 'left.otomark')
    await download.saveAs(file)
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    // What is saved is closed without a question, and no longer kept.
    await page.getByRole('button', { name: 'Close scan' }).click()
    await page.getByText('Drop a CT scan here').waitFor()
    await expect.poll(() => page.locator('#kept li').count()).toBe(0)
    // Nor is it asked about when it was reopened from its file.
    for (let time = 0; time < 2; time++) {
      if (time > 0) await page.getByRole('button', { name: 'Close scan' }).click()
      await page.getByText('Drop a CT scan here').waitFor()
      await drop(page, file)
      await untilReady(page)
    }
    await concluded()
    expect(await page.locator('.log li').count()).toBe(6)
    expect(resultOf(await exported(page)).ears).toEqual(ears)

    const output = join(folder, 'reopened')
    expect(await runCli('analyze', file, '--output', output)).toMatchObject({ code: 0 })
    const written = analysisResult.parse(JSON.parse(await readFile(join(output, 'result.json'), 'utf8')))
    expect(written.ears).toEqual(ears)
    expect(JSON.parse(await readFile(join(output, 'corrections.json'), 'utf8')).changes).toHaveLength(6)
  },
  patience
)

test(
  'of two scans that follow each other at once only the second appears',
  async () => {
    const second = join(folder, 'second.otomark')
    await writeFile(second, await readFile(join(folder, 'left.otomark')))
    const opened: string[] = []
    page.on('worker', (worker) => opened.push(worker.url()))
    await drop(page, scan)
    await page.locator('#previews canvas').first().waitFor({ timeout: patience })
    await drop(page, second)
    const names = new Set<string>()
    await expect
      .poll(
        async () => {
          const isShown = (await page.locator('.pane[data-ready]').count()) > 0
          if (isShown) names.add((await page.locator('#scan-name').textContent()) ?? '')
          return isShown
        },
        { timeout: 2 * patience }
      )
      .toBe(true)
    expect([...names]).toEqual(['second.otomark'])
    // Chromium lets a worker that is computing go on for two seconds after it was ended.
    await expect.poll(() => page.workers().length).toBe(2)
    // The first scan was not analysed to its end, where its ears are measured.
    expect(opened.filter((address) => address.includes('measure-worker'))).toHaveLength(1)
  },
  3 * patience
)

function quantity(name: string): Locator {
  return page.locator('tr', { has: page.getByRole('rowheader', { name, exact: true }) }).locator('b')
}

async function concluded(): Promise<void> {
  await page.locator('#measurements[aria-busy="false"]').waitFor({ timeout: patience })
}

function resultOf(files: Readonly<Record<string, Uint8Array>>) {
  return analysisResult.parse(JSON.parse(new TextDecoder().decode(files['result/result.json'])))
}

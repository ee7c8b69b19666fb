import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from 'fast-png'
import type { ElementHandle, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedPage, servePage } from '../../../src/cli/app/serve-page.ts'
import { landmarkKinds } from '../../../src/core/anatomy.ts'
import { commandLine } from '../walk/agreement.ts'
import { writeKnownSession } from '../walk/known-session.ts'
import { copyPage, patience, smallModel } from '../walk/page-under-test.ts'
import { knownEar, writeScan } from '../walk/scans.ts'
import { findFirefox, hasScreen, openFirefox } from './firefox.ts'

const firefox = findFirefox() ?? ''

let folder: string
let scan: string
let served: ServedPage

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otomark-firefox-'))
  scan = await writeScan(await knownEar(), folder, 'left.nii.gz')
  served = await servePage(await copyPage(join(folder, 'page'), smallModel), 0)
}, patience)
afterAll(async () => {
  await served?.close()
  await rm(folder, { recursive: true, force: true })
})

describe.skipIf(firefox === '')('in Firefox', () => {
  test.skipIf(!hasScreen())(
    'an ear is found where the command line finds it, and its slices are drawn',
    async () => {
      await withPage(true, async (page, consoleErrors) => {
        await open(page, scan)
        expect(await page.$$eval('.undrawn', (all) => all.map((words) => words.textContent))).toEqual([])
        const { result } = await commandLine(scan, smallModel)
        const [ear] = result.ears
        const text = await page.$eval('body', (body) => body.innerText)
        for (const { id, name } of landmarkKinds) {
          const landmark = ear?.landmarks[id]
          if (landmark?.status !== 'defined') expect.unreachable()
          // Shown to a tenth; what two kinds of arithmetic make of a number may lie on either side of a half.
          const off = shownPlace(text, name).map((mm, axis) => Math.abs(mm - (landmark.position[axis] as number)))
          expect(Math.max(...off), name).toBeLessThan(0.06)
        }
        expect(await brightShare(page)).toBeGreaterThan(0.05)
        expect(consoleErrors).toEqual([])
      })
    },
    4 * patience
  )

  test(
    'without WebGL the page says that it cannot draw slices, and shows all numbers of a session',
    async () => {
      await withPage(false, async (page) => {
        await open(page, await writeKnownSession(folder))
        expect(await page.$eval('.undrawn', (words) => words.textContent)).toMatch(
          /^This browser cannot draw slices: it has no WebGL 2\. .* Numbers, report and export need no slices\.$/
        )
        expect(await page.$eval('body', (body) => body.innerText)).toMatch(/Volume of the labyrinth\s+[\d.]+ mm³/)
      })
    },
    4 * patience
  )
})

async function withPage(
  onScreen: boolean,
  use: (page: Page, consoleErrors: readonly string[]) => Promise<void>
): Promise<void> {
  const { browser, close } = await openFirefox(firefox, onScreen)
  try {
    const page = await browser.newPage()
    const consoleErrors: string[] = []
    page.on('pageerror', (error) => consoleErrors.push(String(error)))
    await page.setViewport({ width: 1280, height: 800 })
    await page.goto(served.address)
    await use(page, consoleErrors)
  } finally {
    await close()
  }
}

async function open(page: Page, path: string): Promise<void> {
  const input = (await page.$('#file')) as ElementHandle<HTMLInputElement>
  await input.uploadFile(path)
  await page.waitForSelector('.pane[data-ready=true]', { timeout: 3 * patience })
}

/** The place (mm) that the page's text gives under a landmark's name. */
function shownPlace(text: string, name: string): number[] {
  const [, ...numbers] = new RegExp(`${name}\\s+(−?[\\d.]+), (−?[\\d.]+), (−?[\\d.]+)`).exec(text) ?? []
  expect(numbers, name).toHaveLength(3)
  return numbers.map((number) => Number(number.replace('−', '-')))
}

/** Share of the screenshot of the slices that is not dark. */
async function brightShare(page: Page): Promise<number> {
  const canvas = await page.$('.stage-area canvas')
  const { data, channels } = decode((await canvas?.screenshot()) ?? new Uint8Array())
  let bright = 0
  for (let at = 0; at < data.length; at += channels) if ((data[at] as number) > 80) bright++
  return bright / (data.length / channels)
}

import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { type ServedPage, servePage } from '../../../src/cli/app/serve-page.ts'
import { chromiumArguments, findChromium } from '../chromium.ts'

const built = fileURLToPath(new URL('../../../dist/web', import.meta.url))

/** Two networks that know one ear; see its README. */
export const smallModel = fileURLToPath(new URL('./small-model', import.meta.url))

/** How long an analysis may take where the processor is shared, ms. */
export const patience = 240_000

/** The page as `otomark app` serves it, in a browser of its own. */
export interface PageUnderTest {
  readonly page: Page
  readonly context: BrowserContext
  readonly address: string
  /** Every address that was asked for. */
  readonly requests: readonly string[]
  /** What the browser refused, and what was thrown. */
  readonly consoleErrors: readonly string[]
}

export interface Stage {
  /** What is served. */
  readonly folder: string
  open(options?: BrowserContextOptions): Promise<PageUnderTest>
  close(): Promise<void>
}

/** Copies the built page. @param model the folder of another model than the default one */
export async function copyPage(folder: string, model?: string): Promise<string> {
  await cp(built, folder, { recursive: true })
  if (model !== undefined) {
    for (const name of ['detector.onnx', 'segmenter.onnx']) await cp(join(model, name), join(folder, 'model', name))
  }
  return folder
}

/** Starts the server and the browser. @param model the folder of another model than the default one */
export async function openStage(model?: string): Promise<Stage> {
  const folder = await copyPage(await mkdtemp(join(tmpdir(), 'otomark-page-')), model)
  const served: ServedPage = await servePage(folder, 0)
  const browser: Browser = await chromium.launch({ executablePath: findChromium() ?? '', args: chromiumArguments })
  return {
    folder,
    async open(options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options })
      const page = await context.newPage()
      const requests: string[] = []
      const consoleErrors: string[] = []
      context.on('request', (request) => requests.push(request.url()))
      page.on('console', (message) => {
        if (message.type() === 'error') consoleErrors.push(message.text())
      })
      page.on('pageerror', (error) => consoleErrors.push(error.message))
      await page.goto(served.address)
      return { page, context, address: served.address, requests, consoleErrors }
    },
    async close() {
      await browser.close()
      await served.close()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** Drops files or folders of the disk on the page, as a person does. */
export async function drop(page: Page, ...paths: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x: 640, y: 300, data })
  }
  await devtools.detach()
}

/** Waits until the ears are on the screen. */
export async function untilReady(page: Page): Promise<void> {
  await page
    .locator('.pane[data-ready], .message.error')
    .first()
    .waitFor({ timeout: 3 * patience })
  const error = await page
    .locator('.message.error')
    .textContent({ timeout: 200 })
    .catch(() => null)
  if (error !== null) throw new Error(error)
}

/** The error the page shows, once it shows one. */
export async function shownError(page: Page): Promise<string> {
  await page.locator('.message.error').waitFor({ timeout: patience })
  return (await page.locator('.message p').textContent()) ?? ''
}

/** Saves everything through the dialog. @returns the archive's files by name */
export async function exported(page: Page): Promise<Record<string, Uint8Array>> {
  await page.getByRole('button', { name: 'Export…' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: patience }),
    page.getByRole('button', { name: 'Save zip' }).click()
  ])
  const bytes = await readFile(await download.path())
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  return unzipSync(new Uint8Array(bytes))
}

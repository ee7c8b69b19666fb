import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readScan } from '../../../src/node/read-scan.ts'
import { encapsulated, encodeHtj2k } from '../../support/dicom-objects.ts'
import { writeDicomSeries } from '../../support/write-dicom-series.ts'
import { commandLine, expectAgreement } from './agreement.ts'
import { seriousFaults } from './axe.ts'
import { drop, exported, patience, shownError, smallModel, untilReady } from './page-under-test.ts'
import { knownEar } from './scans.ts'
import { useSmallStage } from './small-stage.ts'

/** What the page does besides its walk, with networks small enough for software WebGPU. */
const small = useSmallStage()

test(
  'what cannot be analysed is refused in the words of the command line; the next scan is read as if nothing had been',
  async () => {
    const { page } = await small.open()
    const refused = async (path: string): Promise<string> => {
      await drop(page, path)
      const expected = withoutFolders(await refusal(path))
      await expect.poll(async () => withoutFolders(await shownError(page))).toBe(expected)
      return expected
    }
    const broken = join(small.folder, 'broken.nii.gz')
    await writeFile(broken, (await readFile(small.scan)).subarray(0, 20_000))
    expect(await refused(broken)).toContain('broken.nii.gz')
    const unknown = join(small.folder, 'notes.txt')
    await writeFile(unknown, 'no scan')
    expect(await refused(unknown)).toContain('notes.txt')
    const gap = join(small.folder, 'gap')
    await writeDicomSeries(await knownEar(), gap, { edit: (slice, k) => (k === 30 ? undefined : slice) })
    expect(await refused(gap)).toContain('is missing about 1 slice')
    await drop(page, small.scan)
    await page.locator('#previews canvas').first().waitFor({ timeout: patience })
    expect(await page.locator('#message').isVisible()).toBe(false)
  },
  patience
)

test(
  'a cancelled analysis, here of a zipped series, ends its worker and leaves the page as it was',
  async () => {
    const { page } = await small.open()
    const [series, zip] = [join(small.folder, 'zipped'), join(small.folder, 'series.zip')]
    await writeDicomSeries(await knownEar(), series)
    const slices = await Promise.all(
      (await readdir(series)).map(async (name) => [name, await readFile(join(series, name))] as const)
    )
    await writeFile(zip, zipSync(Object.fromEntries(slices)))
    await drop(page, zip)
    await page.locator('#previews canvas').first().waitFor({ timeout: patience })
    expect(page.workers().length).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Drop a CT scan here').waitFor()
    expect(await page.locator('#message p').textContent()).toBe('The analysis was cancelled.')
    await expect.poll(() => page.workers().length).toBe(0)
  },
  patience
)

test(
  'a series in High-Throughput JPEG 2000 is decoded to the very pixels of the same series uncompressed',
  async () => {
    const ear = await knownEar()
    const [columns, rows] = ear.geometry.size
    const [plain, coded] = [join(small.folder, 'plain'), join(small.folder, 'coded')]
    const paths = await writeDicomSeries(ear, plain)
    await mkdir(coded)
    for (const path of paths) {
      const file = new Uint8Array(await readFile(path))
      const pixels = new Int16Array(file.slice(file.length - 2 * columns * rows).buffer)
      const frame = await encodeHtj2k(pixels, columns, rows)
      await writeFile(join(coded, basename(path)), encapsulated(file, '1.2.840.10008.1.2.4.201', [frame]))
    }
    const { page } = await small.open()
    const shown = async (folder: string): Promise<string[]> => {
      await drop(page, folder)
      await page.locator('#previews canvas').first().waitFor({ timeout: patience })
      const pictures = await page
        .locator('#previews canvas')
        .evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()))
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByText('Drop a CT scan here').waitFor()
      return pictures
    }
    const pictures = await shown(plain)
    expect(pictures.length).toBeGreaterThan(0)
    expect(new Set(pictures).size).toBe(pictures.length)
    expect(await shown(coded)).toEqual(pictures)
  },
  patience
)

test(
  'loaded once, it can be installed and works without a network: of the two series in a DICOM folder the chosen one is analysed',
  async () => {
    const { page, context } = await small.open()
    await page.locator('html[data-offline="ready"]').waitFor({ timeout: patience })
    const devtools = await context.newCDPSession(page)
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    // The only fault is the test's own: it browses privately.
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])
    await context.setOffline(true)
    await page.reload()
    const series = join(small.folder, 'series')
    const ear = await knownEar()
    await writeDicomSeries(ear, series, { prefix: 'thin', description: 'Temporal bone' })
    const soft = { prefix: 'soft', description: 'Soft kernel', seriesNumber: 2 }
    await writeDicomSeries(ear, series, { ...soft, edit: (slice, k) => (k < 20 ? slice : undefined) })
    await drop(page, series)
    const slices = ear.geometry.size[2]
    await page
      .getByRole('button', { name: new RegExp(`^1: Temporal bone ?${slices} slices`) })
      .click({ timeout: patience })
    await untilReady(page)
    const files = await exported(page)
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['result/segmentation.dcm', 'result/report.dcm']))
    await expectAgreement(files, await commandLine(series, smallModel, '1'), small.folder)
  },
  patience
)

test(
  'the policy lets the page reach nothing but its own origin',
  async () => {
    const { page, address } = await small.open()
    const headers = (await page.request.get(address)).headers()
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'")
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
    expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')).toContain(
      "connect-src 'self'"
    )
    const refused = await page.evaluate(async () => {
      const violation = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective))
      })
      await fetch('https://example.org/').catch(() => undefined)
      return violation
    })
    expect(refused).toBe('connect-src')
  },
  patience
)

test(
  'on a small screen in the light and a tablet in the dark all is reachable by keyboard, axe finds no serious fault, and nothing is cut off at the side',
  async () => {
    const screens = [
      { colorScheme: 'dark', width: 820, height: 1180 },
      { colorScheme: 'light', width: 1280, height: 720 }
    ] as const
    const { page } = await small.open()
    for (const { colorScheme, width, height } of screens) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height })
      await page.reload()
      expect(await seriousFaults(page)).toEqual([])
      for (const id of ['help', 'file']) {
        await page.keyboard.press('Tab')
        expect(await page.evaluate(() => document.activeElement?.id)).toBe(id)
      }
    }
    await drop(page, small.scan)
    await untilReady(page)
    for (const { colorScheme, width, height } of screens.toReversed()) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height })
      expect(await seriousFaults(page)).toEqual([])
      expect(await page.locator('#engine').isVisible()).toBe(true)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      const box = await page.locator('.stage-area canvas').first().boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThan(400)
      await page.locator('#close').focus()
      const reached = new Set<string>()
      for (let n = 0; n < 90; n++) {
        await page.keyboard.press('Tab')
        reached.add(
          await page.evaluate(
            () => document.activeElement?.getAttribute('data-handle') ?? document.activeElement?.textContent ?? ''
          )
        )
      }
      expect([...reached]).toEqual(
        expect.arrayContaining(['Export…', 'Paint', 'Outline', 'axial helicotrema', 'Helicotrema'])
      )
    }
  },
  2 * patience
)

async function refusal(path: string): Promise<string> {
  return readScan(path).then(
    () => 'was read',
    (error: Error) => error.message
  )
}

/** The command line names files within the folder given, the page with it. */
function withoutFolders(message: string): string {
  return message.replaceAll(/[\w./-]*\//g, '')
}

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { zipSync } from 'fflate'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readScan } from '../../../src/io/node/read-scan.ts'
import { writeDicomSeries } from '../../support/write-dicom-series.ts'
import { commandLine, expectAgreement } from './agreement.ts'
import {
  drop,
  exported,
  openStage,
  type PageUnderTest,
  patience,
  type Stage,
  shownError,
  smallModel,
  untilReady
} from './page-under-test.ts'
import { knownEar, pairOfEars, writeScan } from './scans.ts'

/** What the page does besides its walk, with networks small enough for software WebGPU. */
let stage: Stage
let folder: string
let scan: string
const opened: PageUnderTest[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otomark-page-'))
  scan = await writeScan(await knownEar(), folder, 'left.nii.gz')
  stage = await openStage(smallModel)
}, patience)

afterEach(async () => {
  for (const { context } of opened.splice(0)) await context.close()
})

afterAll(async () => {
  await stage?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(options?: Parameters<Stage['open']>[0]): Promise<PageUnderTest> {
  const one = await stage.open(options)
  opened.push(one)
  return one
}

describe('an engine that fails makes way for the next, and the page says so', () => {
  test(
    'a graphics card that is lost',
    async () => {
      const { page } = await open({ serviceWorkers: 'block' })
      await inWorker(page, loseGraphics)
      await page.selectOption('#preference', 'webgpu')
      await drop(page, scan)
      await untilReady(page)
      expect(await page.locator('#message p').textContent()).toMatch(
        /^Graphics card \(WebGPU\) failed; going on with: Processor/
      )
      expect(await page.locator('#engine').textContent()).toContain('graphics card (webgpu) failed')
    },
    patience
  )

  test(
    'memory that does not suffice for several threads',
    async () => {
      const { page } = await open({ serviceWorkers: 'block' })
      await inWorker(page, refuseMemory)
      await page.selectOption('#preference', 'wasm')
      await drop(page, scan)
      await untilReady(page)
      expect(await page.locator('#message p').textContent()).toBe(
        'Memory ran out; going on with: Processor (wasm, one thread).'
      )
    },
    patience
  )
})

test(
  'two ears stand side by side, the right one on the left, in pictures and numbers',
  async () => {
    const { page } = await open()
    await drop(page, await writeScan(await pairOfEars(), folder, 'head.nii.gz'))
    await untilReady(page)
    expect(await page.locator('.ear-name').allTextContents()).toEqual(['Right ear', 'Left ear'])
    expect(await page.locator('#measurements thead th').allTextContents()).toEqual(['Quantity', 'Right', 'Left'])
    await page.getByRole('button', { name: 'Left', exact: true }).click()
    expect(await page.locator('.ear-name').allTextContents()).toEqual(['Left ear'])
  },
  patience
)

test(
  'what cannot be analysed is refused in the words of the command line; the next scan is read as if nothing had been',
  async () => {
    const { page } = await open()
    const refused = async (path: string): Promise<string> => {
      await drop(page, path)
      const expected = withoutFolders(await refusal(path))
      await expect.poll(async () => withoutFolders(await shownError(page))).toBe(expected)
      return expected
    }
    const broken = join(folder, 'broken.nii.gz')
    await writeFile(broken, (await readFile(scan)).subarray(0, 20_000))
    expect(await refused(broken)).toContain('broken.nii.gz')
    const unknown = join(folder, 'notes.txt')
    await writeFile(unknown, 'no scan')
    expect(await refused(unknown)).toContain('notes.txt')
    const gap = join(folder, 'gap')
    await writeDicomSeries(await knownEar(), gap, { edit: (slice, k) => (k === 30 ? undefined : slice) })
    expect(await refused(gap)).toContain('is missing about 1 slice')
    await drop(page, scan)
    await page.locator('#previews canvas').first().waitFor({ timeout: patience })
    expect(await page.locator('#message').isVisible()).toBe(false)
  },
  patience
)

test(
  'a cancelled analysis, here of a zipped series, ends its worker and leaves the page as it was',
  async () => {
    const { page } = await open()
    const [series, zip] = [join(folder, 'zipped'), join(folder, 'series.zip')]
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
  'loaded once, it can be installed and works without a network: of the two series in a DICOM folder the chosen one is analysed',
  async () => {
    const { page, context } = await open()
    await page.locator('html[data-offline="ready"]').waitFor({ timeout: patience })
    const devtools = await context.newCDPSession(page)
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    // The only fault is the test's own: it browses privately.
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])
    await context.setOffline(true)
    await page.reload()
    const series = join(folder, 'series')
    const ear = await knownEar()
    await writeDicomSeries(ear, series, { prefix: 'thin', description: 'Temporal bone' })
    const soft = { prefix: 'soft', description: 'Soft kernel', seriesNumber: 2 }
    await writeDicomSeries(ear, series, { ...soft, edit: (slice, k) => (k < 20 ? slice : undefined) })
    await drop(page, series)
    const slices = ear.geometry.size[2]
    await page.getByRole('button', { name: `1: Temporal bone, ${slices} slices` }).click({ timeout: patience })
    await untilReady(page)
    await expectAgreement(await exported(page), await commandLine(series, smallModel, '1'), folder)
  },
  patience
)

test(
  'a server that sends no headers gives one thread, which the page says; the second visit has more',
  async () => {
    const server = createServer((request, response) => {
      const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html'
      const type = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' }[
        extname(name)
      ]
      readFile(join(stage.folder, name)).then(
        (bytes) => response.writeHead(200, { 'Content-Type': type ?? 'application/octet-stream' }).end(bytes),
        () => response.writeHead(404).end()
      )
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    try {
      const { page } = await open()
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      await page.selectOption('#preference', 'wasm')
      await drop(page, scan)
      await expect
        .poll(() => page.locator('#engine').textContent())
        .toMatch(/^Processor \(wasm, one thread\): .*no COOP and COEP headers/)
      await page.locator('html[data-offline="ready"]').waitFor({ timeout: patience })
      await page.reload()
      expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  },
  patience
)

test(
  'the policy lets the page reach nothing but its own origin',
  async () => {
    const { page, address } = await open()
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

test.each([
  ['a small screen in the light', 'light', 1280, 720],
  ['a tablet in the dark', 'dark', 820, 1180]
] as const)(
  'on %s all is reachable by keyboard, axe finds no serious fault, and nothing is cut off at the side',
  async (_, colorScheme, width, height) => {
    const { page } = await open({ colorScheme, viewport: { width, height }, bypassCSP: true })
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('file')
    await drop(page, scan)
    await untilReady(page)
    expect(await seriousFaults(page)).toEqual([])
    expect(await page.locator('#engine').isVisible()).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    const box = await page.locator('.stage-area canvas').first().boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThan(400)
    await page.locator('#close').focus()
    const reached = new Set<string>()
    for (let n = 0; n < 40; n++) {
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
  },
  patience
)

test(
  'on WebGPU: drop, analyse, drag, paint, export; the answer is that of the command line',
  async () => {
    const { page, complaints } = await open()
    await page.selectOption('#preference', 'webgpu')
    await drop(page, scan)
    await untilReady(page)
    expect(await page.locator('#engine').textContent()).toBe('Graphics card (WebGPU): as chosen')
    await expectAgreement(await exported(page), await commandLine(scan, smallModel), folder)

    const handle = page.locator('.handle:visible').first()
    await handle.focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('button', { name: 'Erase', exact: true }).click()
    const box = await page.locator('.brush-layer').boundingBox()
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 4, (box?.y ?? 0) + (box?.height ?? 0) / 4)
    const files = await exported(page)
    const { changes } = JSON.parse(new TextDecoder().decode(files['corrections.json']))
    expect(changes.map(({ what }: { what: string }) => what)).toEqual(['landmark', 'labels'])
    expect(complaints).toEqual([])
  },
  3 * patience
)

async function seriousFaults(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: 'node_modules/axe-core/axe.min.js' })
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
    }
    return (await axe.run()).violations
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

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

/** Puts code in front of the page's worker. */
async function inWorker(page: Page, code: () => void): Promise<void> {
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `(${code})();${await response.text()}` })
  })
}

/** The graphics card goes away once work has begun. */
function loseGraphics(): void {
  interface Device {
    destroy(): void
    readonly queue: { submit(buffers: unknown): void }
  }
  const { prototype } = (
    globalThis as unknown as { GPUAdapter: { prototype: { requestDevice(options: unknown): Promise<Device> } } }
  ).GPUAdapter
  const request = prototype.requestDevice
  prototype.requestDevice = async function (options) {
    const device = await request.call(this, options)
    const submit = device.queue.submit.bind(device.queue)
    let submitted = 0
    device.queue.submit = (buffers) => {
      if (++submitted === 20) device.destroy()
      submit(buffers)
    }
    return device
  }
}

/** Memory is not to be had in the worker that has several threads; in the next it is. */
function refuseMemory(): void {
  const { Memory } = WebAssembly
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      if (self.name.includes('threads')) throw new RangeError('WebAssembly.Memory(): could not allocate memory')
      super(descriptor)
    }
  }
}

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { commandLine, expectAgreement } from './agreement.ts'
import { drop, exported, patience, smallModel, untilReady } from './page-under-test.ts'
import { useSmallStage } from './small-stage.ts'

/** What computes in the page: graphics card, several threads or one; and what happens where one of them fails. */
const small = useSmallStage()

test(
  'on WebGPU: drop, analyse, drag, paint, export; the result is that of the command line',
  async () => {
    const { page, consoleErrors } = await small.open()
    await page.selectOption('#preference', 'webgpu')
    await drop(page, small.scan)
    await untilReady(page)
    expect(await page.locator('#engine').textContent()).toBe('Graphics card (WebGPU): as chosen')
    await expectAgreement(await exported(page), await commandLine(small.scan, smallModel), small.folder)

    const handle = page.locator('.handle:visible').first()
    await handle.focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('button', { name: 'Erase', exact: true }).click()
    const box = await page.locator('.brush-layer').boundingBox()
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 4, (box?.y ?? 0) + (box?.height ?? 0) / 4)
    const files = await exported(page)
    const { changes } = JSON.parse(new TextDecoder().decode(files['corrections.json']))
    expect(changes.map(({ what }: { what: string }) => what)).toEqual(['landmark', 'labels'])
    expect(consoleErrors).toEqual([])
  },
  3 * patience
)

describe('an engine that fails makes way for the next, and the page says so', () => {
  test(
    'a graphics card that is lost',
    async () => {
      const page = await analysedWith(loseGraphics, 'webgpu')
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
      const page = await analysedWith(refuseMemory, 'wasm')
      expect(await page.locator('#message p').textContent()).toBe(
        'Memory ran out; going on with: Processor (wasm, one thread).'
      )
    },
    patience
  )
})

test(
  'a server that sends no headers gives one thread, which the page says; the second visit has more',
  async () => {
    const server = createServer((request, response) => {
      const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html'
      const type = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' }[
        extname(name)
      ]
      readFile(join(small.stage.folder, name)).then(
        (bytes) => response.writeHead(200, { 'Content-Type': type ?? 'application/octet-stream' }).end(bytes),
        () => response.writeHead(404).end()
      )
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    try {
      const { page } = await small.open()
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      await page.selectOption('#preference', 'wasm')
      await drop(page, small.scan)
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

/** The page when it has analysed the scan, with code put in front of its worker, by an engine that was chosen. */
async function analysedWith(code: () => void, engine: 'webgpu' | 'wasm'): Promise<Page> {
  const { page } = await small.open({ serviceWorkers: 'block' })
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `(${code})();${await response.text()}` })
  })
  await page.selectOption('#preference', engine)
  await drop(page, small.scan)
  await untilReady(page)
  return page
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

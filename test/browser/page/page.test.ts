import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumArguments, findChromium } from '../chromium.ts'
import { type ServedPage, servePage } from './serve-page.ts'

interface Visit {
  readonly answer: unknown
  /** The onnxruntime-web files that the page fetched. */
  readonly files: readonly string[]
  /** Where else than to its own server the page turned. */
  readonly externalRequests: readonly string[]
  /** What the browser refused the page, or found wrong with it. */
  readonly consoleErrors: readonly string[]
}

let browser: Browser
const pages = new Map<boolean, ServedPage>()

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: chromiumArguments })
  for (const isolated of [true, false]) pages.set(isolated, await servePage(isolated))
})
afterAll(async () => {
  await browser.close()
  for (const page of pages.values()) await page.close()
})

/** @param missing a property of WebAssembly that the browser shall lack */
async function visit(provider: 'wasm' | 'webgpu', isolated: boolean, missing?: 'Suspending'): Promise<Visit> {
  const address = pages.get(isolated)?.address ?? ''
  const page = await browser.newPage()
  const requests: string[] = []
  const consoleErrors: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text())
  })
  page.on('pageerror', (error) => consoleErrors.push(error.message))
  if (missing !== undefined) await page.addInitScript(`delete WebAssembly.${missing}`)
  // What hangs is ended by the suite's own limit.
  page.setDefaultTimeout(0)
  await page.goto(`${address}?provider=${provider}`)
  const answer = await page.locator('[data-answer]').getAttribute('data-answer')
  await page.close()
  return {
    answer: JSON.parse(answer ?? 'null'),
    files: requests.filter((url) => url.includes('/onnxruntime/')).map((url) => url.split('/').at(-1) ?? ''),
    externalRequests: requests.filter((url) => !url.startsWith(address) && !url.startsWith('component:')),
    consoleErrors
  }
}

describe('under a Content-Security-Policy that lets it load from its own origin alone, a page', () => {
  it.each([
    { what: 'runs wasm on threads where it is isolated', provider: 'wasm', isolated: true, name: 'wasm, threads: 2' },
    { what: 'runs wasm on one thread where it is not', provider: 'wasm', isolated: false, name: 'wasm, threads: 1' },
    { what: 'runs WebGPU', provider: 'webgpu', isolated: true, name: 'webgpu' },
    { what: 'runs WebGPU where it is not isolated', provider: 'webgpu', isolated: false, name: 'webgpu' }
  ] as const)('$what', async ({ provider, isolated, name }) => {
    const { answer, externalRequests, consoleErrors } = await visit(provider, isolated)
    expect(answer).toEqual({ runtime: `onnxruntime-web (${name})`, result: [0, 2] })
    expect({ externalRequests, consoleErrors }).toEqual({ externalRequests: [], consoleErrors: [] })
  })

  it('fetches the build of WebGPU that can do without JSPI in a browser that lacks it, and only then', async () => {
    const [with_, without] = [await visit('webgpu', true), await visit('webgpu', true, 'Suspending')]
    expect(without.answer).toEqual({ runtime: 'onnxruntime-web (webgpu)', result: [0, 2] })
    expect(without.files).toContain('ort-wasm-simd-threaded.asyncify.wasm')
    expect(with_.files).toContain('ort-wasm-simd-threaded.jspi.wasm')
    expect(with_.files.join()).not.toContain('asyncify')
    expect(without.consoleErrors).toEqual([])
  })
})

import { cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { servePage } from '../../../src/cli/app/serve-page.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'
import { chromiumArguments, findChromium } from '../chromium.ts'
import { patience, smallModel } from '../walk/page-under-test.ts'
import { knownEar, writeScan } from '../walk/scans.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = scratchFolder()

/** A page of somebody else that uses the library. */
const html = '<!doctype html><title>mine</title><body><script type="module" src="./main.js"></script></body>'
const script = `
import { analyze, decodeScan, measureEar, openModel } from 'otomark'
import { fetchModelFiles, openWebRuntime } from 'otomark/browser'

const at = (name) => new URL(name, location.href)

async function answer() {
  const files = at(new URLSearchParams(location.search).get('files') ?? 'onnxruntime/').href
  const runtime = await openWebRuntime({ provider: 'wasm', files, threads: 2 })
  const addresses = { detector: at('model/detector.onnx'), segmenter: at('model/segmenter.onnx') }
  const model = await openModel(await fetchModelFiles(addresses), runtime)
  const bytes = new Uint8Array(await (await fetch(at('left.nii.gz'))).arrayBuffer())
  const { scan } = await decodeScan('left.nii.gz', bytes)
  const { ears } = await analyze(scan, model)
  return ears.map((ear) => ({
    side: ear.side,
    volume: measureEar(ear).find(({ id }) => id === 'labyrinth_volume').value
  }))
}

answer()
  .catch((error) => ({ error: error.stack }))
  .then((found) => {
    document.body.dataset.answer = JSON.stringify(found)
  })
`

test(
  'a page that Vite bundles with otomark/browser, as it is, finds an ear under a policy of its own origin alone, and is told of missing files',
  async () => {
    const [source, built] = [join(folder, 'source'), join(folder, 'built')]
    await mkdir(source)
    await writeFile(join(source, 'index.html'), html)
    await writeFile(join(source, 'main.js'), script)
    await build({
      root: source,
      configFile: false,
      logLevel: 'error',
      resolve: {
        alias: [
          { find: /^otomark$/, replacement: join(root, 'src/index.ts') },
          { find: /^otomark\/browser$/, replacement: join(root, 'src/browser.ts') }
        ]
      },
      build: { outDir: built, target: 'es2023' }
    })
    const packages = join(root, 'node_modules/onnxruntime-web/dist')
    for (const name of (await readdir(packages)).filter((file) => file.startsWith('ort-wasm-simd-threaded.'))) {
      await cp(join(packages, name), join(built, 'onnxruntime', name))
    }
    await cp(smallModel, join(built, 'model'), { recursive: true })
    await writeScan(await knownEar(), built, 'left.nii.gz')

    const served = await servePage(built, 0)
    const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: chromiumArguments })
    try {
      const page = await browser.newPage()
      const requests: string[] = []
      page.on('request', (request) => requests.push(request.url()))
      await page.goto(served.address)
      const answer = await page.locator('[data-answer]').getAttribute('data-answer', { timeout: patience })
      const [ear, ...others] = JSON.parse(answer ?? 'null')
      expect(others).toEqual([])
      expect(ear).toEqual({ side: 'left', volume: expect.any(Number) })
      expect(ear.volume).toBeGreaterThan(100)
      expect(ear.volume).toBeLessThan(400)
      expect(requests.filter((url) => !url.startsWith(served.address))).toEqual([])

      const other = await browser.newPage()
      await other.goto(`${served.address}?files=nowhere/`)
      const refusal = await other.locator('[data-answer]').getAttribute('data-answer', { timeout: patience })
      expect(refusal).toMatch(/nowhere\/ gives no ort-wasm-simd-threaded\.mjs .* copy both from onnxruntime-web/)
    } finally {
      await browser.close()
      await served.close()
    }
  },
  2 * patience
)

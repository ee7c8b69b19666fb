/**
 * What the page costs: bytes of a first load until it works offline, the processor's seconds and the clock's for the
 * analysis of a field of 25 mm on wasm with two threads beside the command line's, and the longest times the page's main
 * thread was taken meanwhile, when the result is drawn, and by what a person does with it then.
 * `npm run build && npx tsx bench/page.ts`; a scan of about 300³ voxels with `--field 36 --finest 0.1 --index 11`.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Page } from 'playwright'
import { servePage } from '../src/cli/app/serve-page.ts'
import { generateCase } from '../src/generate/case.ts'
import { caseOptions } from '../src/generate/sample/options.ts'
import { encodeNifti } from '../src/io/nifti/encode.ts'
import { chromiumArguments, findChromium } from '../test/browser/chromium.ts'
import { untilReady } from '../test/browser/walk/page-under-test.ts'
import { type LongestTask, longestTask, tasksOfEditing } from './page-tasks.ts'

const { values } = parseArgs({
  options: {
    field: { type: 'string', default: '25' },
    finest: { type: 'string', default: '0.2' },
    seed: { type: 'string', default: '11' },
    index: { type: 'string', default: '0' }
  }
})

/** Clock ticks of /proc/PID/stat in a second, on every Linux of today. */
const ticks = 100

interface Cost {
  /** Of all processors together. */
  readonly processorSeconds: number
  readonly clockSeconds: number
}

const folder = await mkdtemp(join(tmpdir(), 'otomark-bench-'))
const scan = join(folder, 'scan.nii.gz')
const field = Number(values.field)
const options = caseOptions.parse({ field: [field, field], finest: Number(values.finest) })
const { scan: generated } = generateCase(Number(values.seed), Number(values.index), options)
await writeFile(scan, encodeNifti(generated, { gzip: true }))
console.log(`a generated field of ${field} mm, ${generated.geometry.size.join(' × ')} voxels`)

const page = await openPage()
const loaded = await firstLoad(page)
console.log(`first load until it works offline: ${(loaded / 1e6).toFixed(1)} MB`)
const { cost: browser, tasks: analysing } = await inPage(page)
const tasks = await tasksOfEditing(page)
const alone = await onCommandLine()
await page.context().browser()?.close()
await rm(folder, { recursive: true, force: true })
for (const [name, { processorSeconds, clockSeconds }] of Object.entries({
  'page, wasm, 2 threads': browser,
  'command line, 2 threads': alone
})) {
  console.log(`${name}: ${processorSeconds.toFixed(1)} s of processors, ${clockSeconds.toFixed(1)} s by the clock`)
}
console.log(
  `page / command line: ${(browser.processorSeconds / alone.processorSeconds).toFixed(2)} of processors, ${(browser.clockSeconds / alone.clockSeconds).toFixed(2)} by the clock`
)
console.log('longest task of the main thread, ms of a processor (ms by the clock):')
for (const { what, processor, clock } of [...analysing, ...tasks]) {
  console.log(`  ${what}: ${processor.toFixed(0)} (${clock.toFixed(0)})`)
}
process.exit(0)

async function openPage(): Promise<Page> {
  const { address } = await servePage(new URL('../dist/web', import.meta.url).pathname, 0)
  const opened = await chromium.launch({ executablePath: findChromium() ?? '', args: chromiumArguments })
  const one = await opened.newPage()
  await one.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', {
      get() {
        return 2
      }
    })
  })
  await one.goto(address)
  return one
}

/** Bytes that the server sent, headers left out, until the service worker holds all that is needed offline. */
async function firstLoad(one: Page): Promise<number> {
  await one.locator('html[data-offline="ready"]').waitFor({ timeout: 600_000 })
  return one.evaluate(async () => {
    const [name = ''] = await caches.keys()
    const cache = await caches.open(name)
    let sum = 0
    for (const request of await cache.keys()) {
      const response = await cache.match(request)
      // What the server compressed on the way is counted as it was sent.
      sum += Number(response?.headers.get('content-length') ?? 0)
    }
    return sum
  })
}

async function inPage(one: Page): Promise<{ readonly cost: Cost; readonly tasks: readonly LongestTask[] }> {
  await one.selectOption('#preference', 'wasm')
  const devtools = await one.context().newCDPSession(one)
  const [began, before] = [performance.now(), await processorSeconds(process.pid)]
  const analysing = await longestTask(devtools, async () => {
    await one.setInputFiles('#file', scan)
    await one.locator('#working').waitFor({ state: 'visible' })
    // What comes with the result is told apart.
    await one.getByText(/^Measuring/).waitFor({ timeout: 900_000 })
  })
  let cost: Cost = { processorSeconds: 0, clockSeconds: 0 }
  const showing = await longestTask(devtools, async () => {
    await one.locator('#working').waitFor({ state: 'hidden', timeout: 900_000 })
    cost = {
      processorSeconds: (await processorSeconds(process.pid)) - before,
      clockSeconds: (performance.now() - began) / 1000
    }
    await untilReady(one)
  })
  const tasks = [
    { what: 'analysing', ...analysing },
    { what: 'drawing the result for the first time', ...showing }
  ]
  return { cost, tasks }
}

async function onCommandLine(): Promise<Cost> {
  const began = performance.now()
  const words = ['dist/cli/main.js', 'analyze', scan, '--output', join(folder, 'out'), '--threads', '2']
  const child = spawn('bash', ['-c', 'TIMEFORMAT="%U %S"; time node "$@" >&2', 'bash', ...words], {
    stdio: ['ignore', 'ignore', 'pipe']
  })
  let said = ''
  child.stderr.on('data', (piece) => {
    said += piece
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(said)
  const [user = 0, system = 0] = (said.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  return { processorSeconds: user + system, clockSeconds: (performance.now() - began) / 1000 }
}

/** Of all processes that came from this one. */
async function processorSeconds(root: number): Promise<number> {
  const stats = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))
  )
  const processes = new Map(
    stats.filter(Boolean).map((stat) => {
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number)
      const [, parent = 0] = fields
      const [user = 0, system = 0] = fields.slice(11, 13)
      return [Number.parseInt(stat, 10), { parent, seconds: (user + system) / ticks }] as const
    })
  )
  const isOurs = (pid: number): boolean =>
    pid === root || (processes.has(pid) && isOurs(processes.get(pid)?.parent ?? 0))
  return [...processes].reduce((sum, [pid, { seconds }]) => sum + (isOurs(pid) && pid !== root ? seconds : 0), 0)
}

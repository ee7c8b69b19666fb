import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { distance } from '../../../src/core/math/vector.ts'
import { readLabelMap } from '../../../src/node/read-scan.ts'
import type { TrainingCase } from '../../../src/train/cases/case-source.ts'
import { openCases, surveyCases } from '../../../src/train/cases/open-cases.ts'
import { parseTrainingConfiguration } from '../../../src/train/configuration.ts'
import { runCli } from '../../support/run-cli.ts'
import { tinyRecipe } from '../../train/tiny-configuration.ts'
import { commandLine, expectAgreement } from './agreement.ts'
import { drop, exported, openStage, type PageUnderTest, patience, type Stage, untilReady } from './page-under-test.ts'
import { generatedScan, writeScan } from './scans.ts'

/** The whole walk, on wasm and an oblique scan of a right ear: drop, analyse, drag, paint, undo, export, train on it. */
let stage: Stage
let folder: string
let scan: string
let opened: PageUnderTest
let untouched: Record<string, Uint8Array>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otomark-walk-'))
  scan = await writeScan(generatedScan('right', { oblique: true }), folder, 'oblique.nii.gz')
  stage = await openStage()
  opened = await stage.open()
  await opened.page.selectOption('#preference', 'wasm')
  await drop(opened.page, scan)
  await untilReady(opened.page)
}, patience)

afterAll(async () => {
  await stage?.close()
  await rm(folder, { recursive: true, force: true })
})

test('a dropped scan is analysed on as many threads as there are, and the page says so', async () => {
  const { page } = opened
  expect(await page.locator('#engine').textContent()).toMatch(/^Processor \(wasm, \d+ threads\): as chosen$/)
  expect(await page.locator('.ear-name').allTextContents()).toEqual(['Right ear'])
})

test(
  'what is exported untouched is what the command line writes',
  async () => {
    untouched = await exported(opened.page)
    const expected = await commandLine(scan)
    const names = Object.keys(expected.files).map((name) => `result/${name}`)
    expect(Object.keys(untouched)).toEqual(expect.arrayContaining(names))
    expect(Object.keys(untouched)).not.toContain('corrections.json')
    await expectAgreement(untouched, expected, folder)
  },
  patience
)

test(
  'dragging a landmark in a slice moves it there, and the measurements follow',
  async () => {
    const { page } = opened
    const before = await quantity(page, 'Oval window to round window')
    const handle = page.locator('.handle:visible').first()
    const name = await handle.locator('span').textContent()
    const { x, y } = await middleOf(page, handle)
    await page.mouse.click(x, y)
    expect(await page.getByRole('button', { name: 'Undo', exact: true }).isDisabled()).toBe(true)
    await page.mouse.down()
    await page.mouse.move(x + 12, y + 8, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => page.locator('.log li').first().textContent()).toContain(`${name}, right ear moved by`)
    const after = await middleOf(page, handle)
    expect(Math.hypot(after.x - x - 12, after.y - y - 8)).toBeLessThan(1.5)
    await nudge(page, 'Oval window')
    await expect.poll(() => quantity(page, 'Oval window to round window')).not.toBe(before)
  },
  patience
)

test(
  'strokes of the brush change labels and volumes, and are taken back',
  async () => {
    const { page } = opened
    const canals = async (): Promise<string> => quantity(page, 'Volume of the semicircular canals')
    await untilConcluded(page)
    const before = await canals()
    await page.getByRole('button', { name: 'Paint', exact: true }).click()
    await page.getByRole('button', { name: 'Semicircular canals', exact: true }).click()
    await page.getByLabel('Brush diameter').fill('3')
    await stroke(page)
    await expect
      .poll(() => page.locator('.log li').first().textContent())
      .toMatch(/voxels, right ear, painted semicircular canals/)
    await expect.poll(canals).not.toBe(before)
    const painted = await canals()
    expect(Number.parseFloat(painted)).toBeGreaterThan(Number.parseFloat(before))
    await untilConcluded(page)
    expect(await canals()).toBe(painted)
    await page.keyboard.press('Control+z')
    await expect.poll(canals).toBe(before)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(canals).toBe(painted)
  },
  patience
)

test(
  'the export holds the corrections, a record of each, and a case that training learns from',
  async () => {
    const files = await exported(opened.page)
    const { changes } = JSON.parse(text(files['corrections.json']))
    const actions = changes.map(({ action, what }: { action: string; what: string }) => `${action} ${what}`)
    expect(actions.slice(0, 1)).toEqual(['change landmark'])
    expect(actions.slice(-3)).toEqual(['change labels', 'undo labels', 'redo labels'])
    expect(changes[0]).toMatchObject({ ear: 'right', from: expect.any(Array), to: expect.any(Array) })
    expect(changes.at(-1).runs[0]).toMatchObject({
      start: expect.any(Array),
      length: expect.any(Number),
      from: expect.any(Number)
    })
    expect(
      Buffer.compare(files['result/labels.nii.gz'] as Buffer, untouched['result/labels.nii.gz'] as Buffer)
    ).not.toBe(0)
    expect(JSON.parse(text(files['result/result.json'])).flags.at(-1).text).toContain('corrected by hand')

    for (const [name, bytes] of Object.entries(files)) {
      await mkdir(dirname(join(folder, 'export', name)), { recursive: true })
      await writeFile(join(folder, 'export', name), bytes)
    }
    const labelled = [{ folder: join(folder, 'export', 'cases'), share: 1, heldOut: 0, seed: 1 }]
    const recipe = { ...tinyRecipe, labelled, validation: { cases: 0 } }
    const learntFrom = await firstCase(recipe)
    for (const landmark of learntFrom.landmarks) {
      const last = changes.findLast((change: { landmark?: string }) => change.landmark === landmark.id)
      if (last === undefined) continue
      expect(landmark.status === 'defined' && distance(landmark.position, last.to)).toBeLessThan(1e-6)
    }
    const { geometry } = await readLabelMap(join(folder, 'export/cases/oblique/labels.nii.gz'))
    const labels = learntFrom.labels?.(geometry) as Uint8Array
    const [nx, ny] = geometry.size
    const { runs, to } = changes.at(-1)
    for (const { start, length } of runs) {
      const first = start[0] + nx * (start[1] + ny * start[2])
      expect(new Set(labels.subarray(first, first + length))).toEqual(new Set([to]))
    }

    await writeFile(join(folder, 'recipe.json'), JSON.stringify(recipe))
    const trained = await runCli('train', join(folder, 'recipe.json'), '--output', join(folder, 'run'))
    expect(trained).toMatchObject({ code: 0 })
    expect(trained.err).toContain('cases: 1 labelled cases of')
  },
  patience
)

test('through all of this nothing left the origin and nothing was refused or thrown', () => {
  const { address, requests, consoleErrors } = opened
  expect(requests.filter((url) => !url.startsWith(address) && !/^(component|data):/.test(url))).toEqual([])
  expect(consoleErrors).toEqual([])
})

/** What a training run by this recipe takes its first sample from. */
async function firstCase(recipe: object): Promise<TrainingCase> {
  const configuration = parseTrainingConfiguration(recipe, 'recipe.json')
  return openCases(configuration, await surveyCases(configuration)).draw(0)
}

/** Waits until intervals, flags and surfaces are those of the corrections as they are. */
async function untilConcluded(page: Page): Promise<void> {
  await page.locator('#measurements[aria-busy="false"]').waitFor({ timeout: patience })
}

async function nudge(page: Page, landmark: string): Promise<void> {
  await page.getByRole('button', { name: `Go to ${landmark}, right ear` }).click()
  const handle = page.locator(`.handle:visible[aria-label^="${landmark}, right ear, axial"]`)
  await handle.focus()
  await page.keyboard.press('Shift+ArrowRight')
}

async function stroke(page: Page): Promise<void> {
  const box = await page.locator('.brush-layer').boundingBox()
  if (box === null) throw new Error('there is nothing to paint on')
  const [x, y] = [box.x + box.width / 4, box.y + box.height / 4]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 30, y + 10, { steps: 5 })
  await page.mouse.up()
}

async function middleOf(page: Page, handle: ReturnType<Page['locator']>): Promise<{ x: number; y: number }> {
  const box = await handle.boundingBox()
  if (box === null) throw new Error(`the landmark is not on ${page.url()}`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function quantity(page: Page, name: string): Promise<string> {
  return (
    (await page
      .locator('tr', { has: page.getByRole('rowheader', { name, exact: true }) })
      .locator('b')
      .textContent()) ?? ''
  )
}

function text(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes)
}

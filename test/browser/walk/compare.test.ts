import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { expect, test } from 'vitest'
import { createGeometry, type Geometry, worldFromIndex } from '../../../src/core/geometry/geometry.ts'
import { multiply, transform } from '../../../src/core/math/vector.ts'
import type { Scan } from '../../../src/core/volume.ts'
import { encodeNifti } from '../../../src/io/nifti/encode.ts'
import { readLabelMap } from '../../../src/node/read-scan.ts'
import { seriousFaults } from './axe.ts'
import { useKnownSession, writeKnownSession } from './known-session.ts'
import { exported, patience } from './page-under-test.ts'
import { knownEar, mirrored, moved, writeScan } from './scans.ts'

/** What is compared with the known left ear; one page for all tests, each of which ends its comparison. */
let page: Page
let scan: Scan
/** What the page exports of the scan on show. */
let files: Readonly<Record<string, Uint8Array>>

const folder = useKnownSession(async (opened) => {
  page = opened.page
  scan = await knownEar()
  files = await exported(page)
})

test('what was found is compared with what was made of it, and what was looked at before comes back', async () => {
  await open()
  expect(await page.locator('#compare-found').isDisabled()).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Go to Round window, left ear' }).click()
  await page.locator('.handle:visible[aria-label^="Round window, left ear, axial"]').focus()
  await page.keyboard.press('Shift+ArrowRight')
  await open()
  await page.getByRole('button', { name: 'Compare with it' }).click()
  await shown()
  expect(await page.locator('.ear-name').allTextContents()).toEqual([
    'Left ear · as it is now',
    'Left ear · as it was found'
  ])
  expect(await page.locator('.comparison-bar p').textContent()).toContain('coordinates of the one scan')
  await expect.poll(() => distanceOf('Round window')).toBeCloseTo(0.5, 2)
  expect(await distanceOf('Helicotrema')).toBe(0)
  expect(await agreement('Cochlea')).toEqual(['1.000', '0.0 mm³ (0.0 %)', '0.00 mm'])
  // The compared ear is looked at only.
  expect(await page.locator('.pane.other button.handle').count()).toBe(0)
  expect(await page.locator('.pane.other .handle.fixed:visible').count()).toBeGreaterThan(0)
  await end()
  expect(await page.locator('.ear-name').allTextContents()).toEqual(['Left ear'])
  expect(await page.locator('.overlay > svg').count()).toBe(3)
  expect(await page.locator('.log li').count()).toBe(1)
  await page.keyboard.press('Control+z')
})

test('one crosshair, one zoom and one window are those of both panes, whichever they are set in', async () => {
  await compareWith('compare-labels', await labelsOfTheScan('same.nii.gz', (labels) => labels))
  const other = page.locator('.pane.other .stage-area')
  const box = (await other.boundingBox()) ?? expect.unreachable()
  await page.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.45)
  await page.mouse.move(5, 5)
  const places = async () => [
    await readout(page.locator('.pane:not(.other)')),
    await readout(page.locator('.pane.other'))
  ]
  await expect.poll(async () => new Set(await places()).size).toBe(1)
  const before = await places()
  await other.focus()
  await page.keyboard.press('PageUp')
  await expect.poll(places).not.toEqual(before)
  expect(new Set(await places()).size).toBe(1)
  const scales = () =>
    page.locator('.overlay .section').evaluateAll((paths) => paths.map((path) => (path as SVGPathElement).getCTM()?.a))
  const small = await scales()
  await page.keyboard.press('+')
  await expect.poll(async () => Math.min(...((await scales()) as number[]))).toBeGreaterThan(1.1 * (small[0] ?? 0))
  expect(new Set((await scales()).map((one) => one?.toFixed(3))).size).toBe(1)
  await page.getByRole('button', { name: 'Coronal' }).click()
  await expect.poll(() => page.locator('.caption:visible').allTextContents()).toEqual(['Coronal', 'Coronal'])
  await end()
})

test('reference labels are compared part by part, in another order of axes too', async () => {
  // One row of voxels fewer of every part, and the file's first axis the other way round.
  const path = await labelsOfTheScan('reference.nrrd.nii.gz', (labels, [nx]) =>
    labels.map((label, at) => (at % nx > 0 && labels[at - 1] !== label ? 0 : label))
  )
  await compareWith('compare-labels', path)
  await expect.poll(() => page.locator('.ear-name').last().textContent()).toBe('Left ear · reference.nrrd.nii.gz')
  const [dice = '', volume = '', surface = ''] = await agreement('Vestibule')
  expect(Number(dice)).toBeGreaterThan(0.7)
  expect(Number(dice)).toBeLessThan(1)
  expect(volume).toMatch(/^−\d+\.\d mm³ \(−\d+\.\d %\)$/)
  expect(Number.parseFloat(surface)).toBeGreaterThan(0)
  const [now, reference, difference] = await row('Volume of the vestibule')
  expect(Number(reference)).toBeLessThan(Number(now))
  expect(difference).toMatch(/^−\d+\.\d mm³$/)
  await end()
})

test('labels of 1 alone are the labyrinth as a whole, of which nothing is measured', async () => {
  await compareWith(
    'compare-labels',
    await labelsOfTheScan('whole.nii.gz', (labels) => labels.map((one) => Number(one > 0)))
  )
  expect(await agreement('Labyrinth')).toEqual(['1.000', '0.0 mm³ (0.0 %)', '0.00 mm'])
  expect(await page.locator('#comparison').textContent()).toContain('do not distinguish the parts')
  expect(await page.locator('#comparison caption').allTextContents()).toEqual(['Outlines'])
  await end()
})

test(
  'a scan of the same ear in another position is linked through the ears, and shown in the same plane',
  async () => {
    await compareWith('compare-file', await writeKnownSession(folder, { name: 'after', scan: moved(scan) }))
    expect(await page.locator('.comparison-bar p').textContent()).toContain('through the ears’ own frames')
    for (const name of ['Helicotrema', 'Oval window', 'Round window']) expect(await distanceOf(name)).toBeLessThan(0.5)
    const [here, there] = [await readout(page.locator('.pane:not(.other)')), await readout(page.locator('.pane.other'))]
    expect(here).not.toBe(there)
    const [now, after] = (await row('Volume of the labyrinth')).map(Number)
    expect(Math.abs((after ?? 0) / (now ?? 1) - 1)).toBeLessThan(0.05)
    expect(Math.abs(Number.parseFloat(((await row('A value')).at(-1) ?? '').replace('−', '-')))).toBeLessThan(0.2)
    await end()
  },
  patience
)

test(
  'what does not fit is refused in one line, and the page stays as it was',
  async () => {
    const names = ['coarse.nii.gz', 'numbers.nii.gz', 'right.otomark', 'air.nii.gz']
    const { geometry, data } = await readLabelMap(await labelsOfTheScan('plain.nii.gz', (labels) => labels))
    const shifted = createGeometry({
      ...geometry,
      origin: [geometry.origin[0] + 1, geometry.origin[1], geometry.origin[2]]
    })
    const [coarse, numbers] = await Promise.all([
      writeLabels('coarse.nii.gz', shifted, data),
      writeLabels(
        'numbers.nii.gz',
        geometry,
        data.map((label) => (label === 3 ? 7 : label))
      )
    ])
    const right = await writeKnownSession(folder, { name: 'right', scan: mirrored(scan) })
    const air = await writeScan({ ...scan, data: new Int16Array(scan.data.length).fill(-1000) }, folder, 'air.nii.gz')
    const said = [
      await refusal('compare-labels', coarse),
      await refusal('compare-labels', numbers),
      await refusal('compare-file', right),
      await refusal('compare-file', air)
    ]
    for (const [n, line] of said.entries()) {
      expect(line).toContain(names[n])
      expect(line).not.toContain('bug')
    }
    expect(said[0]).toContain('another grid')
    expect(said[1]).toContain('the label 7')
    expect(said[2]).toContain('shows the right ear, the scan on show the left ear')
    expect(await page.locator('.message').isHidden()).toBe(true)
    expect(await page.locator('.pane').count()).toBe(1)
  },
  2 * patience
)

test('the folder of a result is compared with its own landmarks and values', async () => {
  const result = join(folder, 'result')
  await mkdir(result)
  for (const name of ['labels.nii.gz', 'result.json'])
    await writeFile(join(result, name), files[`result/${name}`] ?? '')
  await compareWith('compare-result', result)
  expect(await distanceOf('Helicotrema')).toBeLessThan(0.01)
  expect((await row('A value')).at(-1)).toBe('0.00 mm')
  await end()
})

test('dialog and comparison are free of serious faults, on a phone one pane is seen and a switch shows the other', async () => {
  await open()
  expect(await seriousFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await compareWith('compare-labels', join(folder, 'plain.nii.gz'))
  expect(await seriousFaults(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  const seen = () => page.locator('.ear-name:visible').allTextContents()
  await expect.poll(seen).toEqual(['Left ear · plain.nii.gz'])
  await page.getByRole('button', { name: 'Shown', exact: true }).click()
  await expect.poll(seen).toEqual(['Left ear · as it is now'])
  const heights = await page.locator('#ready button:visible:not(.handle)').evaluateAll((buttons) => {
    return buttons.map((button) => Math.round(button.getBoundingClientRect().height))
  })
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  expect(await seriousFaults(page)).toEqual([])
  await page.setViewportSize({ width: 1280, height: 720 })
  await end()
})

async function open(): Promise<void> {
  await page.getByRole('button', { name: 'Compare…' }).click()
  await page.getByRole('heading', { name: 'Compare', exact: true }).waitFor()
}

async function compareWith(input: string, path: string): Promise<void> {
  await open()
  await page.setInputFiles(`#${input}`, path)
  await shown()
}

/** Waits until the compared ear is drawn, or tells why it is not. */
async function shown(): Promise<void> {
  await page.locator('.pane.other[data-ready], #compare-state.refused').first().waitFor({ timeout: patience })
  expect(await page.locator('#compare-state.refused').count()).toBe(0)
  await page.locator('#comparison caption').first().waitFor()
}

async function end(): Promise<void> {
  await page.getByRole('button', { name: 'End comparison' }).click()
  await expect.poll(() => page.locator('.pane.other').count()).toBe(0)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('compare')
}

async function refusal(input: string, path: string): Promise<string> {
  await open()
  await page.setInputFiles(`#${input}`, path)
  const line = page.locator('#compare-state.refused')
  await line.waitFor({ timeout: patience })
  const text = (await line.textContent()) ?? ''
  await page.locator('#compare-close').click()
  return text
}

function row(name: string): Promise<string[]> {
  return cells(page.locator('#comparison tr', { has: page.getByRole('rowheader', { name, exact: true }) }).last())
}

/** Dice, volume and distance of surfaces of a part. */
async function agreement(part: string): Promise<string[]> {
  const outlines = page.locator('#comparison table', { hasText: 'Dice' })
  return cells(outlines.locator('tr', { has: page.getByRole('rowheader', { name: part, exact: true }) }))
}

async function distanceOf(landmark: string): Promise<number> {
  return Number.parseFloat((await row(landmark))[0] ?? '')
}

async function cells(of: Locator): Promise<string[]> {
  await of.waitFor()
  return of.locator('td').allTextContents()
}

async function readout(pane: Locator): Promise<string> {
  return (await pane.locator('.stage-area:visible .readout').textContent()) ?? ''
}

/** The labels of the page's own result, changed, in a file. */
async function labelsOfTheScan(
  name: string,
  change: (labels: Uint8Array, size: Geometry['size']) => Uint8Array
): Promise<string> {
  const own = join(folder, 'own.nii.gz')
  await writeFile(own, files['result/labels.nii.gz'] ?? '')
  const { geometry, data } = await readLabelMap(own)
  return writeLabels(name, geometry, change(data, geometry.size))
}

/** Labels in a file whose first axis runs the other way. */
async function writeLabels(name: string, geometry: Geometry, data: Uint8Array): Promise<string> {
  const [nx] = geometry.size
  const turned = data.map((_, at) => data[at - (at % nx) + (nx - 1 - (at % nx))] as number)
  const { matrix, offset } = worldFromIndex(geometry)
  const last = transform(matrix, [nx - 1, 0, 0]).map((mm, axis) => mm + (offset[axis] as number))
  const grid = createGeometry({
    ...geometry,
    origin: last as unknown as Geometry['origin'],
    direction: multiply(geometry.direction, [-1, 0, 0, 0, 1, 0, 0, 0, 1])
  })
  const path = join(folder, name)
  await writeFile(path, encodeNifti({ geometry: grid, data: turned }, { gzip: true }))
  return path
}

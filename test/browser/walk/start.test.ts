import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeDicomSeries } from '../../support/write-dicom-series.ts'
import { drop, patience, untilReady } from './page-under-test.ts'
import { knownEar } from './scans.ts'
import { useSmallStage } from './small-stage.ts'

/** The first screen: an example, help, and which of several series to read. */
const small = useSmallStage()

/** Of all that is fetched before a scan is opened, bytes. */
const largestFirstLoad = 15e6

test(
  'what the first visit fetches, all that an analysis without a network needs, is at most 15 MB and holds no example',
  async () => {
    const { context, address } = await small.open({ serviceWorkers: 'allow' })
    const page = await context.newPage()
    await page.goto(address)
    await page.locator('html[data-offline="ready"]').waitFor({ timeout: patience })
    const kept = await page.evaluate(async () => {
      const files: (readonly [name: string, bytes: number])[] = []
      for (const name of await caches.keys()) {
        const cache = await caches.open(name)
        for (const request of await cache.keys()) {
          const body = await (await cache.match(request))?.arrayBuffer()
          files.push([new URL(request.url).pathname, body?.byteLength ?? 0])
        }
      }
      return files
    })
    const total = kept.reduce((sum, [, bytes]) => sum + bytes, 0)
    expect(total).toBeGreaterThan(1e6)
    expect(total).toBeLessThanOrEqual(largestFirstLoad)
    expect(kept.map(([name]) => name).join()).not.toContain('example')
  },
  patience
)

test(
  'the example is the generated scan of the repository; one click opens it',
  async () => {
    const served = join(small.stage.folder, 'example/generated-ear.nii.gz')
    expect(await readFile(served)).toEqual(await readFile('examples/generated-ear.nii.gz'))
    // The small networks know another ear.
    await cp(small.scan, served)
    const { page } = await small.open()
    expect(await page.locator('.first').textContent()).toContain('generated')
    await page.getByRole('button', { name: 'Try the example' }).click()
    await untilReady(page)
    expect(await page.locator('#scan-name').textContent()).toBe('generated-ear.nii.gz')
    expect(await page.locator('.ear-name').allTextContents()).toEqual(['Left ear'])
  },
  patience
)

test(
  'an example that cannot be fetched is told, and the page stays as it was',
  async () => {
    const { page } = await small.open({ serviceWorkers: 'block' })
    await page.route('**/example/*', (route) => route.abort())
    await page.getByRole('button', { name: 'Try the example' }).click()
    await expect.poll(() => page.locator('#message p').textContent()).toContain('The example could not be fetched')
    expect(await page.getByRole('button', { name: 'Try the example' }).isEnabled()).toBe(true)
    await page.getByRole('button', { name: 'Help and shortcuts', exact: true }).last().click()
    expect(await page.locator('#help-dialog li').count()).toBe(5)
  },
  patience
)

test(
  'series are offered with a picture, their slices and thickness, and the finest is recommended',
  async () => {
    const { page } = await small.open()
    const ear = await knownEar()
    const folder = join(small.folder, 'two')
    const slices = ear.geometry.size[2]
    await writeDicomSeries(ear, folder, { prefix: 'thin', description: 'Bone' })
    const thick = { prefix: 'thick', description: 'Soft', seriesNumber: 2 }
    await writeDicomSeries(ear, folder, { ...thick, edit: (slice, k) => (k % 2 === 0 ? slice : undefined) })
    await drop(page, folder)
    const [first, second] = [page.locator('.series li').first(), page.locator('.series li').last()]
    await first.waitFor({ timeout: patience })
    expect(await first.textContent()).toMatch(new RegExp(`^1: Bone${slices} slices.*Recommended: the finest slices$`))
    expect(await second.textContent()).toMatch(
      new RegExp(`^2: Soft${Math.ceil(slices / 2)} slices, 0.2 mm, every 0.4 mm$`)
    )
    const pictures = await page
      .locator('.series-picture canvas')
      .evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL().length))
    expect(pictures).toHaveLength(2)
    // A picture of an ear, not of nothing.
    expect(Math.min(...pictures)).toBeGreaterThan(2000)
    await page.locator('#series-cancel').click()
  },
  patience
)

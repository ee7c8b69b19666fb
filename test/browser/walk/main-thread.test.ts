import type { CDPSession, Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { voxelCount } from '../../../src/core/geometry/geometry.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'
import { writeKnownSession } from './known-session.ts'
import { drop, openStage, patience, type Stage, smallModel, untilReady } from './page-under-test.ts'
import { knownEar } from './scans.ts'

/**
 * What the page's own code does on its main thread is counted, not timed: V8 tells how often each block of it ran, which a
 * busy machine does not change. A block that runs as often as the ear has voxels is work that grows with the scan and takes
 * long in a large one; such belongs into a worker, or into the box of the labels.
 */
const folder = scratchFolder()
let stage: Stage
let page: Page
let devtools: CDPSession
let voxels: number

beforeAll(async () => {
  stage = await openStage(smallModel)
  page = (await stage.open()).page
  devtools = await page.context().newCDPSession(page)
  await devtools.send('Profiler.enable')
  await devtools.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const scan = await knownEar()
  voxels = voxelCount(scan.geometry)
  const session = await writeKnownSession(folder, { name: 'left', scan })
  expect(
    await busiest(async () => {
      await drop(page, session)
      await untilReady(page)
    })
  ).toBeLessThan(voxels)
}, 2 * patience)
afterAll(() => stage?.close())

test('going through slices and dragging a landmark', async () => {
  const { x, y } = await axial()
  await page.mouse.move(x, y)
  expect(await busiest(() => page.mouse.wheel(0, 100))).toBeLessThan(voxels)
  await page.getByRole('button', { name: 'Go to Round window, left ear' }).click()
  const box =
    (await page.locator('.handle:visible[aria-label^="Round window"]').first().boundingBox()) ?? expect.unreachable()
  const [left, top] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(left, top)
  await page.mouse.down()
  expect(await busiest(() => page.mouse.move(left + 20, top + 8, { steps: 8 }))).toBeLessThan(voxels)
  await page.mouse.up()
  expect(await busiest(concluded)).toBeLessThan(voxels)
})

test('painting, and filling a region', async () => {
  await button('Paint').click()
  const { x, y } = await axial()
  expect(
    await busiest(async () => {
      await page.mouse.move(x - 60, y - 60)
      await page.mouse.down()
      await page.mouse.move(x - 20, y - 50, { steps: 8 })
      await page.mouse.up()
    })
  ).toBeLessThan(voxels)
  await button('Fill').click()
  expect(await busiest(() => page.mouse.click(x, y))).toBeLessThan(voxels)
  expect(await busiest(concluded)).toBeLessThan(voxels)
})

test(
  'edits of whole parts, taken back and made again',
  async () => {
    await button('Semicircular canals').click()
    for (const name of ['Grow', 'Shrink', 'Fill holes', 'Remove islands', 'Restore']) {
      const edit = async (): Promise<void> => {
        const before = await page.locator('.log li').count()
        await button(name).click()
        await expect
          .poll(async () => {
            const isChanged = (await page.locator('.log li').count()) > before
            return isChanged || (await page.getByText('changes nothing here').isVisible())
          })
          .toBe(true)
      }
      expect(await busiest(edit)).toBeLessThan(voxels)
      await page.keyboard.press('Escape')
    }
    expect(await busiest(() => page.keyboard.press('Control+z'))).toBeLessThan(voxels)
    expect(await busiest(() => page.keyboard.press('Control+Shift+Z'))).toBeLessThan(voxels)
    expect(await busiest(concluded)).toBeLessThan(voxels)
  },
  patience
)

/** How often the block of the page's own code that ran most often on the main thread ran meanwhile. */
async function busiest(act: () => Promise<void>): Promise<number> {
  await devtools.send('Profiler.takePreciseCoverage')
  await act()
  const { result } = await devtools.send('Profiler.takePreciseCoverage')
  // What draws is a library in a chunk of its own.
  const own = result.filter(({ url }) => /\/assets\/index-[^/]*\.js$/.test(url))
  expect(own.length).toBeGreaterThan(0)
  const counts = own.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
  return counts.reduce((a, b) => Math.max(a, b), 0)
}

async function concluded(): Promise<void> {
  await page.locator('#measurements[aria-busy="false"]').waitFor({ timeout: patience })
}

async function axial(): Promise<{ readonly x: number; readonly y: number }> {
  return page.evaluate(() => {
    const { x, y, width, height } = (document.querySelector('.overlay > svg') as Element).getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  })
}

function button(name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

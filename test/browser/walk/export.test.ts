import { readFile } from 'node:fs/promises'
import { decode } from 'fast-png'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { decodeCsv } from '../../../src/io/csv.ts'
import { analysisResult } from '../../../src/report/result.ts'
import { useKnownSession } from './known-session.ts'
import { exported, type PageUnderTest, patience } from './page-under-test.ts'

/** What is saved one by one, printed and pictured; one ear is opened once. */
let page: Page
let consoleErrors: PageUnderTest['consoleErrors']

useKnownSession((opened) => {
  page = opened.page
  consoleErrors = opened.consoleErrors
})

test(
  'single files are those of the archive, and the table holds the numbers of the result',
  async () => {
    const all = await exported(page)
    await page.getByRole('button', { name: 'Export…' }).click()
    const result = new TextDecoder().decode(await saved('Result (JSON)', 'left-result.json'))
    expect(JSON.parse(result)).toEqual(JSON.parse(new TextDecoder().decode(all['result/result.json'])))
    expect(Buffer.from(await saved('Landmarks (3D Slicer)', 'left-landmarks.mrk.json')).toString()).toBe(
      Buffer.from(all['result/landmarks.mrk.json'] ?? []).toString()
    )
    const surfaces = unzipSync(await saved('Surfaces (STL, zip)', 'left-surfaces.zip'))
    for (const [name, bytes] of Object.entries(surfaces))
      expect(Buffer.compare(bytes, all[`result/${name}`] ?? new Uint8Array())).toBe(0)
    expect(Object.keys(surfaces)).toContain('cochlea.stl')
    const glb = await saved('Surfaces in colour (GLB)', 'left-labyrinth.glb')
    expect(new TextDecoder().decode(glb.subarray(0, 4))).toBe('glTF')
    const labels = await saved('Label map (NIfTI)', 'left-labels.nii.gz')
    expect([...labels.subarray(0, 2)]).toEqual([0x1f, 0x8b])
    expect(new TextDecoder().decode(await saved('Report (HTML)', 'left-report.html'))).toContain('Inner ear report')
    const [, ...rows] = decodeCsv(new TextDecoder().decode(await saved('Measurements (CSV)', 'left-measurements.csv')))
    const { ears } = analysisResult.parse(JSON.parse(result))
    expect(rows.map(([, id, , , value]) => [id, value])).toEqual(
      ears.flatMap(({ measurements }) => measurements.map(({ id, value }) => [id, value === null ? '' : String(value)]))
    )
  },
  patience
)

test(
  'a picture is what the pane shows, at the resolution of the screen',
  async () => {
    const bytes = await saved('Picture of the panes (PNG)', 'left-left.png')
    const { width, height, channels, data } = decode(bytes)
    const size = await page.locator('.stage-area canvas').evaluate((canvas) => {
      const { width: across, height: down } = canvas as HTMLCanvasElement
      return [across, down]
    })
    expect([width, height]).toEqual(size)
    const colors = { gray: 0, red: 0, blue: 0 }
    for (let at = 0; at < data.length; at += channels) {
      const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number]
      if (r > 60 && r === g && g === b) colors.gray++
      if (r > 150 && g < 110 && b < 100) colors.red++
      if (b > 150 && r < 130) colors.blue++
    }
    // Slices, the cochlea and the canals in space and their outlines.
    for (const count of Object.values(colors)) expect(count).toBeGreaterThan(500)
  },
  patience
)

test(
  'the report is printed in place of the page, in its own style, and then the page is as it was',
  async () => {
    await page.evaluate(() => {
      window.print = () => {
        document.body.dataset.printed = 'true'
      }
    })
    await page.getByRole('button', { name: 'Print or save as PDF…' }).click()
    await page.locator('body[data-printed]').waitFor({ timeout: patience })
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('heading', { name: 'Inner ear report' }).isVisible()).toBe(true)
    expect(await page.locator('.top').isVisible()).toBe(false)
    expect(
      await page
        .locator('.paper .legend i')
        .first()
        .evaluate((dot) => getComputedStyle(dot).backgroundColor)
    ).toBe('rgb(224, 72, 58)')
    const pdf = await page.pdf({ preferCSSPageSize: true })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await page.emulateMedia({ media: 'screen' })
    expect(await page.locator('.paper').count()).toBe(0)
    expect(await page.locator('.top').isVisible()).toBe(true)
    expect(consoleErrors).toEqual([])
  },
  patience
)

/** What a button of the dialog saves. */
async function saved(button: string, name: string): Promise<Uint8Array> {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: patience }),
    page.getByRole('button', { name: button }).click()
  ])
  expect(download.suggestedFilename()).toBe(name)
  await page.locator('#export-state', { hasText: 'Saved' }).waitFor({ timeout: patience })
  return new Uint8Array(await readFile(await download.path()))
}

import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { analysisResult, type EarResult } from '../../../src/report/result.ts'
import { runCli } from '../../support/run-cli.ts'
import { seriousFaults } from './axe.ts'
import { implantedEar } from './implanted-ear.ts'
import { useKnownSession, writeKnownSession } from './known-session.ts'
import { exported, patience } from './page-under-test.ts'
import { knownEar, mirrored, moved, withRowsReversed } from './scans.ts'

/** The scan before surgery of the known left ear, which holds an array on show; one page for all tests, in their order. */
let page: Page

const folder = useKnownSession((opened) => {
  page = opened.page
}, implantedEar)

test(
  'a scan of another bone, or of the other ear, is refused in one line, and what is shown stays as it was',
  async () => {
    const scan = await knownEar()
    const other = await writeKnownSession(folder, { name: 'other', scan, later: withRowsReversed })
    const right = await writeKnownSession(folder, { name: 'right', scan: mirrored(scan) })
    await open()
    expect(await seriousFaults(page)).toEqual([])
    expect(await refusal(other)).toMatch(
      /^other\.otomark: does not show the left temporal bone of implanted\.nii\.gz as it is there \(.*\); name .* go on without one$/
    )
    expect(await refusal(right)).toBe(
      'right.otomark: shows the right ear, the scan on show the left ear; choose the scan before surgery of the same ear'
    )
    await page.locator('#before-close').click()
    expect(await page.locator('.message').isHidden()).toBe(true)
    expect((await exportedEar()).before).toBeUndefined()
  },
  2 * patience
)

test(
  'the labyrinth comes from the scan before surgery, where the head lay otherwise; the array that was named stays named',
  async () => {
    const found = await exportedEar()
    await page.getByRole('combobox', { name: 'Implanted array, left ear' }).selectOption('flex24')
    await expect.poll(() => page.locator('table.contacts tbody tr').count(), { timeout: patience }).toBe(12)
    await page.getByRole('button', { name: 'Go to Round window, left ear' }).click()
    await page.locator('.handle:visible[aria-label^="Round window, left ear, axial"]').focus()
    await page.keyboard.press('Shift+ArrowRight')
    const known = { name: 'before', scan: moved(await knownEar()), notes: ['values seem offset'] }
    const path = await writeKnownSession(folder, known)
    await open()
    await page.setInputFiles('#before-file', path)
    // The landmark was corrected in the outline of this scan, which goes.
    await expect.poll(() => page.locator('#loss-text').textContent()).toContain('One correction of implanted')
    await page.getByRole('button', { name: 'Stay here' }).click()
    await page.setInputFiles('#before-file', path)
    await page.getByRole('button', { name: 'Discard them' }).click()
    await page.locator('#before-dialog').waitFor({ state: 'hidden', timeout: patience })
    await expect
      .poll(() => page.locator('#contacts').textContent(), { timeout: patience })
      .toMatch(/Outlined in before\.otomark; its bone lies 0\.\d\d mm from this one/)
    expect(await page.locator('.log li').allTextContents()).toEqual([expect.stringContaining('FLEX24')])
    expect(await page.getByRole('combobox', { name: 'Implanted array, left ear' }).inputValue()).toBe('flex24')
    await expect.poll(() => page.locator('table.contacts tbody tr').count(), { timeout: patience }).toBe(12)
    await page.locator('.pane[data-ready]').waitFor()
    await expect
      .poll(() => page.locator('#flags').textContent())
      .toMatch(
        /The left ear was outlined in the scan before surgery, before\.otomark.*before\.otomark: values seem offset/
      )
    const taken = await exportedEar()
    expect(taken.before?.source).toBe('before.otomark')
    expect(taken.before?.residual).toBeLessThan(0.3)
    // Where it is, as it was found in this scan; of the same ear the other outline differs a little.
    for (const id of ['oval_window', 'round_window'] as const) {
      expect(apart(taken.landmarks[id], found.landmarks[id])).toBeLessThan(0.5)
    }
    expect(taken.landmarks.round_window).not.toHaveProperty('byHand')
  },
  2 * patience
)

test(
  'a reload, and the session on the command line, know of the scan before surgery',
  async () => {
    await page.getByText('Kept in this browser or a file.').waitFor({ timeout: patience })
    await page.reload()
    await page.locator('#kept').getByRole('button').first().click()
    await expect
      .poll(() => page.locator('#contacts').textContent(), { timeout: patience })
      .toContain('Outlined in before.otomark')
    await page.getByRole('button', { name: 'Export…' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: patience }),
      page.getByRole('button', { name: 'Save session' }).click()
    ])
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    const [session, output] = [join(folder, 'after.otomark'), join(folder, 'out')]
    await download.saveAs(session)
    expect(await runCli('analyze', session, '--output', output)).toMatchObject({ code: 0 })
  },
  patience
)

async function open(): Promise<void> {
  await page.getByRole('button', { name: 'Scan before surgery…' }).click()
  await page.getByRole('heading', { name: 'Scan before surgery', exact: true }).waitFor()
}

/** What is said of a scan that is not taken. */
async function refusal(path: string): Promise<string> {
  await page.setInputFiles('#before-file', path)
  const line = page.locator('#before-state.refused')
  await line.waitFor({ timeout: patience })
  return (await line.textContent()) ?? ''
}

async function exportedEar(): Promise<EarResult> {
  const files = await exported(page)
  const result = analysisResult.parse(JSON.parse(new TextDecoder().decode(files['result/result.json'])))
  return result.ears[0] ?? expect.unreachable()
}

function apart(a: EarResult['landmarks']['oval_window'], b: EarResult['landmarks']['oval_window']): number {
  if (a.status !== 'defined' || b.status !== 'defined') return expect.unreachable()
  return Math.hypot(...a.position.map((mm, axis) => mm - (b.position[axis] ?? 0)))
}

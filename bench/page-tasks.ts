import type { CDPSession, Locator, Page } from 'playwright'

/** The longest task of the page's main thread while something was done. */
export interface LongestTask {
  readonly what: string
  /** ms of a processor, which others on the machine and a graphics card that is waited for do not change. */
  readonly processor: number
  /** ms by the clock. */
  readonly clock: number
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** µs by the clock and of a processor. */
  readonly dur?: number
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** How long an edit may take to be there, ms. */
const patience = 120_000

/** Does what a person does with a result, one after the other, and tells the longest task of each. */
export async function tasksOfEditing(page: Page): Promise<LongestTask[]> {
  const devtools = await page.context().newCDPSession(page)
  const tasks: LongestTask[] = []
  const during = async (what: string, act: () => Promise<void>): Promise<void> => {
    tasks.push({ what, ...(await longestTask(devtools, act)) })
  }
  const concluded = async (): Promise<void> => {
    await page.locator('#measurements[aria-busy="false"]').waitFor({ timeout: 5 * patience })
    // Surfaces are drawn when landmarks rest.
    await page.waitForTimeout(500)
  }
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
  const { x, y } = await middleOf(page.locator('.overlay > svg').first())
  await during('going through slices', async () => {
    await page.mouse.move(x, y)
    for (let n = 0; n < 20; n++) await page.mouse.wheel(0, 100)
    await page.waitForTimeout(500)
  })
  await page
    .getByRole('button', { name: /^Go to Round window/ })
    .first()
    .click()
  const handle = await middleOf(page.locator('.handle:visible[aria-label^="Round window"]').first())
  await during('dragging a landmark', () => drag(page, handle))
  await during('and concluding it', concluded)
  await button('Paint').click()
  // The bar for editing moves what lies below it.
  const panes = await page.locator('.brush-layer').boundingBox()
  if (panes === null) throw new Error('there is nothing to paint on')
  const changes = await page.locator('.log li').count()
  await during('painting', () => drag(page, { x: panes.x + 0.2 * panes.width, y: panes.y + 0.2 * panes.height }))
  if ((await page.locator('.log li').count()) === changes) throw new Error('the stroke painted nothing')
  await during('and concluding it', concluded)
  await button('Semicircular canals').click()
  for (const name of ['Grow', 'Shrink', 'Fill holes', 'Remove islands', 'Restore']) {
    await during(name.toLowerCase(), async () => {
      const before = await page.locator('.log li').count()
      await button(name).click()
      const isMade = (count: number): boolean =>
        document.querySelectorAll('.log li').length > count ||
        document.querySelector('#message p')?.textContent?.includes('changes nothing') === true
      await page.waitForFunction(isMade, before, { timeout: patience })
      await page.waitForTimeout(500)
    })
    await page.keyboard.press('Escape')
    await concluded()
  }
  await during('undo', async () => {
    await page.keyboard.press('Control+z')
    await page.waitForTimeout(500)
  })
  await during('and concluding it', concluded)
  return tasks
}

async function drag(page: Page, { x, y }: { readonly x: number; readonly y: number }): Promise<void> {
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let n = 1; n <= 15; n++) await page.mouse.move(x + 2 * n, y + n)
  await page.mouse.up()
  await page.waitForTimeout(200)
}

async function middleOf(place: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await place.boundingBox()
  if (box === null) throw new Error('there is nothing to point at')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** From Chromium's trace: unlike a PerformanceObserver it tells how much of a task a processor worked. */
export async function longestTask(
  devtools: CDPSession,
  act: () => Promise<void>
): Promise<Pick<LongestTask, 'processor' | 'clock'>> {
  const events: TraceEvent[] = []
  const collect = ({ value }: { readonly value: unknown[] }) => events.push(...(value as TraceEvent[]))
  devtools.on('Tracing.dataCollected', collect)
  await devtools.send('Tracing.start', { categories: 'toplevel', transferMode: 'ReportEvents' })
  await act()
  const complete = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve))
  await devtools.send('Tracing.end')
  await complete
  devtools.off('Tracing.dataCollected', collect)
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`
  const named = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const threads = new Set(named.map(threadOf))
  const tasks = events.filter(
    (event) => event.ph === 'X' && /RunTask$/.test(event.name) && threads.has(threadOf(event))
  )
  if (tasks.length === 0) throw new Error('the trace tells of no task')
  const most = (of: (event: TraceEvent) => number | undefined): number =>
    tasks.reduce((longest, event) => Math.max(longest, (of(event) ?? 0) / 1000), 0)
  return { processor: most(({ tdur }) => tdur), clock: most(({ dur }) => dur) }
}

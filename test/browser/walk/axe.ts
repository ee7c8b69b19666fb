import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What axe finds to be serious or worse. */
export async function seriousFaults(page: Page): Promise<string[]> {
  // Evaluated, since the page's Content-Security-Policy lets no script of another's in.
  await page.evaluate(await readFile('node_modules/axe-core/axe.min.js', 'utf8'))
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    return (await axe.run()).violations
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deadLinks, localLinks } from './check-links.ts'

export interface BuiltSite {
  /** The folder with the built pages. */
  readonly site: string
  /** The folder with the Markdown files; a page lies where its Markdown does. */
  readonly sources: string
  /** Where a server shows it, such as `/`. */
  readonly base: string
}

/**
 * Adds to the built pages the API reference, where it was built (`npm run docs:api`), and the files that pages link to,
 * such as JSON Schemas.
 * @throws Error that lists the links that lead nowhere: to a page, a file or a heading
 */
export function completeSite({ site, sources, base }: BuiltSite): void {
  const api = join(sources, 'out/api')
  if (existsSync(api)) cpSync(api, join(site, 'api'), { recursive: true })
  else console.warn('no API reference in out/api: the site is built without it (npm run docs builds both)')
  for (const { path } of localLinks(site, base)) {
    const [source, target] = [join(sources, path), join(site, path)]
    if (path.endsWith('.html') || existsSync(target) || !existsSync(source)) continue
    mkdirSync(dirname(target), { recursive: true })
    cpSync(source, target)
  }
  const dead = deadLinks(site, base).filter((link) => existsSync(api) || !link.endsWith(' api/index.html'))
  if (dead.length > 0) throw new Error(`links that lead nowhere (page, then link):\n${dead.join('\n')}`)
}

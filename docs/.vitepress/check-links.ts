import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** A link of a built page to something beside it. */
export interface LocalLink {
  /** The page it stands in; both paths are relative to the site's folder. */
  readonly page: string
  readonly path: string
  /** The heading it leads to; empty for none. */
  readonly anchor: string
}

/**
 * Links and addresses of pictures in the pages of a built site, but for those that lead out of it.
 * @param base where a server shows it, such as `/` or `/otomark/`
 */
export function localLinks(site: string, base: string): LocalLink[] {
  return pagesOf(site).flatMap((page) => {
    const attributes = readFileSync(join(site, page), 'utf8').matchAll(/<(?:a|img)\b[^>]*? (?:href|src)="([^"]*)"/g)
    return [...attributes].flatMap(([, address = '']) => {
      if (/^([a-z]+:|\/\/)/.test(address)) return []
      const [place = '', anchor = ''] = decodeURI(address).split('#')
      const named = place.startsWith(base) ? place.slice(base.length) : posix.join(posix.dirname(page), place)
      const path = place === '' ? page : /(^|\/)$/.test(named) ? `${named}index.html` : named
      return [{ page, path, anchor }]
    })
  })
}

/** The links of a built site that lead to no file of it, or to no heading of a page: `PAGE LINK`, each once. */
export function deadLinks(site: string, base: string): string[] {
  const ids = new Map<string, ReadonlySet<string>>()
  const hasId = (path: string, id: string): boolean => {
    const known =
      ids.get(path) ??
      new Set([...readFileSync(join(site, path), 'utf8').matchAll(/ id="([^"]*)"/g)].map(([, one = '']) => one))
    ids.set(path, known)
    return known.has(id)
  }
  const dead = localLinks(site, base).filter(({ path, anchor }) => {
    if (!existsSync(join(site, path))) return true
    return anchor !== '' && path.endsWith('.html') && !hasId(path, anchor)
  })
  return [...new Set(dead.map(({ page, path, anchor }) => `${page} ${path}${anchor && `#${anchor}`}`))]
}

/** Paths of the pages, but for those of the API reference, whose links TypeDoc checks. */
function pagesOf(site: string): string[] {
  return readdirSync(site, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.html') && !path.startsWith('api/'))
}

import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { deadLinks } from '../../docs/.vitepress/check-links.ts'
import { sections } from '../../docs/.vitepress/navigation.ts'
import { notice } from '../../src/report/result.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const scratch = scratchFolder()

/** A site that was built for the folder /otomark/ of a server and need not be built again, as in `.ci/run`. */
const built = process.env.OTOMARK_SITE

describe('the site of the documentation', () => {
  const site = resolve(root, built ?? join(scratch, 'site'))
  const page = (path: string): string => readFileSync(join(site, path), 'utf8')

  beforeAll(() => {
    if (built !== undefined) return
    const vitepress = join(root, 'node_modules/vitepress/bin/vitepress.js')
    const words = [vitepress, 'build', 'docs', '--outDir', site, '--base', '/otomark/']
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' })
    expect(status, `${stdout}${stderr}`).toBe(0)
  })

  test('is built without a link that leads nowhere, in a folder of a server too', () => {
    expect(page('index.html')).toContain('href="/otomark/docs/how-to/train.html"')
    const apiAlone = deadLinks(site, '/otomark/').filter((link) => !link.endsWith(' api/index.html'))
    expect(apiAlone).toEqual([])
  })

  test('says on every page that this is research software, and searches without a server', () => {
    const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'))
    const written = pages.filter((path) => path !== '404.html' && !path.startsWith('api'))
    expect(written.length).toBeGreaterThan(30)
    for (const path of written) expect(page(path), path).toContain(`class="notice" role="note">${notice}<`)
    const assets = readdirSync(join(site, 'assets'), { recursive: true, encoding: 'utf8' })
    expect(assets.some((name) => name.includes('localSearchIndex'))).toBe(true)
  })

  test('loads nothing from elsewhere', () => {
    const loaded = [...page('index.html').matchAll(/<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]+)"/g)]
    expect(loaded.length).toBeGreaterThan(5)
    for (const [, address = ''] of loaded) expect(address).toMatch(/^\/otomark\//)
  })

  test('leads to every page of the documentation, and gives the files that pages name', () => {
    const listed = sections.flatMap(({ pages }) => pages)
    const written = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    expect(listed).toEqual(expect.arrayContaining(written))
    const overview = readFileSync(join(root, 'docs/README.md'), 'utf8')
    for (const path of written.filter((one) => one !== 'docs/README.md')) expect(overview).toContain(path.slice(5))
    expect(JSON.parse(page('docs/result.schema.json'))).toHaveProperty('properties')
  })
})

test('links to a page, a picture or a heading that is not there are found', () => {
  const site = join(scratch, 'small')
  mkdirSync(join(site, 'a'), { recursive: true })
  const links = ['../b.html#there', '../b.html#gone', '/base/gone.html', '/base/', '#here', 'https://example.org/x']
  const text = links.map((link) => `<a class="x" href="${link}">x</a>`).join('')
  writeFileSync(join(site, 'a', 'page.html'), `<h1 id="here">x</h1>${text}<img src="gone.png" alt="">`)
  writeFileSync(join(site, 'b.html'), '<h2 id="there">x</h2>')
  writeFileSync(join(site, 'index.html'), '')
  expect(deadLinks(site, '/base/')).toEqual([
    'a/page.html b.html#gone',
    'a/page.html gone.html',
    'a/page.html a/gone.png'
  ])
})

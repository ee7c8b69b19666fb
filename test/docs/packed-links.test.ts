import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const packed = z
  .tuple([z.object({ files: z.array(z.object({ path: z.string() })) })])
  // What npm would pack, without building it; the shell finds npm on Windows, too.
  .parse(JSON.parse(execFileSync('npm pack --dry-run --json --ignore-scripts', { encoding: 'utf8', shell: true })))[0]
  .files.map(({ path }) => path)

const linkOf = /\]\(([^)#\s]+)/g

test('a page that is packed links to nothing of the repository that is not packed', () => {
  const there = new Set(packed.flatMap((path) => [path, ...foldersOf(path)]))
  const pages = packed.filter((path) => path.endsWith('.md') && !path.startsWith('dist/'))
  expect(pages).toContain('README.md')
  const broken = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(linkOf)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => !there.has(posix.join(posix.dirname(page), link).replace(/\/$/, '')))
      .map((link) => `${page} -> ${link}`)
  )
  expect(broken).toEqual([])
})

function foldersOf(path: string): string[] {
  const folder = posix.dirname(path)
  return folder === '.' ? [] : [folder, ...foldersOf(folder)]
}

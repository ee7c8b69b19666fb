import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A command line that a page shows in a block of shell. */
export interface PageCommand {
  /** The page's path in the repository, and the line on which its block begins. */
  readonly page: string
  readonly line: number
  /** As it is typed, without what stands behind #. */
  readonly text: string
  readonly words: readonly string[]
  /** What it needs that no test has, as the block's fence says: ```` ```sh needs: a browser ````. */
  readonly needs: string | undefined
}

/** The repository's Markdown files, but for those of tests. */
export function markdownPages(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8'
  })
  return listed.split('\n').filter((path) => path !== '' && !path.startsWith('test/'))
}

export function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}

/** The blocks of a language on a page, with what else their fences say. */
export function blocksIn(page: string, language: string) {
  const text = textOf(page)
  const fences = text.matchAll(/^```(\w+)([^\n]*)\n(.*?)^```$/gms)
  return [...fences].flatMap(([, name, more = '', content = ''], at, all) => {
    const line = text.slice(0, all[at]?.index).split('\n').length
    return name === language ? [{ line, more: more.trim(), content }] : []
  })
}

/** Every command in a page's blocks of shell, in order. Functions that a block defines are replaced by what they call. */
export function commandsIn(page: string): PageCommand[] {
  return blocksIn(page, 'sh').flatMap(({ line, more, content }) => {
    const needs = /^needs: (.+)$/.exec(more)?.[1]
    const lines = content
      .replaceAll(/\\\n\s*/g, ' ')
      .split('\n')
      .map((one) => one.replace(/(^|\s)#.*/, '').trim())
    const functions = new Map(
      lines.flatMap((one) => {
        const [, name, body] = /^(\w+)\(\) \{ (.*) "\$@"; \}$/.exec(one) ?? []
        return name === undefined || body === undefined ? [] : [[name, body] as const]
      })
    )
    const typed = lines.filter((one) => one !== '' && !/^\w+\(\) \{/.test(one))
    return typed.map((one) => {
      const text = one.replace(/^\w+/, (name) => functions.get(name) ?? name)
      return { page, line, text, words: wordsOf(text), needs }
    })
  })
}

/** The words of each call of otomark in a command, without the program's name. */
export function otomarkCalls({ words }: PageCommand): string[][] {
  const parts: string[][] = [[]]
  for (const word of words) {
    if (/^(&&|\|\|?|;|>|&)$/.test(word)) parts.push([])
    else parts.at(-1)?.push(word)
  }
  return parts.flatMap((part) => {
    const at = part.findIndex(
      (word) => word === 'otomark' || /(^|\/)(dist\/cli\/main\.js|src\/cli\/main\.ts)$/.test(word)
    )
    const isCalled = part.slice(0, at).every((word) => /^(npx|node|tsx|time|[A-Z_]+=.*)$/.test(word))
    return at >= 0 && isCalled ? [part.slice(at + 1)] : []
  })
}

/** The words of a command line; quotes hold words together. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ''))
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, test, vi } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import { allCommands } from '../../src/cli/commands.ts'
import { helpExamples } from '../../src/cli/help-examples.ts'
import { run } from '../../src/cli/run.ts'
import { commandsIn, markdownPages, otomarkCalls, root, textOf } from './page-commands.ts'

const pages = markdownPages()
const commands = pages.flatMap(commandsIn)

/** Whether the command line takes these words; nothing is done. @returns its complaint, empty without one */
async function complaint(words: readonly string[]): Promise<string> {
  const silent = await allCommands()
  const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)]
  for (const command of silent.flatMap(all)) if (command.commands.length === 0) command.action(() => {})
  let said = ''
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said += text
      return true
    })
  )
  const code = await run(words, silent)
  for (const spy of spies) spy.mockRestore()
  return code === 0 ? '' : said
}

describe('commands in the documentation', () => {
  test('are found, and those that no test can run say what they need', () => {
    expect(commands.length).toBeGreaterThan(80)
    const marked = new Set(commands.flatMap(({ needs }) => needs ?? []))
    expect([...marked].sort()).toMatchInlineSnapshot(`
      [
        "Orthanc",
        "Python",
        "Slurm",
        "TensorBoard",
        "a PACS",
        "a browser",
        "a client",
        "a project",
        "a scan from before surgery and one after it",
        "a study that has begun",
        "an hour",
        "npm's registry, and minutes",
      ]
    `)
  })

  test('of otomark are understood by it, option by option', async () => {
    for (const command of commands) {
      for (const words of otomarkCalls(command)) {
        if (words.includes('…')) continue
        expect(await complaint(words), `${command.page}:${command.line}: ${command.text}`).toBe('')
      }
    }
  })

  test('of otomark are called as they can be typed: through npx, or by the file that is built', () => {
    const bare = commands.filter(({ words }) => words.find((word) => !/^[A-Z_]+=/.test(word)) === 'otomark')
    expect(bare.map(({ page, text }) => `${page}: ${text}`)).toEqual([])
  })

  test('that are not otomark’s name scripts and files that are there', () => {
    for (const { page, text, words } of commands) {
      const [, script] = /\bnpm run ([\w:]+)/.exec(text) ?? []
      if (script !== undefined) expect(packageFile.scripts, `${page}: ${text}`).toHaveProperty([script])
      const [, file] = /^(?:[A-Z_]+=\S+ )*(?:npx tsx|python|npx vitest run) (\S+)/.exec(text) ?? []
      if (file !== undefined) expect(existsSync(join(root, file)), `${page}: ${words.join(' ')}`).toBe(true)
    }
  })

  test('within sentences have options that are there', async () => {
    const known = new Map((await allCommands()).map((command) => [command.name(), optionsOf(command)]))
    for (const page of pages.filter((path) => path !== 'CHANGELOG.md')) {
      for (const [, text = ''] of textOf(page).matchAll(/(?<!`)`(?:npx )?otomark ([^`]+)`(?!`)/g)) {
        const [name = '', ...words] = text.split(/\s+/)
        // A name in capitals stands for something else.
        if (/^[A-Z]/.test(name)) continue
        const options = known.get(name)
        if (options === undefined) expect(['help', '--help', '--version', '…'], `${page}: ${text}`).toContain(name)
        for (const word of words) {
          const [option] = /^--[\w-]+/.exec(word) ?? []
          if (option !== undefined) expect(options, `${page}: otomark ${text}`).toContain(option)
        }
      }
    }
  })
})

test('the examples of otomark help are understood', async () => {
  for (const command of await allCommands()) {
    const lines = (helpExamples(command.name()) ?? '').split('\n').map((line) => line.trim())
    for (const line of lines.filter((one) => one.startsWith('otomark '))) {
      expect(await complaint(line.replace(/ >.*/, '').split(' ').slice(1)), line).toBe('')
    }
  }
})

function optionsOf(command: Command): string[] {
  const own = command.options.map(({ long }) => long ?? '')
  return ['--help', ...own, ...command.commands.flatMap(optionsOf)]
}

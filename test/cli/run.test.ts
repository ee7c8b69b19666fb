import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import { allCommands, commandsFor } from '../../src/cli/commands.ts'
import { wholeNumber } from '../../src/cli/parsers.ts'
import { run } from '../../src/cli/run.ts'
import { NoEarError } from '../../src/core/errors.ts'
import { softwareVersion } from '../../src/core/version.ts'

let out: string
let err: string

beforeEach(() => {
  out = err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text
    return true
  })
})

afterEach(() => vi.restoreAllMocks())

function listen(): Command {
  return new Command('listen')
    .argument('<scan>')
    .option('--series <uid>')
    .action((scan: string) => {
      if (scan === 'deaf') throw new NoEarError(`${scan}: no ear was found`)
      process.stdout.write(`heard ${scan}\n`)
    })
}

test('a command that succeeds exits 0 and says nothing on stderr', async () => {
  expect(await run(['listen', 'scan.nii'], [listen()])).toBe(0)
  expect([out, err]).toEqual(['heard scan.nii\n', ''])
})

test("a command's error becomes one line and its exit code", async () => {
  expect(await run(['listen', 'deaf'], [listen()])).toBe(4)
  expect([out, err]).toEqual(['', 'otomark: deaf: no ear was found\n'])
})

test.each([
  [['listen', ''], 'listen'],
  [['listen', 'scan.nii', '--series', ' '], '--series'],
  [['listen', 'scan.nii', '--series='], '--series=']
])('an empty word, as of a variable that is not set, is a wrong use: %j', async (words, before) => {
  expect(await run(words, [listen()])).toBe(2)
  expect(err).toMatch(new RegExp(`^otomark: an empty word follows ${before}, [^\\n]+\\n$`))
})

test('a current folder that is gone is told', async () => {
  vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw Object.assign(new Error('ENOENT: no such file or directory, uv_cwd'), { code: 'ENOENT', syscall: 'uv_cwd' })
  })
  expect(await run(['listen', 'scan.nii'], [listen()])).toBe(3)
  expect(err).toMatch(/^otomark: the current folder: is no longer there; change to another one\n$/)
})

test('the version is that of the package', async () => {
  expect(await run(['--version'], [])).toBe(0)
  expect(out).toBe(`${packageFile.version}\n`)
  expect(softwareVersion).toBe(packageFile.version)
})

test.each([[['--help']], [['listen', '--help']]])('help goes to stdout and exits 0: %j', async (words) => {
  expect(await run(words, [listen()])).toBe(0)
  expect(out).toContain('Usage: otomark')
  expect(err).toBe('')
})

test('every command, and every command of a command, has examples in its help, which begin with its name', async () => {
  const names = (await allCommands()).flatMap((command) => [
    [command.name()],
    ...command.commands.map((inner) => [command.name(), inner.name()])
  ])
  expect(names).toContainEqual(['study', 'run'])
  for (const words of names) {
    for (const asked of [
      ['help', ...words],
      [...words, '--help']
    ]) {
      out = ''
      expect(await run(asked, await allCommands())).toBe(0)
      expect(out).toContain(`Usage: otomark ${words.join(' ')} `)
      expect(out).toMatch(new RegExp(`Examples:\\n {2}otomark ${words.join(' ')} `))
    }
  }
})

test('a command that is named is loaded alone; where none is, all are', async () => {
  const namesFor = async (...words: string[]) => (await commandsFor(words)).map((command) => command.name())
  const all = (await allCommands()).map((command) => command.name())
  for (const name of all) {
    expect(await namesFor(name, '--help')).toEqual([name])
    expect(await namesFor('help', name)).toEqual([name])
  }
  for (const words of [[], ['--help'], ['help'], ['help', 'walk'], ['walk', 'plan'], ['toString']]) {
    expect(await namesFor(...words)).toEqual(all)
  }
})

test('no help shows a default that is off or empty, or one with the brackets and quotes of JSON', async () => {
  for (const command of await allCommands()) {
    for (const words of [[command.name()], ...command.commands.map((inner) => [command.name(), inner.name()])]) {
      out = ''
      await run(['help', ...words], await allCommands())
      expect(out.replaceAll(/\s+/g, ' '), words.join(' ')).not.toMatch(/default: ?(false|[[{"])/)
    }
  }
})

test('the help of a command that is none of its command is refused', async () => {
  expect(await run(['help', 'study', 'walk'], await allCommands())).toBe(2)
})

test('what a parser refuses is reported with the option and its value', async () => {
  const command = new Command('count').option('-n, --number <number>', 'how many', wholeNumber(1))
  expect(await run(['count', '--number', 'no'], [command])).toBe(2)
  expect(err).toBe('otomark: --number no: is not a whole number of at least 1; see otomark count --help\n')
})

test('the help says what the program is not', async () => {
  await run(['--help'], [])
  expect(out).toContain('not a medical device')
})

describe('wrong usage exits 2 with one line on stderr', () => {
  test.each([
    ['an unknown command', ['lissen', 'scan.nii'], "otomark: unknown command 'lissen' (Did you mean listen?)"],
    ['an unknown option', ['listen', 'scan.nii', '--loud'], "otomark: unknown option '--loud'"],
    ['a missing argument', ['listen'], "otomark: missing required argument 'scan'"],
    [
      'an option without its value',
      ['listen', 'scan.nii', '--series'],
      "otomark: option '--series <uid>' argument missing"
    ],
    [
      'one argument too many, as of a path with a space',
      ['listen', 'a', 'b'],
      "otomark: too many arguments for 'listen'. Expected 1 argument but got 2; put a name with spaces in quotes; see"
    ]
  ])('%s', async (_, words, start) => {
    expect(await run(words, [listen()])).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/^[^\n]+\n$/)
    expect(err).toContain(start)
  })

  test('no command at all shows the help on stderr', async () => {
    expect(await run([], [listen()])).toBe(2)
    expect(err).toContain('Usage: otomark')
  })
})

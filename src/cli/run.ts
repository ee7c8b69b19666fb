import { Command, Help, type Option, type OutputConfiguration } from 'commander'
import { type ExitCode, exitCode, InputError, UsageError } from '../core/errors.ts'
import { softwareVersion } from '../core/version.ts'
import { notice } from '../report/result.ts'
import { helpExamples } from './help-examples.ts'
import { reportError } from './report-error.ts'

/**
 * Runs one command line in this process.
 * @param words the words after the program's name
 * @returns the exit code; every error has been printed on stderr in one line
 */
export async function run(words: readonly string[], commands: readonly Command[]): Promise<ExitCode> {
  try {
    assertUsable(words)
    await createProgram(commands).parseAsync(withInnerHelp(words, commands), { from: 'user' })
    return exitCode.done
  } catch (error) {
    return reportError(error)
  }
}

/** @throws UsageError for an empty word, InputError where the folder the program was started in is gone */
function assertUsable(words: readonly string[]): void {
  const empty = words.findIndex((word) => word.trim() === '' || /^--[\w-]+=$/.test(word))
  if (empty >= 0) {
    const before = ['otomark', ...words.slice(0, empty), words[empty]].findLast((word) => word?.trim() !== '')
    throw new UsageError(`an empty word follows ${before}, where a file, folder or value belongs; is a variable empty?`)
  }
  try {
    process.cwd()
  } catch (cause) {
    throw new InputError('the current folder', 'is no longer there; change to another one', { cause })
  }
}

function createProgram(commands: readonly Command[]): Command {
  const program = new Command('otomark')
    .description(`Finds, outlines, marks and measures the inner ear in CT.\n${notice}`)
    .version(softwareVersion, '--version', 'print the version')
    .helpCommand('help [command...]', 'show the options of a command, with examples')
    .exitOverride()
    .configureHelp({ optionDescription })
    .configureOutput(usageErrorsOf('otomark'))
  for (const command of commands) {
    prepare(command, program, command.name())
    program.addCommand(command)
    // An inner command was added before its command had the program's settings.
    for (const inner of command.commands) prepare(inner, command, `${command.name()} ${inner.name()}`)
  }
  return program
}

/** What Commander says of an option, but for a default that is off or empty, and without JSON's brackets and quotes. */
function optionDescription(option: Option): string {
  return new Help()
    .optionDescription(option)
    .replace(/ \(default: (false|\[\]|\{\})\)$/, '')
    .replace(
      /default: \[?("[^\]]*")\]?/,
      (_, values: string) => `default: ${values.replaceAll('"', '').replaceAll(',', ', ')}`
    )
}

/** Gives a command its parent's settings, the examples of its help, and usage errors that name that help. */
function prepare(command: Command, parent: Command, name: string): void {
  command.copyInheritedSettings(parent).configureOutput(usageErrorsOf(`otomark ${name}`))
  addExamples(command, name)
}

function addExamples(command: Command, name: string): void {
  const examples = helpExamples(name)
  if (examples !== undefined) command.addHelpText('after', examples)
}

/** `help study run` as `study help run`: Commander's own command for help looks at one word. */
function withInnerHelp(words: readonly string[], commands: readonly Command[]): readonly string[] {
  const [help, outer, inner] = words
  const isOuter = commands.some((command) => command.name() === outer && command.commands.length > 0)
  return help === 'help' && isOuter && outer !== undefined && inner !== undefined ? [outer, help, inner] : words
}

function usageErrorsOf(command: string): OutputConfiguration {
  return { outputError: (text, write) => write(usageLine(text, command)) }
}

/** Commander's message, which may carry a suggestion on a second line, as one line of ours. */
function usageLine(text: string, command: string): string {
  const message = text
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^(too many arguments .*)\.$/, '$1; put a name with spaces in quotes')
    .replace(/^option '.*?(--[\w-]+)[^']*' argument '(.*)' is invalid\. /, '$1 $2: ')
  return `otomark: ${message}; see ${command} --help\n`
}

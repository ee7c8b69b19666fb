import { Command } from 'commander'
import { type ExitCode, exitCode } from '../core/errors.ts'
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
    await createProgram(commands).parseAsync(words, { from: 'user' })
    return exitCode.done
  } catch (error) {
    return reportError(error)
  }
}

function createProgram(commands: readonly Command[]): Command {
  const program = new Command('otomark')
    .description(`Finds, outlines, marks and measures the inner ear in CT.\n${notice}`)
    .version(softwareVersion, '--version', 'print the version')
    .helpCommand('help [command]', 'show the options of a command, with examples')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(usageLine(text)) })
  for (const command of commands) {
    const examples = helpExamples(command.name())
    if (examples !== undefined) command.addHelpText('after', examples)
    program.addCommand(command.copyInheritedSettings(program))
    // Those of a command were added before it had the program's settings.
    for (const inner of command.commands) inner.copyInheritedSettings(command)
  }
  return program
}

/** Commander's message, which may carry a suggestion on a second line, as one line of ours. */
function usageLine(text: string): string {
  const message = text
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^option '.*?(--[\w-]+)[^']*' argument '(.*)' is invalid\. /, '$1 $2: ')
  return `otomark: ${message}; see otomark --help\n`
}

#!/usr/bin/env node
import { commandsFor } from './commands.ts'
import { reportError } from './report-error.ts'
import { run } from './run.ts'

/** The exit codes of a program stopped by Ctrl+C, by `kill` or by closing its terminal: the shell's 128 + signal. */
const stoppedCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
let stoppedCode: number | undefined

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A command with a listener of its own ends in its own way; the second Ctrl+C finds that listener gone.
    stoppedCode = stoppedCodes[signal]
    if (process.listenerCount(signal) > 1) return
    process.stderr.write('\notomark: stopped\n')
    process.exit(stoppedCode)
  })
}
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe, such as `head`, has seen enough.
  process.exit(error.code === 'EPIPE' ? 0 : reportError(error))
})
process.on('uncaughtException', (error) => process.exit(reportError(error)))

const words = process.argv.slice(2)
const code = await run(words, await commandsFor(words))
process.exitCode = stoppedCode ?? code

#!/usr/bin/env node
import { analyzeCommand } from './analyze.ts'
import { generateCommand } from './generate.ts'
import { reportError } from './report-error.ts'
import { run } from './run.ts'
import { trainCommand } from './train.ts'

/** The exit code of a program stopped by Ctrl+C, by the shell's convention 128 + SIGINT. */
const interruptedCode = 130
let interrupted = false

process.on('SIGINT', () => {
  // A command with a listener of its own ends in its own way; the second Ctrl+C finds that listener gone.
  interrupted = true
  if (process.listenerCount('SIGINT') > 1) return
  process.stderr.write('\notomark: stopped\n')
  process.exit(interruptedCode)
})
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe, such as `head`, has seen enough.
  process.exit(error.code === 'EPIPE' ? 0 : reportError(error))
})
process.on('uncaughtException', (error) => process.exit(reportError(error)))

const code = await run(process.argv.slice(2), [analyzeCommand(), generateCommand(), trainCommand()])
process.exitCode = interrupted ? interruptedCode : code

import { CommanderError } from 'commander'
import { type ExitCode, exitCode, OtomarkError } from '../core/errors.ts'
import { isOutOfMemory } from '../core/out-of-memory.ts'
import { printable, shortened } from '../core/printable.ts'
import { clearLine } from './progress.ts'

/** What to print of an error: one line, or nothing when it has been printed already. */
export interface ErrorReport {
  readonly message: string | undefined
  /** The same for a file that is passed on: without what a header says of a patient. */
  readonly unidentified: string
  readonly exitCode: ExitCode
}

/** Codes of the operating system that say that disk, memory or handles ran out. */
const resourceCodes = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'ENOMEM', 'EMFILE', 'ENFILE'])

/** The exit code an error leads to, and the one line a user reads. */
export function explainError(error: unknown): ErrorReport {
  if (error instanceof CommanderError) {
    return { message: undefined, unidentified: '', exitCode: error.exitCode === 0 ? exitCode.done : exitCode.usage }
  }
  if (error instanceof OtomarkError) {
    return {
      message: oneLine(error.message),
      unidentified: oneLine(error.unidentified),
      exitCode: error.exitCode
    }
  }
  if (isSystemError(error)) {
    return reported(oneLine(error.message), resourceCodes.has(error.code) ? exitCode.resources : exitCode.input)
  }
  const text = oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
  if (isOutOfMemory(error)) {
    return reported('memory ran out: close other programs or crop the scan', exitCode.resources)
  }
  const request = 'this is a bug, please report it with the command you ran (OTOMARK_DEBUG=1 shows more)'
  return reported(`${request}: ${text}`, exitCode.bug)
}

function reported(message: string, code: ExitCode): ErrorReport {
  return { message, unidentified: message, exitCode: code }
}

/** Writes the error's line to `stream`, with the stack when OTOMARK_DEBUG is set. @returns the exit code. */
export function reportError(
  error: unknown,
  stream: { readonly isTTY?: boolean; write(text: string): unknown } = process.stderr
): ExitCode {
  const report = explainError(error)
  if (report.message !== undefined) {
    stream.write(`${stream.isTTY === true ? clearLine : ''}otomark: ${report.message}\n`)
    if (process.env.OTOMARK_DEBUG && error instanceof Error) stream.write(`${error.stack ?? ''}\n`)
  }
  return report.exitCode
}

/** Free of line ends, and of what a file may hold to command a terminal or to fill it. */
function oneLine(text: string): string {
  const lines = text.split(/[\r\n\t]+/).map((line) => line.trim())
  return shortened(printable(lines.filter((line) => line !== '').join(' ')))
}

/** A failed call to the operating system, such as opening a file. */
function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error
}

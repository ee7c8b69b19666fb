import { explainError } from '../../src/cli/report-error.ts'
import { exitCode } from '../../src/core/errors.ts'

/** How the reading of an input ended; `hang` and `memory` are seen from outside too. */
export const endKinds = ['read', 'refused', 'resources', 'bug', 'hang', 'memory'] as const
export type EndKind = (typeof endKinds)[number]

/** What the process that reads writes down: the input at work, whether all are done, ms spent, inputs of each end. */
export const toldCells = 3 + endKinds.length

/** Longest that an input may take, ms, and most memory beyond its own size, bytes. */
export const limits = { time: 10_000, memory: 2 ** 30 }

/** An end that must not be, and what makes it again. */
export interface Fault {
  readonly index: number
  readonly end: EndKind
  readonly message: string
}

/** Longest line that a refusal may be. */
const longestLine = 2000

/** What an error means: a refusal in one line, or a bug. */
export function endOf(error: unknown): { readonly end: EndKind; readonly message: string } {
  const { message = '', exitCode: code } = explainError(error)
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  if (code === exitCode.bug) return { end: 'bug', message: `${message} ${stack}` }
  if (message === '' || message.length > longestLine) {
    return { end: 'bug', message: `a refusal of ${message.length} characters: ${message.slice(0, 200)}` }
  }
  return { end: code === exitCode.resources ? 'resources' : 'refused', message }
}

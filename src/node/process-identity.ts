import { readFileSync } from 'node:fs'
import { errorCode } from '../io/file-error.ts'

/**
 * When a process started, in the system's own count, where /proc shows it (Linux); else ''. Ids are reused, so that an
 * id alone does not identify a process.
 */
export function startOf(id: number): string {
  try {
    // Fields after the name, which stands in parentheses and may hold anything; the start is the 22nd (proc(5)).
    const stat = readFileSync(`/proc/${id}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

/** Whether a process of this machine still runs. @param start as {@link startOf} gave it; '' when that is not known */
export function isRunning(id: number, start: string): boolean {
  try {
    process.kill(id, 0)
  } catch (error) {
    // Another user's process may not be sent a signal, but is there.
    if (errorCode(error) !== 'EPERM') return false
  }
  const now = startOf(id)
  return start === '' || now === '' || now === start
}

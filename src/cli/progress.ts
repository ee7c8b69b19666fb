import { noProgress, type ProgressEvent, type ProgressListener } from '../core/progress.ts'

/** Where progress is shown: a terminal, or a log when `isTTY` is not true. */
export interface ProgressStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface ProgressOptions {
  /** Show nothing. */
  readonly silent?: boolean
  /** A clock in milliseconds. */
  readonly now?: () => number
}

const redrawAfterMs = 100
const logAfterMs = 10_000
const barWidth = 24
/** Returns to the start of a terminal's line and empties it. */
export const clearLine = '\r\x1b[K'

/**
 * Shows how far each stage has come: on a terminal a bar with the time left, redrawn in place; in a log a plain line
 * at most every ten seconds. Either way a finished stage leaves one line with the time it took.
 */
export function createProgress(stream: ProgressStream, options: ProgressOptions = {}): ProgressListener {
  if (options.silent) return noProgress
  const now = options.now ?? (() => performance.now())
  const terminal = stream.isTTY === true
  let stage: string | undefined
  let began = 0
  let shown = 0

  return (event) => {
    const time = now()
    if (event.stage !== stage) {
      stage = event.stage
      began = time
      shown = terminal ? Number.NEGATIVE_INFINITY : time
    }
    const elapsed = time - began
    if (event.done >= event.total) {
      stream.write(`${terminal ? clearLine : ''}${event.stage}: ${formatDuration(elapsed)}\n`)
      stage = undefined
    } else if (time - shown >= (terminal ? redrawAfterMs : logAfterMs)) {
      shown = time
      stream.write(terminal ? clearLine + bar(event, elapsed, stream.columns ?? 80) : `${line(event, elapsed)}\n`)
    }
  }
}

/** A duration in milliseconds for people: `0.4 s`, `42 s`, `3 min 05 s`, `2 h 10 min`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

function bar(event: ProgressEvent, elapsed: number, columns: number): string {
  const filled = Math.round((barWidth * event.done) / event.total)
  const drawn = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
  return `${drawn} ${line(event, elapsed)}`.slice(0, columns - 1)
}

function line(event: ProgressEvent, elapsed: number): string {
  const percent = Math.floor((100 * event.done) / event.total)
  const left = event.done > 0 ? `, ${formatDuration((elapsed / event.done) * (event.total - event.done))} left` : ''
  return `${event.stage}: ${percent} %${left}`
}

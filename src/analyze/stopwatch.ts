import type { StageTiming } from './findings.ts'

/** Times stages that follow one another, some of them again and again. */
export interface Stopwatch {
  /** Ends the stage that began with the lap before; its time is added to what the stage took before, or to none. */
  lap(stage?: string): void
  /** Each stage once, in the order in which they first ended. */
  readonly laps: readonly StageTiming[]
}

export function createStopwatch(): Stopwatch {
  const total = new Map<string, number>()
  let begun = performance.now()
  return {
    get laps() {
      return [...total].map(([stage, seconds]) => ({ stage, seconds }))
    },
    lap(stage) {
      const now = performance.now()
      if (stage !== undefined) total.set(stage, (total.get(stage) ?? 0) + (now - begun) / 1000)
      begun = now
    }
  }
}

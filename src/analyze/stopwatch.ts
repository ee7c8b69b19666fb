import type { StageTiming } from './findings.ts'

/** Times stages that follow one another. */
export interface Stopwatch {
  /** Ends the stage that began with the lap before. */
  lap(stage: string): void
  readonly laps: readonly StageTiming[]
}

export function createStopwatch(): Stopwatch {
  const laps: StageTiming[] = []
  let begun = performance.now()
  return {
    laps,
    lap(stage) {
      const now = performance.now()
      laps.push({ stage, seconds: (now - begun) / 1000 })
      begun = now
    }
  }
}

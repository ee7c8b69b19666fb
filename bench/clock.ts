/** By the wall, or of the processor, all threads of a process together: what neighbours take does not count. */
export type Clock = 'wall' | 'processor'

/** Seconds since some moment. */
export function secondsBy(clock: Clock): number {
  if (clock === 'wall') return performance.now() / 1000
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

import type { CochlearDuct } from '../../src/measure/cochlea/cochlear-duct.ts'

/** A duct of round sections of radius 1 mm whose middle winds in 2½ turns from 4 mm to 1 mm about the world's z axis. */
export function knownDuct(size = 1): CochlearDuct {
  const end = 900
  return {
    frame: { axis: { point: [0, 0, 0], direction: [0, 0, 1] }, zero: [1, 0, 0], quarter: [0, 1, 0] },
    roundWindowRadius: 4 * size,
    sections: Array.from({ length: end / 10 + 1 }, (_, n) => {
      const [angle, share] = [10 * n, (10 * n) / end]
      const radius = size * (4 - 3 * share)
      const height = size * 3 * share
      const half = size * (1 - 0.5 * share)
      return { angle, wall: { radius: radius + half, height }, radius, height, shape: [half ** 2, 0, half ** 2] }
    })
  }
}

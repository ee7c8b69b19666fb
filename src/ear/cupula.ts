import { meanTotalAngle, meanWall } from './mean-spiral.ts'
import { meanSection } from './mean-tube.ts'

/**
 * The hollow under the cupula: the modiolus ends below the last half turn, whose lumen is one flat dome about the axis. In CT
 * of real ears its cross-section 0.4 mm below the top is a full disc 2.4 to 3 mm across.
 */
export const cupula = {
  /** Degrees of the spiral's end whose turn makes the cochlea's top. */
  lastTurn: 288,
  /** Depth along the modiolar axis, mm. */
  depth: { mean: 1, least: 0.6, most: 1.4 },
  /** How far it stays below the turns' highest place, mm. */
  below: 0.02,
  /** Its radius as a share of the farthest place of the last turn's wall from the axis. */
  widthShare: 0.85
} as const

const ending = Array.from({ length: cupula.lastTurn + 1 }, (_, n) => meanTotalAngle - n)

/** Height of the top of the mean cochlea's hollow, and its radius, mm. */
export const meanCupula: { readonly top: number; readonly radius: number } = (() => {
  const tops = ending.map((angle) => {
    const [, height, , rz, zz] = meanSection(angle)
    return height + Math.hypot(rz, zz)
  })
  const top = Math.max(...tops)
  const near = ending.map(meanWall).filter(({ height }) => height > top - cupula.depth.mean)
  return { top: top - cupula.below, radius: cupula.widthShare * Math.max(...near.map(({ radius }) => radius)) }
})()

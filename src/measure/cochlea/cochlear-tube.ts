import type { CochlearFrame } from '../../ear/cochlear-coordinates.ts'
import { meanHeight, meanWall } from '../../ear/mean-spiral.ts'
import type { TubeShape } from '../../ear/tube-model.ts'
import { cupulaHeight, type Inside, lateralWall } from './cochlear-wall.ts'
import { fitTube } from './fit-tube.ts'

/** Heights of this share of the mean are a cochlea's. */
const plausibleHeight = { least: 0.6, most: 1.5 }
/** A tube that leaves more unexplained, or has a greater z-score, is no cochlea's. */
const plausibleTube = { misfit: 0.5, maxZScore: 6 }

/**
 * The mean cochlea as a tube fitted to this one.
 * @returns why there is none, as a text
 */
export function cochlearTube(inside: Inside, frame: CochlearFrame): TubeShape | string {
  const [far, top] = [lateralWall(inside, frame, Math.PI), cupulaHeight(inside, frame)]
  if (far === undefined || top === undefined) return 'the top of the cochlea is not seen'
  const lift = (top - far.height) / meanHeight
  if (lift < plausibleHeight.least || lift > plausibleHeight.most) return 'the upper turns are not seen'
  const start = { scale: far.radius / meanWall(180).radius, lift, far }
  const { tube, misfit, maxZScore } = fitTube(inside, frame, start)
  const isCochlear = misfit <= plausibleTube.misfit && maxZScore <= plausibleTube.maxZScore
  return isCochlear ? tube : 'the cochlea does not look like turns of a spiral'
}

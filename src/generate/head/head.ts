import type { Side } from '../../core/anatomy.ts'
import type { EarFrame } from '../../core/ear-frame.ts'
import { type Random, randomDirection } from '../../core/random.ts'
import { add, multiply, rotationAbout, transform, type Vector3 } from '../../core/vector.ts'
import { type Body, drawBodyTexture } from '../body/body.ts'
import { stretched } from '../body/stretch.ts'
import { drawTissues } from '../body/tissues.ts'
import { drawTurn, turnedEar } from '../pose.ts'
import { drawBraincase, drawEarCanals } from './braincase.ts'
import { drawFace } from './face.ts'
import { drawHeadrest } from './headrest.ts'
import { drawJaws } from './jaws.ts'
import { drawNeck } from './neck.ts'

/** Where a head and its two ears lie. */
export interface HeadPose {
  readonly pose: Body['pose']
  /** Distance of the vestibules from the midline, mm. */
  readonly lateral: number
  readonly ears: Readonly<Record<Side, EarFrame>>
}

/** The two ears of a head are no exact mirror images: SD of a turn of each (radians) and of its place (mm). */
const asymmetry = { turn: 0.035, place: 1 } as const

export function drawHeadPose(random: Random, anyOrientation: number): HeadPose {
  const direction = drawTurn(random, anyOrientation)
  const origin: Vector3 = [random.uniform(-15, 15), random.uniform(-30, 30), random.uniform(-40, 40)]
  const lateral = random.clippedNormal(40, 2, 2)
  const ear = (side: Side): EarFrame => {
    const offset = (): number => random.clippedNormal(0, asymmetry.place, 2)
    const place: Vector3 = [(side === 'left' ? lateral : -lateral) + offset(), offset(), offset()]
    const turn = rotationAbout(randomDirection(random), random.clippedNormal(0, asymmetry.turn, 2))
    return {
      side,
      origin: add(origin, transform(direction, place)),
      direction: turnedEar(multiply(direction, turn), side)
    }
  }
  return { pose: { origin, direction }, lateral, ears: { right: ear('right'), left: ear('left') } }
}

/** Distance (mm) from the midline to the skull's outer wall at the ears before the head is stretched. */
const wall = 62

/** @param squama mean distance of the skull's outer wall from the vestibules, mm */
export function drawHead(random: Random, { pose, lateral }: HeadPose, squama: number): Body {
  const size = random.clippedNormal(1, 0.04, 2)
  const stretch = (): number => size * random.clippedNormal(1, 0.03, 2)
  return {
    kind: 'head',
    pose,
    tissues: drawTissues(random),
    texture: drawBodyTexture(random),
    organs: stretched(
      [
        ...drawHeadrest(random),
        ...drawBraincase(random),
        ...drawNeck(random),
        ...drawFace(random),
        ...drawJaws(random),
        drawEarCanals(random)
      ],
      [(lateral + squama) / wall, stretch(), stretch()]
    )
  }
}

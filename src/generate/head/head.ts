import type { Side } from '../../core/anatomy.ts'
import { type Random, randomDirection } from '../../core/math/random.ts'
import { add, multiply, rotationAbout, transform, type Vector3 } from '../../core/math/vector.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { type Body, sampleBodyTexture } from '../body/body.ts'
import { stretched } from '../body/stretch.ts'
import { sampleTissues } from '../body/tissues.ts'
import { sampleTurn, turnedEar } from '../sample/pose.ts'
import { sampleBraincase, sampleEarCanals } from './braincase.ts'
import { sampleFace } from './face.ts'
import { sampleHeadrest } from './headrest.ts'
import { sampleJaws } from './jaws.ts'
import { sampleNeck } from './neck.ts'

/** Where a head and its two ears lie. */
export interface HeadPose {
  readonly pose: Body['pose']
  /** Distance of the vestibules from the midline, mm. */
  readonly lateral: number
  readonly ears: Readonly<Record<Side, EarFrame>>
}

/** The two ears of a head are no exact mirror images: SD of a turn of each (radians) and of its place (mm). */
const asymmetry = { turn: 0.035, place: 1 } as const

export function sampleHeadPose(random: Random, anyOrientation: number): HeadPose {
  const direction = sampleTurn(random, anyOrientation)
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
export function sampleHead(random: Random, { pose, lateral }: HeadPose, squama: number): Body {
  const size = random.clippedNormal(1, 0.04, 2)
  const stretch = (): number => size * random.clippedNormal(1, 0.03, 2)
  return {
    kind: 'head',
    pose,
    tissues: sampleTissues(random),
    texture: sampleBodyTexture(random),
    organs: stretched(
      [
        ...sampleHeadrest(random),
        ...sampleBraincase(random),
        ...sampleNeck(random),
        ...sampleFace(random),
        ...sampleJaws(random),
        sampleEarCanals(random)
      ],
      [(lateral + squama) / wall, stretch(), stretch()]
    )
  }
}

import { expect, test } from 'vitest'
import { checkSidesOfPlaces } from '../../src/cases/check-sides.ts'
import type { OutlinedEar } from '../../src/cases/observed-ear.ts'
import { landmarkKinds, type PartId, parts, type Side } from '../../src/core/anatomy.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import {
  identity3,
  type Matrix3,
  multiply,
  rotationAbout,
  transform,
  type Vector3
} from '../../src/core/math/vector.ts'
import { meanDirection } from '../../src/ear/ear-frame.ts'
import { expectedPoint } from '../../src/ear/pose.ts'

/** The mean ears of a head about the origin, which is turned, called by other sides. */
function head(turn: Matrix3, called: (side: Side) => Side | null, known: 'all' | 'landmarks' | 'place'): OutlinedEar[] {
  return (['left', 'right'] as const).map((own) => {
    const origin = transform(turn, [own === 'left' ? 40 : -40, 5, 3])
    const frame = { side: own, origin, direction: multiply(turn, meanDirection[own]) }
    const landmarks = landmarkKinds.map(({ id }): Landmark => {
      return { id, status: 'defined', position: expectedPoint(frame, id), confidence: 1 }
    })
    const centroids = new Map(parts.map(({ id }): [PartId, Vector3] => [id, expectedPoint(frame, id)]))
    return {
      side: called(own),
      place: origin,
      landmarks: known === 'place' ? [] : landmarks,
      isOutlined: true,
      centroids: known === 'all' ? centroids : new Map()
    }
  })
}

const swapped = (side: Side): Side => (side === 'left' ? 'right' : 'left')
const turned = rotationAbout([0, 0, 1], 0.5)
const upsideDown = rotationAbout([0, 1, 0], Math.PI)
const check = (ears: readonly OutlinedEar[]) => () => checkSidesOfPlaces('truth.json', ears, 'parts')

test.each(['all', 'landmarks', 'place'] as const)(
  'sides that are swapped are refused; known of the ears: %s',
  (known) => {
    const says = /truth\.json: puts the left ear at x = -\d+\.\d mm and the right one at \d+\.\d mm; in LPS/
    for (const turn of [identity3, turned]) {
      check(head(turn, (side) => side, known))()
      expect(check(head(turn, swapped, known))).toThrow(says)
      expect(check(head(turn, (side) => (side === 'left' ? 'right' : null), known))).toThrow(says)
      check(head(turn, () => null, known))()
    }
  }
)

test('a head that lies upside down has its left ear at the smaller x, which its ears show', () => {
  check(head(upsideDown, (side) => side, 'all'))()
})

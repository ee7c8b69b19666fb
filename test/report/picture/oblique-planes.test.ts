import { expect, test } from 'vitest'
import { analyze } from '../../../src/analyze/analyze.ts'
import type { Side } from '../../../src/core/anatomy.ts'
import { angleBetween } from '../../../src/core/math/angle.ts'
import { cross, dot, normalize, transform, type Vector3 } from '../../../src/core/math/vector.ts'
import { obliquePlanes } from '../../../src/report/picture/oblique-planes.ts'
import { placeOn } from '../../../src/report/picture/plane.ts'
import { boneScan, groundTruthModel, meanShape, trueLandmarks, uprightFrame } from '../../analyze/analytic-network.ts'
import { knownEar } from '../known-findings.ts'

/** The axis of the mean cochlea and the normal of the mean superior canal, in the ear's frame. */
const axis = normalize([0.601, 0.687, -0.408])
const canalNormal: Vector3 = [0.73, -0.68, -0.01]

test.each<[Side]>([['right'], ['left']])(
  'the oblique planes of a %s ear lie in its cochlea and its superior canal',
  async (side) => {
    const ear = { frame: uprightFrame(side, [1, 2, 3]), shape: meanShape }
    const scan = boneScan([0, 0, 0], [120, 120, 120], [0.25, 0.25, 0.25])
    const findings = await analyze(scan, groundTruthModel([ear]), { augmentTestTime: false })
    const found = findings.ears[0]
    if (found === undefined) throw new Error('no ear')
    const planes = obliquePlanes(found)
    const [helicotrema, , roundWindow] = trueLandmarks(ear) as [Vector3, Vector3, Vector3]
    const across = planes.map(({ plane }) => cross(plane.across, plane.down))
    const tilt = (n: number, direction: Vector3): number => {
      const angle = angleBetween(across[n] as Vector3, transform(ear.frame.direction, direction))
      return Math.min(angle, 180 - angle)
    }
    expect(planes).toHaveLength(4)
    expect(tilt(0, axis)).toBeLessThan(10)
    expect(tilt(1, axis)).toBeGreaterThan(80)
    expect(tilt(2, canalNormal)).toBeLessThan(10)
    expect(tilt(3, canalNormal)).toBeGreaterThan(80)
    // Both landmarks lie in the slice along the axis, the apex above the base.
    const along = (planes[1] as (typeof planes)[number]).plane
    const [apex, base] = [placeOn(along, helicotrema), placeOn(along, roundWindow)]
    expect(Math.max(Math.abs(apex.depth), Math.abs(base.depth))).toBeLessThan(0.3)
    expect(apex.y).toBeLessThan(base.y - 1)
    // Radiological convention wherever a slice is not about sagittal.
    for (const { plane } of planes) expect(plane.across[0]).toBeGreaterThan(-0.2)
    expect(dot((planes[2] as (typeof planes)[number]).plane.down, [0, 0, -1])).toBeGreaterThan(0.9)
  }
)

test('an ear of which too little is seen has no oblique planes', () => {
  expect(obliquePlanes(knownEar('left'))).toEqual([])
})

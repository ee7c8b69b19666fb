import { expect, it } from 'vitest'
import { radians } from '../../../src/core/math/angle.ts'
import { placeOf } from '../../../src/ear/cochlear-coordinates.ts'
import { labyrinthDistance } from '../../../src/generate/anatomy/distance.ts'
import { trueCochlea } from '../../../src/generate/anatomy/true-cochlea.ts'
import { wallLengths } from '../../../src/implant/lumen.ts'
import { traceDuct } from '../../../src/measure/cochlea/cochlear-duct.ts'
import { describeDuct, ductOf } from '../../../src/report/duct-result.ts'
import { leftFrame, meanLabyrinth, trueEar } from '../../implant/known-ear.ts'

const right = traceDuct(trueEar())
const duct = typeof right === 'string' ? expect.unreachable(right) : right

it('the wall of the traced duct is as long as the true one, and its sections lie where the cochlea is', () => {
  expect(Math.abs((wallLengths(duct).at(-1) ?? 0) / trueCochlea(meanLabyrinth).lateralWallLength - 1)).toBeLessThan(
    0.04
  )
  const middles = duct.sections.filter(({ angle }) => angle >= 40 && angle <= 700)
  for (const { angle, radius, height, wall } of middles) {
    const at = (r: number, h: number) =>
      labyrinthDistance(meanLabyrinth, placeOf(duct.frame, { radius: r, height: h, angle: radians(angle) }), 2).cochlea
    expect(at(radius, height), `the middle at ${angle}°`).toBeLessThan(-0.25)
    expect(Math.abs(at(wall.radius, wall.height)), `the wall at ${angle}°`).toBeLessThan(0.25)
  }
})

it('the duct of a left ear is that of the right one mirrored', () => {
  const left = traceDuct(trueEar(leftFrame))
  if (typeof left === 'string') expect.unreachable(left)
  for (const [n, section] of left.sections.entries()) {
    const place = (of: typeof left) => placeOf(of.frame, { ...section.wall, angle: radians(section.angle) })
    const [x, y, z] = place(duct)
    for (const [axis, mm] of place(left).entries()) expect(mm, `${n}`).toBeCloseTo([-x, y, z][axis] ?? Number.NaN, 1)
  }
})

it('without a round window there is none, and it says why', () => {
  const ear = trueEar()
  const landmarks = ear.landmarks.map((mark) =>
    mark.id === 'round_window' ? { id: mark.id, status: 'undefined' as const, confidence: 0 } : mark
  )
  expect(traceDuct({ ...ear, landmarks })).toMatch(/round window/)
})

it('voxels that do not resolve the turns give none', () => {
  expect(traceDuct({ ...trueEar(), voxelEdge: 1.2 })).toMatch(/1\.20 mm do not resolve the turns/)
})

it('goes into a result and comes back', () => {
  const back = ductOf(JSON.parse(JSON.stringify(describeDuct(duct))))
  expect(back.sections).toHaveLength(duct.sections.length)
  expect(back.sections[20]?.radius).toBeCloseTo(duct.sections[20]?.radius ?? Number.NaN, 3)
  expect(back.frame.zero[0]).toBeCloseTo(duct.frame.zero[0], 5)
})

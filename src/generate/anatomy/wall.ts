import { add, scale, type Vector3 } from '../../core/math/vector.ts'
import type { Section } from './shape.ts'

const places = 72

/** Places (ear frame) around the wall of a tube's section. */
export function sectionWall({ center, axisA, axisB, inverse: [aa, ab, bb] }: Section): Vector3[] {
  const determinant = aa * bb - ab * ab
  return Array.from({ length: places }, (_, n) => {
    const angle = (2 * Math.PI * n) / places
    const [x, y] = [Math.cos(angle), Math.sin(angle)]
    const [a, b] = [(bb * x - ab * y) / determinant, (aa * y - ab * x) / determinant]
    return add(center, add(scale(axisA, a), scale(axisB, b)))
  })
}

/** Places (ear frame) on the half ellipsoid that closes a tube's far end. */
export function endWall(end: Section): Vector3[] {
  const wall = sectionWall(end)
  return Array.from({ length: 19 }, (_, n) => (n * Math.PI) / 36).flatMap((lift) => {
    const tip = add(end.center, scale(end.tangent, end.reach * Math.sin(lift)))
    return wall.map((place) => {
      const share = Math.cos(lift)
      return add(tip, scale(add(place, scale(end.center, -1)), share))
    })
  })
}

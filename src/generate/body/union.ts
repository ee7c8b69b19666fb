import type { Vector3 } from '../../core/math/vector.ts'
import type { Box } from '../canvas.ts'
import { type Solid, type SolidShape, solidOf } from '../tissue/primitives.ts'

/** Several shapes as one body: the box around them, and the distance (mm, negative inside) to the nearest. */
export type Union = Pick<Solid, 'box' | 'distance'>

export function unionOf(shapes: readonly SolidShape[]): Union {
  const solids = shapes.map(solidOf)
  const bound = (pick: typeof Math.min, side: 'low' | 'high'): Vector3 => [
    pick(...solids.map(({ box }) => box[side][0])),
    pick(...solids.map(({ box }) => box[side][1])),
    pick(...solids.map(({ box }) => box[side][2]))
  ]
  return {
    box: { low: bound(Math.min, 'low'), high: bound(Math.max, 'high') },
    distance(x, y, z) {
      let least = Number.POSITIVE_INFINITY
      for (const solid of solids) {
        const distance = solid.distance(x, y, z)
        if (distance < least) least = distance
      }
      return least
    }
  }
}

/** Shapes apart from each other, such as those of the two sides; those whose boxes are within `gap` mm stay together. */
export function groupsOf(shapes: readonly SolidShape[], gap: number): SolidShape[][] {
  const groups: { shapes: SolidShape[]; box: Box }[] = []
  for (const shape of shapes) {
    let joined = { shapes: [shape], box: solidOf(shape).box }
    for (;;) {
      const at = groups.findIndex(({ box }) => isNear(box, joined.box, gap))
      const [group] = at < 0 ? [] : groups.splice(at, 1)
      if (group === undefined) break
      joined = { shapes: [...group.shapes, ...joined.shapes], box: around(group.box, joined.box) }
    }
    groups.push(joined)
  }
  return groups.map((group) => group.shapes)
}

function isNear(a: Box, b: Box, gap: number): boolean {
  return ([0, 1, 2] as const).every((axis) => a.low[axis] <= b.high[axis] + gap && b.low[axis] <= a.high[axis] + gap)
}

function around(a: Box, b: Box): Box {
  const low = (axis: 0 | 1 | 2): number => Math.min(a.low[axis], b.low[axis])
  const high = (axis: 0 | 1 | 2): number => Math.max(a.high[axis], b.high[axis])
  return { low: [low(0), low(1), low(2)], high: [high(0), high(1), high(2)] }
}

import { angleBetween } from '../src/core/math/angle.ts'
import { distance, normalize, subtract, type Vector3 } from '../src/core/math/vector.ts'
import type { EarId } from './ear-id.ts'

/** A distance between two places, or the angle at the second of three; LPS mm. */
export interface Ruler {
  readonly ear: EarId
  readonly places: readonly Vector3[]
}

/** What it measures, with its unit; nothing before it has two places. */
export function rulerText({ places: [a, b, c] }: Ruler): string {
  if (a === undefined || b === undefined) return ''
  if (c === undefined) return `${distance(a, b).toFixed(2)} mm`
  if (distance(a, b) === 0 || distance(b, c) === 0) return ''
  return `${angleBetween(normalize(subtract(a, b)), normalize(subtract(c, b))).toFixed(1)}°`
}

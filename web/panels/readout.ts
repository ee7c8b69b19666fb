import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Look } from '../look.ts'

/** A place, its value and the window: `L 40.2 P 11.3 I 20.6 mm · 812 HU · level 800, width 2800`. */
export function readoutText(place: Vector3, value: number | undefined, { window: { low, high } }: Look): string {
  const letters = ['RL', 'AP', 'IS'] as const
  const where = place.map((mm, axis) => `${letters[axis]?.[mm < 0 ? 0 : 1]} ${Math.abs(mm).toFixed(1)}`).join(' ')
  const hounsfield = value === undefined ? 'outside' : `${Math.round(value)} HU`.replace('-', '−')
  return `${where} mm · ${hounsfield} · level ${(low + high) / 2}, width ${high - low}`.replace('level -', 'level −')
}

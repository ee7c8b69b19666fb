import type { Placement } from './array.ts'

/**
 * Degrees from the round window within which an array comes from its middle to where it lies. With these the arrays of the
 * catalogue reach, in the mean ear, about the angles that are published as typical of them (docs/how-to/plan-electrode.md).
 */
const entrance: Readonly<Record<Placement, number>> = { lateral: 60, 'mid-scala': 60, perimodiolar: 120 }

/** How far an array has come from the round window to where it lies, 0 to 1, at an angle (°): it leaves and arrives smoothly. */
export function entranceShare(placement: Placement, angle: number): number {
  const share = Math.min(1, Math.max(0, angle / entrance[placement]))
  return share * share * (3 - 2 * share)
}

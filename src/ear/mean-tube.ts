import data from './mean-cochlea.json' with { type: 'json' }

/**
 * A section of a tube by a half-plane through the modiolar axis, mm: its middle, and the symmetric matrix S whose
 * |S⁻¹ q| = 1 is the wall, q from the middle away from the axis and along it.
 */
export type TubeSection = readonly [radius: number, height: number, rr: number, rz: number, zz: number]

/**
 * The mean cochlea of 42 bony labyrinths outlined in CT as a tube, every 20° about the modiolar axis from the round
 * window, heights above it. The last turn was carried by a template there.
 */
const sections = data.sections as unknown as readonly TubeSection[]

/** Degrees from one row to the next. */
const { rowStep } = data

/** The mean tube's section at an angle in degrees from 0 to its end. */
export function meanSection(angle: number): TubeSection {
  const at = Math.min(sections.length - 2, Math.floor(angle / rowStep))
  const share = Math.min(1, angle / rowStep - at)
  const [a, b] = [sections[at], sections[at + 1]] as [TubeSection, TubeSection]
  const mix = (n: 0 | 1 | 2 | 3 | 4): number => a[n] + share * (b[n] - a[n])
  return [mix(0), mix(1), mix(2), mix(3), mix(4)]
}

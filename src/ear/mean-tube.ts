/**
 * A section of a tube by a half-plane through the modiolar axis, mm: its middle, and the symmetric matrix S whose
 * |S⁻¹ q| = 1 is the wall, q from the middle away from the axis and along it.
 */
export type TubeSection = readonly [radius: number, height: number, rr: number, rz: number, zz: number]

/**
 * The mean cochlea of 42 bony labyrinths outlined in CT as a tube, every 20° about the modiolar axis from the round
 * window, heights above it. The last turn was carried by a template there.
 */
const sections: readonly TubeSection[] = [
  [4.6, 0.3, 1.11, 0.01, 1.24],
  [3.91, 0.39, 1.06, 0.12, 1.18],
  [3.41, 0.23, 1.03, 0.14, 1.05],
  [3.09, 0.15, 0.98, 0.17, 1],
  [2.88, 0.17, 0.93, 0.18, 1],
  [2.73, 0.25, 0.87, 0.16, 1],
  [2.59, 0.3, 0.85, 0.13, 0.99],
  [2.47, 0.34, 0.85, 0.1, 0.99],
  [2.38, 0.36, 0.88, 0.07, 1],
  [2.29, 0.39, 0.93, 0.05, 1.01],
  [2.19, 0.39, 0.98, 0.02, 1.03],
  [2.08, 0.4, 1.01, 0.01, 1.06],
  [2, 0.43, 1.02, -0.02, 1.08],
  [1.93, 0.5, 1.02, -0.04, 1.09],
  [1.87, 0.61, 1.03, -0.05, 1.08],
  [1.77, 0.76, 0.99, -0.04, 1.05],
  [1.64, 0.9, 0.93, -0.01, 1.02],
  [1.52, 1.02, 0.85, 0.03, 1],
  [1.43, 1.11, 0.79, 0.06, 0.99],
  [1.39, 1.17, 0.75, 0.08, 0.99],
  [1.37, 1.23, 0.71, 0.09, 1.01],
  [1.37, 1.29, 0.67, 0.11, 1.01],
  [1.37, 1.37, 0.65, 0.12, 1.01],
  [1.35, 1.46, 0.65, 0.14, 0.97],
  [1.31, 1.57, 0.68, 0.14, 0.92],
  [1.25, 1.66, 0.7, 0.14, 0.87],
  [1.17, 1.74, 0.74, 0.13, 0.85],
  [1.06, 1.82, 0.77, 0.11, 0.83],
  [0.95, 1.9, 0.79, 0.11, 0.83],
  [0.85, 1.97, 0.82, 0.1, 0.82],
  [0.76, 2.04, 0.83, 0.1, 0.82],
  [0.7, 2.11, 0.85, 0.1, 0.8],
  [0.66, 2.19, 0.85, 0.09, 0.78],
  [0.64, 2.26, 0.85, 0.09, 0.75],
  [0.63, 2.34, 0.85, 0.08, 0.71],
  [0.64, 2.41, 0.84, 0.06, 0.68],
  [0.65, 2.47, 0.84, 0.06, 0.64],
  [0.68, 2.52, 0.85, 0.06, 0.62],
  [0.71, 2.58, 0.87, 0.07, 0.59],
  [0.72, 2.63, 0.89, 0.07, 0.58],
  [0.73, 2.7, 0.9, 0.07, 0.57],
  [0.73, 2.77, 0.91, 0.05, 0.54],
  [0.69, 2.85, 0.89, 0.03, 0.49],
  [0.64, 2.94, 0.84, 0.01, 0.44],
  [0.61, 3.02, 0.78, -0.01, 0.39],
  [0.6, 3.05, 0.75, -0.02, 0.36]
]

/** Degrees from one row to the next. */
const rowStep = 20

/** The mean tube's section at an angle in degrees from 0 to its end. */
export function meanSection(angle: number): TubeSection {
  const at = Math.min(sections.length - 2, Math.floor(angle / rowStep))
  const share = Math.min(1, angle / rowStep - at)
  const [a, b] = [sections[at], sections[at + 1]] as [TubeSection, TubeSection]
  const mix = (n: 0 | 1 | 2 | 3 | 4): number => a[n] + share * (b[n] - a[n])
  return [mix(0), mix(1), mix(2), mix(3), mix(4)]
}

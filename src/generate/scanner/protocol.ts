import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'

export const scannerKinds = ['flat-panel', 'cone-beam', 'multi-slice'] as const
export type ScannerKind = (typeof scannerKinds)[number]

/** How one scan was taken. */
export interface Protocol {
  readonly kind: ScannerKind
  /** Voxel size along i, j, k, mm. */
  readonly spacing: Vector3
  /** How far the patient moved (mm along i, j, k) and the share of the scan taken after that; 0 in a still one. */
  readonly motion: { readonly shift: Vector3; readonly share: number }
  /** Width of the point spread (SD of a Gaussian) along i, j, k, mm. */
  readonly blur: Vector3
  /** Overshoot of a sharp kernel: the share of the detail above `blur` that is added back. */
  readonly sharpening: number
  /** HU lost for each 1000 HU of dense surroundings: beam hardening and scatter. */
  readonly beamHardening: number
  /** SD of concentric rings, HU. */
  readonly rings: number
  /** Greatest height of the streaks from metal, HU. */
  readonly metalStreaks: number
  /** SD of the noise, HU, and its grain (SD of the Gaussian that correlates it), in voxels. */
  readonly noise: number
  readonly grain: number
  /** By how much the noise grows, and how much noise elongated along i is added, for each 1000 HU of surroundings. */
  readonly noiseInBone: number
  readonly streakiness: number
  /** Errors of the HU scale. */
  readonly gain: number
  readonly offset: number
  /** Whether the reconstruction is a cylinder, with −1024 HU outside, and how bright truncation makes its border, HU. */
  readonly cylinder: boolean
  readonly truncation: number
  /** How the metal of an electrode array is shown; absent without one. */
  readonly metal?: MetalScan
  /** How a dental cone-beam scanner differs from these; absent in all others. */
  readonly dental?: DentalReconstruction
}

/** What becomes of dense metal. */
export interface MetalScan {
  /** Share of what exceeds the 12-bit range that blooms around it, and how far (SD, mm). */
  readonly bloom: number
  readonly reach: number
  /** Whether numbers above 3071 are kept: an extended scale. */
  readonly isExtended: boolean
}

export function sampleMetalScan(random: Random): MetalScan {
  return { bloom: random.uniform(0.02, 0.12), reach: random.uniform(0.2, 0.45), isExtended: random.chance(0.3) }
}

/** Greys and field of view of a dental cone-beam scanner. */
export interface DentalReconstruction {
  /** Greys for each HU below water, where `gain` is that above. */
  readonly airGain: number
  /** The cylinder that is reconstructed, its axis along k: middle in voxels, radius in mm; null where all of it is seen. */
  readonly cylinder: { readonly middle: readonly [i: number, j: number]; readonly radius: number } | null
}

interface Range {
  /** Voxel size in the plane, and between slices where that is another; mm. */
  readonly inPlane: readonly [number, number]
  readonly slice?: readonly [number, number]
  /** HU. */
  readonly noise: readonly [number, number]
  readonly rings: readonly [number, number]
}

const ranges: Record<ScannerKind, Range> = {
  'flat-panel': { inPlane: [0.08, 0.15], noise: [30, 120], rings: [5, 40] },
  'cone-beam': { inPlane: [0.15, 0.3], noise: [30, 140], rings: [5, 40] },
  'multi-slice': { inPlane: [0.2, 0.6], slice: [0.35, 1], noise: [15, 140], rings: [2, 12] }
}

/** Shares of scanners among those asked for. */
const weights: Record<ScannerKind, number> = { 'flat-panel': 1, 'cone-beam': 1, 'multi-slice': 2 }

/** Slices (mm) of a few multi-slice scans that were not meant for the ear. */
const thickSlices = { share: 0.06, range: [1, 1.5] } as const

/**
 * @param finest the smallest voxel, mm; finer protocols get this size
 * @param kinds the scanners to sample from
 */
export function sampleProtocol(random: Random, finest: number, kinds: readonly ScannerKind[] = scannerKinds): Protocol {
  const kind = random.pick(kinds.flatMap((name) => new Array<ScannerKind>(weights[name]).fill(name)))
  const { inPlane, slice, noise, rings } = ranges[kind]
  const xy = Math.max(finest, random.uniform(...inPlane))
  const thickness = random.chance(thickSlices.share) ? thickSlices.range : slice
  const z = slice && thickness ? Math.max(xy, random.uniform(...thickness)) : xy
  const sharpness = random.uniform(0.35, 0.85)
  const blur = (mm: number): number => Math.max(sharpness * mm, 0.08)
  const sometimes = (share: number, low: number, high: number): number =>
    random.chance(share) ? random.uniform(low, high) : 0
  return {
    kind,
    spacing: [xy, xy, z],
    motion: { shift: [random.normal(0, 0.4), random.normal(0, 0.4), 0], share: sometimes(0.12, 0.1, 0.35) },
    blur: [blur(xy), blur(xy), blur(z) * 0.8],
    sharpening: sometimes(0.5, 0, 0.9),
    beamHardening: sometimes(0.6, 0, 0.08),
    rings: sometimes(kind === 'multi-slice' ? 0.1 : 0.3, ...rings),
    metalStreaks: random.uniform(200, 1500),
    noise: random.uniform(...noise),
    grain: random.uniform(0.3, 0.9),
    noiseInBone: random.uniform(0, 0.4),
    streakiness: sometimes(0.3, 0.2, 0.7),
    gain: random.clippedNormal(1, 0.05, 2),
    offset: random.clippedNormal(0, 25, 2),
    cylinder: random.chance(0.3),
    truncation: sometimes(0.3, 50, 500)
  }
}

import type { Random } from '../../core/random.ts'
import type { Vector3 } from '../../core/vector.ts'

export type ScannerKind = 'flat-panel' | 'cone-beam' | 'multi-slice'

/** How one scan was taken. */
export interface Protocol {
  readonly kind: ScannerKind
  /** Voxel size along i, j, k, mm. */
  readonly spacing: Vector3
  /** Width of the point spread (SD of a Gaussian) along i, j, k, mm. */
  readonly blur: Vector3
  /** Overshoot of a sharp kernel: the share of the detail above `blur` that is added back. */
  readonly sharpening: number
  /** SD of the noise, HU, and its grain (SD of the Gaussian that correlates it), in voxels. */
  readonly noise: number
  readonly grain: number
  /** Errors of the HU scale. */
  readonly gain: number
  readonly offset: number
  /** Whether the reconstruction is a cylinder, with −1024 HU outside. */
  readonly cylinder: boolean
}

const kinds: Record<ScannerKind, { inPlane: [number, number]; slice: [number, number]; noise: [number, number] }> = {
  'flat-panel': { inPlane: [0.1, 0.15], slice: [1, 1], noise: [30, 110] },
  'cone-beam': { inPlane: [0.15, 0.3], slice: [1, 1], noise: [30, 130] },
  'multi-slice': { inPlane: [0.2, 0.5], slice: [0.35, 0.8], noise: [15, 140] }
}

/** @param finest the smallest voxel worth drawing, mm; finer protocols are drawn at this size */
export function drawProtocol(random: Random, finest: number): Protocol {
  const kind = random.pick<ScannerKind>(['flat-panel', 'cone-beam', 'multi-slice', 'multi-slice'])
  const { inPlane, slice, noise } = kinds[kind]
  const xy = Math.max(finest, random.uniform(...inPlane))
  const z = kind === 'multi-slice' ? Math.max(xy, random.uniform(...slice)) : xy
  const sharpness = random.uniform(0.35, 0.85)
  const blur = (mm: number): number => Math.max(sharpness * mm, 0.08)
  return {
    kind,
    spacing: [xy, xy, z],
    blur: [blur(xy), blur(xy), blur(z) * 0.8],
    sharpening: random.chance(0.5) ? random.uniform(0, 0.9) : 0,
    noise: random.uniform(...noise),
    grain: random.uniform(0.3, 0.9),
    gain: random.clippedNormal(1, 0.05, 2),
    offset: random.clippedNormal(0, 25, 2),
    cylinder: random.chance(0.3)
  }
}

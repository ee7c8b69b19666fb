import type { Random } from '../../core/math/random.ts'
import { type Protocol, sampleProtocol } from './protocol.ts'

/** Voxel size (mm) in the plane and between slices of scans of a whole head, or of another part of the body. */
const ranges = { inPlane: [0.4, 1], slice: [0.4, 1] } as const

/** A protocol for more than one temporal bone: larger voxels, else as any other. */
export function sampleCoarseProtocol(random: Random, finest: number): Protocol {
  const protocol = sampleProtocol(random, finest)
  const xy = Math.max(finest, random.uniform(...ranges.inPlane))
  const z = Math.max(finest, random.uniform(...ranges.slice))
  const sharpness = random.uniform(0.35, 0.85)
  return {
    ...protocol,
    kind: 'multi-slice',
    spacing: [xy, xy, z],
    blur: [sharpness * xy, sharpness * xy, 0.8 * sharpness * z]
  }
}

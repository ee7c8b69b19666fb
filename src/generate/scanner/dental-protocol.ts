import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Protocol } from './protocol.ts'

/**
 * A dental cone-beam scanner in place of another: greys that are no Hounsfield units (bone half as bright, soft tissue
 * 50 to 150 too bright, air as dark as ever or clipped), scatter that fills hollows in dense bone, soft edges, coarse
 * correlated noise. Ranges are those of a scan with voxels of 0.3 mm, noise of 40 to 120 and petrous bone at 1050.
 * @param spacing of its voxels, mm
 */
export function asDentalProtocol(random: Random, protocol: Protocol, spacing: Vector3): Protocol {
  const gain = random.uniform(0.45, 0.7)
  const softness = random.uniform(0.12, 0.4)
  const blur = (mm: number): number => Math.max(softness, 0.4 * mm)
  return {
    ...protocol,
    kind: 'cone-beam',
    spacing,
    blur: [blur(spacing[0]), blur(spacing[1]), blur(spacing[2])],
    sharpening: 0,
    beamHardening: -random.uniform(0.03, 0.2),
    noise: random.uniform(40, 120) / gain,
    grain: random.uniform(0.6, 0.95),
    gain,
    offset: random.uniform(30, 150),
    cylinder: false,
    dental: { airGain: random.uniform(0.8, 1.1), cylinder: null }
  }
}

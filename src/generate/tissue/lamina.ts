import type { Random } from '../../core/math/random.ts'
import { forEachVoxel } from '../canvas.ts'
import type { Scene } from './scene.ts'

/** The osseous spiral lamina: a thin shelf of bone from the modiolus into the cochlear duct. */
export interface Lamina {
  /** Thickness at the modiolus, mm. */
  readonly thickness: number
  /** How far it reaches across the lumen, in semi-axes from the middle: negative ends before the middle. */
  readonly width: number
  /** Share of the duct that has one; towards the apex there is none. */
  readonly extent: number
}

export function sampleLamina(random: Random): Lamina {
  return {
    thickness: random.uniform(0.08, 0.25),
    width: random.uniform(-0.5, 0.1),
    extent: random.uniform(0.55, 0.9)
  }
}

/** Rasterises the lamina into the fluid of the cochlea; it is not in the labels, as it lies inside the bony cochlea. */
export function rasteriseLamina(scene: Scene, { thickness, width, extent }: Lamina): void {
  const { canvas, field, shape, densities } = scene
  const { edge } = canvas
  const sections = shape.cochlea.slice(0, Math.round(extent * shape.cochlea.length))
  const filled = new Set<number>()
  for (const { center, axisA, axisB, tangent, reach } of sections) {
    const [cx, cy, cz] = center
    const box = { low: [cx - reach, cy - reach, cz - reach], high: [cx + reach, cy + reach, cz + reach] } as const
    forEachVoxel(canvas, box, (voxel, x, y, z) => {
      const [dx, dy, dz] = [x - cx, y - cy, z - cz]
      if (Math.abs(dx * tangent[0] + dy * tangent[1] + dz * tangent[2]) > 0.15) return
      const a = dx * axisA[0] + dy * axisA[1] + dz * axisA[2]
      if (a < -reach || a > width * reach) return
      const b = dx * axisB[0] + dy * axisB[1] + dz * axisB[2]
      const share = overlap(b, edge, thickness)
      if (share <= 0 || filled.has(voxel)) return
      filled.add(voxel)
      const old = field[voxel] as number
      field[voxel] = old + share * Math.max(0, densities.lamina - old)
    })
  }
}

/** Share of a voxel of `edge` mm, its middle `offset` mm from that of a plate, which the plate fills. */
function overlap(offset: number, edge: number, thickness: number): number {
  const low = Math.max(offset - edge / 2, -thickness / 2)
  const high = Math.min(offset + edge / 2, thickness / 2)
  return (high - low) / edge
}

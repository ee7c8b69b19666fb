import type { Mesh } from '../../core/mesh/mesh.ts'

/** A surface as a scene shows it. */
export interface NamedMesh {
  /** Letters, digits, spaces and underscores. */
  readonly name: string
  /** sRGB, 0–255. */
  readonly color: readonly [number, number, number]
  readonly mesh: Mesh
}

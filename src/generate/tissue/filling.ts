import type { Densities } from './densities.ts'
import type { Scene } from './scene.ts'

/** Hounsfield units of a tissue by place (ear frame, mm): air-filled spaces hold fluid below the effusion's level. */
export function fillingOf(
  { densities, effusion }: Pick<Scene, 'densities' | 'effusion'>,
  tissue: keyof Densities
): (x: number, y: number, z: number) => number {
  const value = densities[tissue]
  if (effusion === null || (tissue !== 'cavity' && tissue !== 'cells')) return () => value
  const { up, level } = effusion
  return (x, y, z) => (x * up[0] + y * up[1] + z * up[2] < level ? densities.effusion : value)
}

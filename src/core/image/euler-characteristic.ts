import type { Vector3 } from '../math/vector.ts'

/**
 * The Euler characteristic of the voxels of a mask, each a closed cube: components − handles + cavities. Vertices − edges
 * + faces − cubes, each counted once. Voxels that share an edge or a corner are connected.
 */
export function eulerCharacteristic(mask: Uint8Array, [nx, ny, nz]: Vector3): number {
  let sum = 0
  const inside = (i: number, j: number, k: number): boolean =>
    i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz && mask[i + nx * (j + ny * k)] === 1
  for (let k = 0; k <= nz; k++) {
    for (let j = 0; j <= ny; j++) {
      for (let i = 0; i <= nx; i++) {
        // The voxels around the corner (i, j, k); faces and edges that leave it towards smaller indices belong to it.
        const here = inside(i, j, k)
        const x = inside(i - 1, j, k)
        const y = inside(i, j - 1, k)
        const z = inside(i, j, k - 1)
        const xy = inside(i - 1, j - 1, k)
        const xz = inside(i - 1, j, k - 1)
        const yz = inside(i, j - 1, k - 1)
        const xyz = inside(i - 1, j - 1, k - 1)
        const any = here || x || y || z || xy || xz || yz || xyz
        if (!any) continue
        sum += 1
        sum -= Number(here || y || z || yz) + Number(here || x || z || xz) + Number(here || x || y || xy)
        sum += Number(here || z) + Number(here || y) + Number(here || x)
        sum -= Number(here)
      }
    }
  }
  return sum
}

/** The same where only voxels that share a face are connected: voxels − shared faces + full squares − full cubes. */
export function openEulerCharacteristic(mask: Uint8Array, [nx, ny, nz]: Vector3): number {
  let sum = 0
  const [dy, dz] = [nx, nx * ny]
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] !== 1) continue
    const [hasX, hasY, hasZ] = [(at + 1) % nx !== 0, Math.floor(at / nx) % ny < ny - 1, at < dz * (nz - 1)]
    const x = hasX && mask[at + 1] === 1
    const y = hasY && mask[at + dy] === 1
    const z = hasZ && mask[at + dz] === 1
    const xy = x && y && mask[at + 1 + dy] === 1
    const xz = x && z && mask[at + 1 + dz] === 1
    const yz = y && z && mask[at + dy + dz] === 1
    sum += 1 - Number(x) - Number(y) - Number(z) + Number(xy) + Number(xz) + Number(yz)
    sum -= Number(xy && xz && yz && mask[at + 1 + dy + dz] === 1)
  }
  return sum
}

import { applyAffine, indexFromIndex, voxelIndex } from '../core/geometry/geometry.ts'
import type { Volume } from '../core/volume.ts'

/**
 * A label of the whole labyrinth divided into parts: each of its voxels gets the part of the nearest found voxel that is
 * reached through the label.
 * @param found labels of the parts
 * @param whole not 0 in the labyrinth; on any grid
 */
export function withPartsOf(found: Volume<Uint8Array>, whole: Volume<Uint8Array>): Volume<Uint8Array> {
  const { size } = whole.geometry
  const data = new Uint8Array(whole.data.length)
  const map = indexFromIndex(found.geometry, whole.geometry)
  let front: number[] = []
  for (let from = 0; from < found.data.length; from++) {
    const label = found.data[from] as number
    if (label === 0) continue
    const [i, j, k] = applyAffine(map, voxelIndex(found.geometry.size, from)).map(Math.round) as [
      number,
      number,
      number
    ]
    if ([i, j, k].some((n, axis) => n < 0 || n >= (size[axis] as number))) continue
    const at = i + size[0] * (j + size[1] * k)
    if (whole.data[at] === 0) continue
    data[at] = label
    front.push(at)
  }
  const steps = [1, size[0], size[0] * size[1]]
  while (front.length > 0) {
    const next: number[] = []
    for (const at of front) {
      for (const step of steps.flatMap((one) => [one, -one])) {
        if (data[at + step] !== 0 || (whole.data[at + step] ?? 0) === 0) continue
        data[at + step] = data[at] as number
        next.push(at + step)
      }
    }
    front = next
  }
  return { geometry: whole.geometry, data }
}

/** The labels of parts that hang together with an ear that was found: those of a head's other ear are left out. */
export function ofFoundEar(found: Volume<Uint8Array>, labels: Volume<Uint8Array>): Volume<Uint8Array> {
  const reached = withPartsOf(found, labels)
  return { geometry: labels.geometry, data: labels.data.map((label, at) => (reached.data[at] === 0 ? 0 : label)) }
}

import type { Vector3 } from '../math/vector.ts'

const neighbours: readonly Vector3[] = [-1, 0, 1].flatMap((z) =>
  [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x): Vector3 => [x, y, z]))
)
const center = 13

const steps = (at: number, to: number): number => {
  const [a, b] = [neighbours[at] as Vector3, neighbours[to] as Vector3]
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]))
}
const blocks = (at: number, to: number): number => {
  const [a, b] = [neighbours[at] as Vector3, neighbours[to] as Vector3]
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2])
}
const around = neighbours.map((_, n) => n).filter((n) => n !== center)
const faces = around.filter((n) => blocks(n, center) === 1)
const facesAndEdges = around.filter((n) => blocks(n, center) <= 2)

/** For each of the 27 places those it touches in a face, an edge or a corner, and those of faces and edges in a face. */
const touching = neighbours.map((_, n) => around.filter((other) => other !== n && steps(n, other) === 1))
const facing = neighbours.map((_, n) => facesAndEdges.filter((other) => blocks(n, other) === 1))

/** The places that share a square or a cube of 2 or 2 × 2 × 2 voxels with the middle, the middle left out. */
const cubes = [-1, 1].flatMap((z) =>
  [-1, 1].flatMap((y) =>
    [-1, 1].map((x) => {
      const at = (i: number, j: number, k: number): number => 13 + i + 3 * j + 9 * k
      return [at(x, 0, 0), at(0, y, 0), at(0, 0, z), at(x, y, 0), at(x, 0, z), at(0, y, z), at(x, y, z)] as const
    })
  )
)

/**
 * Returns a test whether a voxel can be added to or removed from a mask without changing the topology of mask and background: it
 * is a simple point for 26 and 6 neighbours (Bertrand and Malandain 1994), and leaves no voxels that touch only along an edge
 * or in a corner, so that every surface around the mask has the same topology.
 */
export function createSimplePointTest(mask: Uint8Array, [nx, ny, nz]: Vector3): (at: number) => boolean {
  const offsets = neighbours.map(([x, y, z]) => x + nx * (y + ny * z))
  const values = new Uint8Array(27)
  const seen = new Uint8Array(27)
  const stack: number[] = []
  const flood = (start: number, value: number, next: readonly (readonly number[])[]): void => {
    seen[start] = 1
    stack.push(start)
    for (let from = stack.pop(); from !== undefined; from = stack.pop()) {
      for (const to of next[from] as readonly number[]) {
        if (seen[to] === 1 || values[to] !== value) continue
        seen[to] = 1
        stack.push(to)
      }
    }
  }
  const pieces = (starts: readonly number[], value: number, next: readonly (readonly number[])[]): number => {
    seen.fill(0)
    let count = 0
    for (const start of starts) {
      if (values[start] !== value || seen[start] === 1) continue
      count++
      flood(start, value, next)
    }
    return count
  }
  return (at) => {
    const i = at % nx
    const j = Math.floor(at / nx) % ny
    const k = Math.floor(at / (nx * ny))
    if (i === 0 || j === 0 || k === 0 || i === nx - 1 || j === ny - 1 || k === nz - 1) return false
    for (let n = 0; n < 27; n++) values[n] = mask[at + (offsets[n] as number)] as number
    if (pieces(around, 1, touching) !== 1 || pieces(faces, 0, facing) !== 1) return false
    return isWellComposed(values, 1 - (values[center] as number))
  }
}

/** Whether no square and no cube around the middle, were that of this value, holds voxels that touch only in an edge or corner. */
function isWellComposed(values: Uint8Array, middle: number): boolean {
  for (const [x, y, z, xy, xz, yz, xyz] of cubes) {
    if (isCrossed(middle, values[x], values[y], values[xy])) return false
    if (isCrossed(middle, values[x], values[z], values[xz])) return false
    if (isCrossed(middle, values[y], values[z], values[yz])) return false
    const others = 1 - middle
    const isCorner = values[xyz] === middle && [x, y, z, xy, xz, yz].every((n) => values[n] === others)
    if (isCorner) return false
  }
  return true
}

function isCrossed(a: number, b: number | undefined, c: number | undefined, opposite: number | undefined): boolean {
  return a === opposite && b === c && a !== b
}

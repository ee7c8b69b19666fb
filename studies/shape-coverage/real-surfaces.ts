import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scale, subtract, transform, transpose, type Vector3 } from '../../src/core/math/vector.ts'
import { surfaceNets } from '../../src/core/mesh/surface-nets.ts'
import { type EarFrame, meanDirection } from '../../src/ear/ear-frame.ts'
import { decodeNifti } from '../../src/io/nifti/decode.ts'

/** The surface of a real labyrinth as points, roughly in the ear frame (mm), left ears mirrored. */
export interface RealSurface {
  readonly name: string
  readonly points: readonly Vector3[]
  /** Where a place of the file (LPS mm) lies in the frame of the points. */
  readonly place: (place: Vector3) => Vector3
}

/** Number of the bony labyrinth in the label maps. */
const labyrinthLabel = 5

/** @param folder holds labyrinth-meshes/ and temporal-bones/ as the study's README says */
export async function readRealSurfaces(folder: string): Promise<RealSurface[]> {
  return [...readMeshes(join(folder, 'labyrinth-meshes')), ...(await readLabelMaps(join(folder, 'temporal-bones')))]
}

function readMeshes(folder: string): RealSurface[] {
  const { left_ears: left } = JSON.parse(readFileSync(join(folder, 'landmarks.json'), 'utf8')) as {
    left_ears: string[]
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.ply'))
  return files.map((file) => {
    const name = file.replace('.ply', '')
    const side = left.includes(name) ? 'left' : 'right'
    return { name: `mesh ${name}`, ...inEarFrame(plyVertices(readFileSync(join(folder, file))), side) }
  })
}

async function readLabelMaps(folder: string): Promise<RealSurface[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.nii.gz'))
  return Promise.all(
    files.map(async (file) => {
      const { geometry, data } = await decodeNifti(readFileSync(join(folder, file)), file)
      const mask = Uint8Array.from(data, (label) => (label === labyrinthLabel ? 1 : 0))
      const { vertices } = surfaceNets({ geometry, data: mask }, 0.5)
      const side = file.startsWith('L') ? 'left' : 'right'
      return { name: `label map ${file.replace('.nii.gz', '')}`, ...inEarFrame(triples(vertices), side) }
    })
  )
}

/** Vertices of a little-endian binary PLY whose vertices are three floats. */
function plyVertices(bytes: Buffer): Vector3[] {
  const start = bytes.indexOf('end_header\n') + 'end_header\n'.length
  const count = Number(/element vertex (\d+)/.exec(bytes.toString('latin1', 0, start))?.[1])
  return triples(Float64Array.from({ length: 3 * count }, (_, n) => bytes.readFloatLE(start + 4 * n)))
}

function triples(numbers: ArrayLike<number>): Vector3[] {
  return Array.from({ length: numbers.length / 3 }, (_, n) => [
    numbers[3 * n] as number,
    numbers[3 * n + 1] as number,
    numbers[3 * n + 2] as number
  ])
}

/** Turned from LPS by the mean ear's directions, the surface's middle at its usual place. */
function inEarFrame(points: readonly Vector3[], side: EarFrame['side']): Pick<RealSurface, 'points' | 'place'> {
  const inward = transpose(meanDirection[side])
  const turned = points.map((point) => transform(inward, point))
  const sum = turned.reduce<Vector3>((a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]], [0, 0, 0])
  const offset = subtract(scale(sum, 1 / turned.length), middleOfSurface)
  return {
    points: turned.map((point) => subtract(point, offset)),
    place: (place) => subtract(transform(inward, place), offset)
  }
}

/** Mean of a labyrinth's surface points in the ear frame, mm: the start of a fit. */
const middleOfSurface: Vector3 = [0.1, 0.2, -0.3]

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Side } from '../../../src/core/anatomy.ts'
import { createGeometry, geometryAround } from '../../../src/core/geometry/geometry.ts'
import { resample } from '../../../src/core/geometry/resample.ts'
import {
  identity3,
  multiply,
  normalize,
  rotationAbout,
  transform,
  type Vector3
} from '../../../src/core/math/vector.ts'
import { createVolume, type Scan, type Volume } from '../../../src/core/volume.ts'
import { rasteriseCase, sampleCase } from '../../../src/generate/case.ts'
import { caseOptions } from '../../../src/generate/sample/options.ts'
import { encodeNifti } from '../../../src/io/nifti/encode.ts'
import { readScan } from '../../../src/node/read-scan.ts'

/** Voxels (mm) that are neither divided nor interpolated where the boundary is placed and surfaces are drawn. */
const voxel: Vector3 = [0.25, 0.25, 0.25]
const options = caseOptions.parse({ field: [25, 25], finest: voxel[0] })
const seed = 11

/** A generated field of 25 mm around one ear, its axes turned against the body or not. */
export function generatedScan(side: Side, { oblique }: { readonly oblique: boolean }): Scan {
  for (let index = 0; ; index++) {
    const drawn = sampleCase(seed, index, options)
    const { direction, spacing } = drawn.geometry
    const turned = direction.some((cosine, at) => Math.abs(Math.abs(cosine) - (identity3[at] ?? 0)) > 0.05)
    const fine = Math.max(...spacing) <= voxel[0]
    if (drawn.bones[0]?.frame.side === side && turned === oblique && fine) return rasteriseCase(drawn).scan
  }
}

export async function writeScan(scan: Scan, folder: string, name: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, encodeNifti(scan, { gzip: true }))
  return path
}

/** A field of 26 mm around the left ear that the small model knows; slices lie nearer together than their pixels. */
export async function knownEar(): Promise<Scan> {
  return onGrid(await knownScan(), [41.5, 16, -20], [104, 104, 130], [0.25, 0.25, 0.2])
}

/** The known ear on both sides of a head, so far apart as ears are. */
export async function pairOfEars(): Promise<Scan> {
  const half = onGrid(await knownScan(), [32, 16, -20], [224, 104, 96], voxel)
  const [nx, ny, nz] = half.geometry.size
  const data = new Int16Array(2 * nx * ny * nz)
  for (let row = 0; row < ny * nz; row++) {
    const line = half.data.subarray(nx * row, nx * (row + 1))
    data.set(line.toReversed(), 2 * nx * row)
    data.set(line, nx * (2 * row + 1))
  }
  return createVolume(geometryAround([0, 16, -20], [2 * nx, ny, nz], half.geometry.spacing, identity3), data)
}

/** The same voxels of a head that lies otherwise. */
export function moved({ geometry, data }: Scan): Scan {
  const turn = rotationAbout(normalize([0.3, 0.2, 1]), (9 * Math.PI) / 180)
  const [x, y, z] = transform(turn, geometry.origin)
  const direction = multiply(turn, geometry.direction)
  return { geometry: createGeometry({ ...geometry, origin: [x + 6, y - 4, z + 3], direction }), data }
}

/** The other ear: its mirror image on the other side. */
export function mirrored(scan: Scan): Scan {
  const { geometry, data } = withRowsReversed(scan)
  const [x, y, z] = geometry.origin
  const [nx] = geometry.size
  return { geometry: createGeometry({ ...geometry, origin: [-x - (nx - 1) * geometry.spacing[0], y, z] }), data }
}

/** The voxels of each row in their reverse order, in their place: other bone. */
export function withRowsReversed({ geometry, data }: Scan): Scan {
  const [nx] = geometry.size
  return { geometry, data: data.map((_, at) => data[at - (at % nx) + (nx - 1 - (at % nx))] as number) as Int16Array }
}

async function knownScan(): Promise<Scan> {
  const path = fileURLToPath(new URL('small-model/generated-ear.nii.gz', import.meta.url))
  return (await readScan(path)).scan
}

function onGrid(scan: Scan, center: Vector3, size: Vector3, spacing: Vector3): Volume<Int16Array> {
  const { geometry, data } = resample(scan, geometryAround(center, size, spacing, identity3), -1000)
  return createVolume(geometry, Int16Array.from(data, Math.round))
}

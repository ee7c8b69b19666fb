import { InputError } from '../core/errors.ts'
import { applyAffine, type Geometry, indexFromIndex, voxelIndex } from '../core/geometry/geometry.ts'
import type { Vector3 } from '../core/math/vector.ts'
import type { Scan, Volume } from '../core/volume.ts'
import { nameOf } from '../io/file-access.ts'
import type { FileNote } from './file-note.ts'

/**
 * How far (mm) from the labels the bone around them is looked at. The capsule of the inner ear is about as thick, and the scan's blur
 * of the border narrower.
 */
const besideLabels = 1.5

/** Points that a mean is taken over, at most. */
const maxPoints = 5000

/** Values (HU) of more, as of metal, count as these. */
const brightest = 3000
const darkest = -1000

/**
 * How much darker (HU) than around it an inner ear is: 430 to 1700 was measured in generated scans (of specimens and patients, coarse
 * and fine, with metal) and 1000 to 2400 in real ones; mirrored labels up to 450, and those 2 mm beside an ear up to 100.
 */
const contrast = { clear: 500, doubtful: 200 }

const axes = ['first', 'second', 'third'] as const

/** Which of a grid's axes are mirrored: none, each, and all combinations. */
const mirrorings: readonly (readonly boolean[])[] = Array.from({ length: 8 }, (_, n) =>
  axes.map((_, axis) => ((n >> axis) & 1) === 1)
)

/**
 * Checks that labels lie over their scan as they were drawn: an inner ear is darker than the bone around it, full of fluid or
 * of air. Voxels in another order under the same header cannot be told from the grids.
 * @param note is told where the scan hardly shows it
 * @throws InputError that names both files if that is so only where the labels are mirrored
 */
export function checkLabelsOverScan(
  file: string,
  labels: Volume<Uint8Array>,
  scanFile: string,
  scan: Scan,
  note: FileNote
): void {
  const points = pointsOf(labels)
  const contrasts = mirrorings.map((mirrored) => contrastOf(points, labels.geometry, mirrored, scan))
  const [asTheyLie = 0] = contrasts
  const best = Math.max(...contrasts)
  if (best >= contrast.clear && asTheyLie < best / 2) {
    const mirrored = mirrorings[contrasts.indexOf(best)] ?? []
    const along = axes.filter((_, axis) => mirrored[axis]).join(' and ')
    throw new InputError(
      file,
      `fits ${scanFile} only when mirrored along its ${along} axis: there the scan is ${Math.round(best)} HU darker inside the labels than ` +
        'around them, as an inner ear is; save the labels anew on the grid of the scan'
    )
  }
  if (asTheyLie < contrast.doubtful && Number.isFinite(asTheyLie)) note(file, doubt(scanFile, asTheyLie))
}

function doubt(scanFile: string, found: number): string {
  return (
    `${nameOf(scanFile)} is ${Math.round(found)} HU darker inside the labels than around them, where an inner ear in bone is ` +
    `400 HU or more; check whether they lie over it, or an offset or another voxel size puts them elsewhere`
  )
}

/** Indices, in the grid of labels, of places inside them and close around them. */
interface Points {
  readonly inside: readonly Vector3[]
  readonly around: readonly Vector3[]
}

function pointsOf({ geometry, data }: Volume<Uint8Array>): Points {
  const { size, spacing } = geometry
  const labelled = data.reduce((sum, label) => sum + (label === 0 ? 0 : 1), 0)
  const every = Math.max(1, Math.floor(labelled / maxPoints))
  const steps = spacing.map((mm) => Math.max(1, Math.round(besideLabels / mm)))
  const [inside, around]: [Vector3[], Vector3[]] = [[], []]
  let seen = 0
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0 || seen++ % every !== 0) continue
    const index = voxelIndex(size, at)
    inside.push(index)
    for (const [axis, step] of steps.entries()) {
      for (const by of [-step, step]) {
        const beside = index.map((place, along) => (along === axis ? place + by : place)) as unknown as Vector3
        if (labelAt(data, size, beside) === 0) around.push(beside)
      }
    }
  }
  return { inside, around }
}

function labelAt(data: Uint8Array, size: Vector3, [i, j, k]: Vector3): number | undefined {
  if (i < 0 || j < 0 || k < 0 || i >= size[0] || j >= size[1] || k >= size[2]) return undefined
  return data[i + size[0] * (j + size[1] * k)]
}

/** How much brighter (HU) the scan is around the labels than inside; −∞ where most of them lie outside the scan. */
function contrastOf({ inside, around }: Points, grid: Geometry, mirrored: readonly boolean[], scan: Scan): number {
  const toScan = indexFromIndex(grid, scan.geometry)
  const last = grid.size.map((count) => count - 1)
  const mean = (points: readonly Vector3[]): number => {
    let [sum, count] = [0, 0]
    for (const point of points) {
      const place = point.map((at, axis) => (mirrored[axis] ? (last[axis] as number) - at : at)) as unknown as Vector3
      const value = nearestValue(scan, applyAffine(toScan, place))
      if (value === undefined) continue
      sum += Math.max(darkest, Math.min(brightest, value))
      count++
    }
    return count > points.length / 2 ? sum / count : Number.NaN
  }
  const contrast = mean(around) - mean(inside)
  return Number.isNaN(contrast) ? Number.NEGATIVE_INFINITY : contrast
}

function nearestValue({ geometry, data }: Scan, place: Vector3): number | undefined {
  const [nx, ny, nz] = geometry.size
  const [i, j, k] = place.map(Math.round) as unknown as Vector3
  return i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz ? undefined : data[i + nx * (j + ny * k)]
}

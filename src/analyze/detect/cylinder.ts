import { fitCircle } from '../../core/math/fit-circle.ts'
import { mean } from '../../core/math/mean.ts'
import { add, distance, norm, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import type { Box } from './padding.ts'

type Axis = 0 | 1 | 2

/** A cylinder outside which a scan holds one exact value; its axis lies along one of the grid's. */
export interface Cylinder extends Layout {
  /** For each column along the axis, the first axis across fastest, the column whose values it takes; often itself. */
  readonly columns: Int32Array
}

interface Layout {
  /** The scan's axes across the cylinder, then its own. */
  readonly axes: readonly [Axis, Axis, Axis]
  /** From one voxel to the next along the two axes across the cylinder and along its own. */
  readonly steps: readonly [number, number, number]
  readonly counts: readonly [number, number, number]
  /** The place in the data of the box's first voxel. */
  readonly offset: number
}

/** How well (mean distance in voxels) the border of the columns outside must follow a circle; heads in air do not. */
const roundness = 0.75

/** No circle is fitted to fewer columns than this on the border. */
const minBorder = 12

/** How far (voxels) inside the circle values are taken from: those on it are mixed with the outside. */
const inward = 1.5

/** The cylinder that a box of a scan was recorded in, its indices counted in the box; undefined where it fills the box. */
export function findCylinder({ geometry: { size, spacing }, data }: Scan, { start, end }: Box): Cylinder | undefined {
  const strides = [1, size[0], size[0] * size[1]] as const
  for (const [a, b, along] of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 2, 0]
  ] as const) {
    const layout: Layout = {
      axes: [a, b, along],
      steps: [strides[a], strides[b], strides[along]],
      counts: [end[a] - start[a], end[b] - start[b], end[along] - start[along]],
      offset: start[0] * strides[0] + start[1] * strides[1] + start[2] * strides[2]
    }
    const outside = columnsOutside(data, layout)
    const circle = outside && circleAround(outside, layout, spacing[b] / spacing[a])
    if (circle !== undefined) return { ...layout, columns: nearestColumns(layout, circle) }
  }
  return undefined
}

/** Whether the column on which an index (i, j, k) of the box lies is within the cylinder. */
export function holdsColumn({ axes: [a, b], counts: [width, height], columns }: Cylinder, index: Vector3): boolean {
  const [x, y] = [Math.round(index[a]), Math.round(index[b])]
  return x >= 0 && y >= 0 && x < width && y < height && columns[x + width * y] === x + width * y
}

/** A copy of the scan in which the columns outside the cylinder hold the values of the nearest ones inside. */
export function outsideFilled({ geometry, data }: Scan, { steps, counts, columns, offset }: Cylinder): Scan {
  const filled = data.slice()
  const placeOf = (column: number): number =>
    offset + (column % counts[0]) * steps[0] + Math.floor(column / counts[0]) * steps[1]
  for (const [column, nearest] of columns.entries()) {
    if (nearest === column) continue
    const [to, from] = [placeOf(column), placeOf(nearest)]
    for (let n = 0; n < counts[2]; n++) filled[to + n * steps[2]] = data[from + n * steps[2]] as number
  }
  return { geometry, data: filled }
}

/** A circle across the cylinder, in columns along the first axis; `aspect` columns of that are one of the second. */
interface Circle {
  readonly center: Vector3
  readonly radius: number
  readonly aspect: number
}

/** The circle whose outside the marked columns are; undefined where their border is no circle's. */
function circleAround(outside: Uint8Array, { counts: [width, height] }: Layout, aspect: number): Circle | undefined {
  const border: Vector3[] = []
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (outside[at] === 0) continue
      const inside = [x > 0 && at - 1, x + 1 < width && at + 1, y > 0 && at - width, y + 1 < height && at + width]
      if (inside.some((beside) => beside !== false && outside[beside] === 0)) border.push([x, y * aspect, 0])
    }
  }
  if (border.length < minBorder) return undefined
  const { center, radius } = fitCircle(border, [0, 0, 1])
  const off = mean(border.map((place) => Math.abs(distance(place, center) - radius)))
  return off <= roundness * Math.max(1, aspect) ? { center, radius, aspect } : undefined
}

/** For each column the one within the circle that is nearest to it. */
function nearestColumns({ counts: [width, height] }: Layout, { center, radius, aspect }: Circle): Int32Array {
  const reach = radius - inward * Math.max(1, aspect)
  const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, Math.round(value)))
  return new Int32Array(width * height).map((_, at) => {
    const offset = subtract([at % width, Math.floor(at / width) * aspect, 0], center)
    const away = norm(offset)
    if (away <= reach) return at
    const [x, y] = add(center, scale(offset, reach / away))
    return clamp(x, width) + width * clamp(y / aspect, height)
  })
}

/** 1 for columns of nothing but the value of a corner column that holds one value only; undefined if no corner does. */
function columnsOutside(
  data: Scan['data'],
  { steps: [stepX, stepY, along], counts: [width, height, length], offset }: Layout
): Uint8Array | undefined {
  const holdsOnly = (x: number, y: number, value: number): boolean => {
    const start = offset + x * stepX + y * stepY
    for (let n = 0; n < length; n++) if (data[start + n * along] !== value) return false
    return true
  }
  const corners = [0, width - 1].flatMap((x) => [0, height - 1].map((y) => [x, y] as const))
  const corner = corners.find(([x, y]) => holdsOnly(x, y, data[offset + x * stepX + y * stepY] as number))
  if (corner === undefined) return undefined
  const value = data[offset + corner[0] * stepX + corner[1] * stepY] as number
  return new Uint8Array(width * height).map((_, at) => Number(holdsOnly(at % width, Math.floor(at / width), value)))
}

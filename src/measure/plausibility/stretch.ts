import { voxelIndex } from '../../core/geometry/geometry.ts'
import { column, dot, multiply, transform, transpose, type Vector3 } from '../../core/math/vector.ts'
import type { Flag, FlagId, JudgedEar } from './flag.ts'
import { labyrinthCovariance } from './reference.ts'

/**
 * A factor beyond which an ear is flagged, or its inverse: 4 SD of generated ears, and more than any of them has
 * (studies/plausibility/covariance.ts).
 */
const maxStretch = 1.22

const directions = ['from right to left', 'from front to back', 'from foot to head'] as const

/** Warnings of an outline that is not whole or not of an ordinary ear, and so has other proportions. */
const ofOutline: readonly FlagId[] = [
  'incomplete_field_of_view',
  'possible_malformation',
  'interrupted_canal',
  'unusual_topology',
  'loose_piece'
]

/**
 * Flags an ear that is stretched or flattened along an axis of the scan's grid, as everything is in a file with a wrong voxel size:
 * slices written with their thickness in place of the distance between them.
 * @param others doubts that are known already; an ear with one of `ofOutline` is not judged
 */
export function judgeStretch(ear: JudgedEar, others: readonly Flag[]): Flag[] {
  const stretches = stretchesOf(ear)
  const isDoubtful = others.some(({ id, severity }) => severity === 'warning' && ofOutline.includes(id))
  if (stretches === undefined || isDoubtful) return []
  const off = stretches.map((stretch) => Math.abs(Math.log(stretch)))
  const axis = off.indexOf(Math.max(...off)) as 0 | 1 | 2
  if ((off[axis] as number) <= Math.log(maxStretch)) return []
  const { direction, spacing } = ear.labels.geometry
  const along = column(direction, axis).map(Math.abs)
  const name = directions[along.indexOf(Math.max(...along))]
  const [stretch, voxel] = [stretches[axis], spacing[axis]]
  return [
    {
      id: 'unusual_stretch',
      severity: 'warning',
      side: ear.side,
      text: `The ${ear.side} ear is ${stretch.toFixed(2)} times as long ${name} as its other directions suggest: check in the file that voxels are ${voxel.toFixed(2)} mm in that direction.`,
      evidence: { stretch, voxel_size: voxel }
    }
  ]
}

/**
 * How much longer an ear is along each axis of its grid than the mean ear in its frame would be, in relation to the other two axes: the
 * square root of the ratio of the variances of labelled voxels. Size does not matter, since all axes share it.
 * @returns undefined where nothing is labelled
 */
export function stretchesOf({ labels, frame }: Pick<JudgedEar, 'labels' | 'frame'>): Vector3 | undefined {
  const variances = variancesAlongAxes(labels)
  if (variances === undefined) return undefined
  const expected = multiply(frame.direction, multiply(labyrinthCovariance, transpose(frame.direction)))
  const length = (axis: 0 | 1 | 2): number => {
    const along = column(labels.geometry.direction, axis)
    return Math.sqrt(variances[axis] / dot(along, transform(expected, along)))
  }
  const [a, b, c] = [length(0), length(1), length(2)]
  return [a / Math.sqrt(b * c), b / Math.sqrt(a * c), c / Math.sqrt(a * b)]
}

/** Variances (mm²) of the places of labelled voxels along the grid's axes; undefined where nothing is labelled. */
function variancesAlongAxes({ geometry: { size, spacing }, data }: JudgedEar['labels']): Vector3 | undefined {
  const [sum, squares] = [
    [0, 0, 0],
    [0, 0, 0]
  ]
  let count = 0
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue
    count++
    for (const [axis, index] of voxelIndex(size, at).entries()) {
      sum[axis] = (sum[axis] as number) + index
      squares[axis] = (squares[axis] as number) + index ** 2
    }
  }
  if (count === 0) return undefined
  const variance = (axis: 0 | 1 | 2): number =>
    spacing[axis] ** 2 * ((squares[axis] as number) / count - ((sum[axis] as number) / count) ** 2)
  return [variance(0), variance(1), variance(2)]
}

import { applyAffine, voxelIndex, worldFromIndex } from '../../core/geometry/geometry.ts'
import { column, dot, type Matrix3, multiply, transform, transpose, type Vector3 } from '../../core/math/vector.ts'
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
  const covariance = covarianceOf(labels)
  if (covariance === undefined) return undefined
  const expected = multiply(frame.direction, multiply(labyrinthCovariance, transpose(frame.direction)))
  const lengths = ([0, 1, 2] as const).map((axis) => {
    const along = column(labels.geometry.direction, axis)
    return Math.sqrt(varianceAlong(along, covariance) / varianceAlong(along, expected))
  }) as [number, number, number]
  const [a, b, c] = lengths
  return [a / Math.sqrt(b * c), b / Math.sqrt(a * c), c / Math.sqrt(a * b)]
}

function varianceAlong(direction: Vector3, covariance: Matrix3): number {
  return dot(direction, transform(covariance, direction))
}

/** Covariance (mm²) of the places of labelled voxels in the world; undefined where nothing is labelled. */
export function covarianceOf({ geometry, data }: JudgedEar['labels']): Matrix3 | undefined {
  const toWorld = worldFromIndex(geometry)
  let count = 0
  const sum = [0, 0, 0]
  const products = [0, 0, 0, 0, 0, 0, 0, 0, 0]
  // About the first labelled voxel, so that ears far from the world's origin lose no digits.
  let origin: Vector3 | undefined
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue
    const point = applyAffine(toWorld, voxelIndex(geometry.size, at))
    origin ??= point
    count++
    for (let row = 0; row < 3; row++) {
      const along = (point[row] as number) - (origin[row] as number)
      sum[row] = (sum[row] as number) + along
      for (let across = 0; across < 3; across++) {
        const other = (point[across] as number) - (origin[across] as number)
        products[3 * row + across] = (products[3 * row + across] as number) + along * other
      }
    }
  }
  if (count === 0) return undefined
  return products.map(
    (product, at) => product / count - ((sum[Math.floor(at / 3)] as number) * (sum[at % 3] as number)) / count ** 2
  ) as unknown as Matrix3
}

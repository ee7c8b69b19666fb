import { describe, expect, it } from 'vitest'
import type { Side } from '../../../src/core/anatomy.ts'
import { geometryAround } from '../../../src/core/geometry/geometry.ts'
import { identity3, type Matrix3, type Vector3 } from '../../../src/core/math/vector.ts'
import type { Flag, JudgedEar } from '../../../src/measure/plausibility/flag.ts'
import { judgeStretch, stretchesOf } from '../../../src/measure/plausibility/stretch.ts'
import { meanShape, trueLabels, uprightFrame } from '../../analyze/analytic-network.ts'
import { knownEar } from '../../report/known-findings.ts'

/** The first axis of this grid runs to the head, the second to the left, the third to the back. */
const turnedGrid: Matrix3 = [0, 1, 0, 0, 0, 1, 1, 0, 0]

const note: Flag = { id: 'low_resolution', severity: 'note', side: 'left', text: 'wide voxels', evidence: {} }

/** The mean ear in a file that gives its voxels of 0.8 mm another size. */
function earIn(side: Side, factors: Vector3, direction: Matrix3 = identity3): JudgedEar {
  const frame = uprightFrame(side, [0, 0, 0])
  const grid = geometryAround([0, 0, 0], [45, 45, 45], [0.8, 0.8, 0.8], direction)
  const spacing = factors.map((factor) => 0.8 * factor) as unknown as Vector3
  const labels = {
    geometry: geometryAround([0, 0, 0], grid.size, spacing, direction),
    data: trueLabels({ frame, shape: meanShape }, grid)
  }
  return { ...knownEar(side), frame, labels }
}

describe.each(['left', 'right'] as const)('the proportions of a %s ear', (side) => {
  it('are as they should be in the mean ear of any size', () => {
    for (const size of [0.8, 1, 1.2])
      for (const stretch of stretchesOf(earIn(side, [size, size, size])) ?? []) expect(stretch).toBeCloseTo(1, 1)
    expect(judgeStretch(earIn(side, [1, 1, 1], turnedGrid), [])).toEqual([])
  })

  it.each([
    [0, 'from right to left'],
    [1, 'from front to back'],
    [2, 'from foot to head']
  ] as const)('are doubted when voxels along axis %i are said to be too long or too short', (axis, name) => {
    for (const factor of [0.65, 1.5]) {
      const factors = [1, 1, 1].with(axis, factor) as unknown as Vector3
      const [flag, ...more] = judgeStretch(earIn(side, factors), [note])
      expect(more).toEqual([])
      expect(flag).toMatchObject({ id: 'unusual_stretch', severity: 'warning', side })
      expect(flag?.evidence.voxel_size).toBeCloseTo(0.8 * factor, 6)
      expect(Math.abs(Math.log((flag?.evidence.stretch as number) / factor))).toBeLessThan(0.12)
      expect(flag?.text).toContain(`${name} as its other directions suggest`)
    }
  })

  it('are those along the axes of a turned grid', () => {
    expect(judgeStretch(earIn(side, [1.5, 1, 1], turnedGrid), [])[0]?.text).toContain('from foot to head')
  })
})

describe('the proportions', () => {
  const stretched = earIn('left', [1, 1, 1.5])

  it('are not doubted of an ear whose outline may not be whole, but of one near metal', () => {
    expect(judgeStretch(stretched, [{ ...note, id: 'incomplete_field_of_view', severity: 'warning' }])).toEqual([])
    expect(judgeStretch(stretched, [{ ...note, id: 'metal', severity: 'warning' }])).toHaveLength(1)
  })

  it('are not doubted where nothing is outlined', () => {
    const { labels } = stretched
    const empty = { ...stretched, labels: { ...labels, data: new Uint8Array(labels.data.length) } }
    expect([stretchesOf(empty), judgeStretch(empty, [note])]).toEqual([undefined, []])
  })

  it('do not depend on where the ear lies in the world', () => {
    const { geometry } = stretched.labels
    const far = {
      ...stretched,
      labels: { ...stretched.labels, geometry: { ...geometry, origin: [5e4, -5e4, 5e4] as const } }
    }
    for (const [axis, value] of (stretchesOf(far) ?? []).entries())
      expect(value).toBeCloseTo((stretchesOf(stretched) as Vector3)[axis] as number, 6)
  })
})

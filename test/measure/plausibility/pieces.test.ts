import { expect, test } from 'vitest'
import { createGeometry } from '../../../src/core/geometry/geometry.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import { judgePieces } from '../../../src/measure/plausibility/pieces.ts'
import { knownEar } from '../../report/known-findings.ts'

const geometry = createGeometry({ size: [6, 1, 1], spacing: [0.5, 1, 1], origin: [10, 0, 0], direction: identity3 })
const body = { ...knownEar('left'), isPainted: true }

test('a piece that is connected to nothing else is flagged after painting, with its place and volume', () => {
  const ear = { ...body, labels: { geometry, data: Uint8Array.of(1, 2, 2, 0, 0, 3) } }
  const [flag, ...more] = judgePieces(ear)
  expect(more).toEqual([])
  expect(flag).toMatchObject({ id: 'loose_piece', side: 'left', place: [12.5, 0, 0], evidence: { volume: 0.5 } })
  expect(judgePieces({ ...ear, isPainted: false })).toEqual([])
})

test('parts that touch, if only at a corner, are one piece', () => {
  const plane = createGeometry({ ...geometry, size: [2, 2, 1] })
  expect(judgePieces({ ...body, labels: { geometry: plane, data: Uint8Array.of(1, 0, 0, 2) } })).toEqual([])
})

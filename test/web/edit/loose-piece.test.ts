import { expect, test } from 'vitest'
import { createGeometry } from '../../../src/core/geometry/geometry.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import { withLabelChange } from '../../../web/corrections.ts'
import type { EarState } from '../../../web/ear-state.ts'
import { withoutLoosePiece } from '../../../web/edit/loose-piece.ts'

const grid = createGeometry({ size: [6, 1, 1], spacing: [0.5, 1, 1], origin: [10, 0, 0], direction: identity3 })
const ear = { id: 'ear-2', grid, labels: Uint8Array.of(1, 2, 2, 0, 3, 3) } as unknown as EarState

test('the loose piece at a place is erased and nothing else, and the change can be taken back', () => {
  const change = withoutLoosePiece(ear, [12.4, 0, 0]) ?? expect.unreachable()
  expect(change.ear).toBe('ear-2')
  const erased = withLabelChange(ear.labels, change)
  expect([...erased]).toEqual([1, 2, 2, 0, 0, 0])
  expect(withLabelChange(erased, change, true)).toEqual(ear.labels)
})

test('the ear itself is no loose piece', () => {
  expect(withoutLoosePiece(ear, [10, 0, 0])).toBeUndefined()
})

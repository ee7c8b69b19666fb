import { expect, test } from 'vitest'
import { intervalBasis } from '../../src/report/interval-basis.ts'

test('the text says what intervals were calibrated on, as far as it is known', () => {
  const labelled = { ears: 10, name: 'a series' }
  expect(intervalBasis({})).toBeUndefined()
  expect(intervalBasis({ intervals: { generatedEars: 120 } })).toBe(
    'The 90 % intervals were calibrated on 120 generated ears; how they hold on real ears was not measured.'
  )
  expect(intervalBasis({ intervals: { generatedEars: 120, labelled } })).toMatch(
    /widened until they hold on 10 labelled real ears \(a series\); real ears in coarser voxels/
  )
  expect(intervalBasis({ intervals: { generatedEars: 120, labelled: { ...labelled, voxelEdge: 0.2 } } })).toMatch(
    /\(a series\) in voxels of up to 0\.20 mm; real ears in coarser voxels may be off by more\.$/
  )
  const both = { ...labelled, voxelEdge: 0.2, clinicalVoxelEdge: 0.625 }
  expect(intervalBasis({ intervals: { generatedEars: 120, labelled: both } })).toMatch(
    /of up to 0\.20 mm, and on the same ears brought to voxels of 0\.63 mm; real ears in coarser voxels/
  )
})

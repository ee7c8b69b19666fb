import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Affine, applyAffine, worldFromIndex } from '../../../src/core/geometry/geometry.ts'
import { add, cross, distance, normalize, rotationAbout, scale } from '../../../src/core/math/vector.ts'
import { moveContact } from '../../../src/implant/find/place-contacts.ts'
import { movedImplant, movedPlane } from '../../../web/compare/moved.ts'
import { gridBeside } from '../../../web/compare/of-two-scans.ts'
import { contactsOf, implantAsFound } from '../../../web/ear-implant.ts'
import { grids } from '../../core/arbitraries.ts'
import { knownDuct } from '../../implant/known-duct.ts'
import { knownElectrode } from '../../implant/known-electrode.ts'

const map: Affine = { matrix: rotationAbout(normalize([1, 2, 3]), 0.7), offset: [4, -5, 6] }

test('a plane is carried to where the map leads its places', () => {
  const center = [1, 2, 3] as const
  const plane = { center, across: [1, 0, 0], down: [0, 1, 0], edge: 20 } as const
  const { plane: carried } = movedPlane({ of: 'cochlea', name: 'one', plane }, map)
  const beside = add(center, scale(cross(plane.across, plane.down), 2))
  const carriedBeside = add(carried.center, scale(cross(carried.across, carried.down), 2))
  expect(distance(carriedBeside, applyAffine(map, beside))).toBeLessThan(1e-9)
})

test('contacts are carried along, also those that a person placed, and keep how they were placed', () => {
  const searched = knownElectrode()
  const found = implantAsFound({ searched, turns: { duct: knownDuct(), remarks: [] } })
  const { correction } = found
  const placed = moveContact(searched, 3, [1, 2, 3], { duct: knownDuct(), remarks: [] })
  for (const implant of [found, { ...found, correction: { ...correction, placed } }]) {
    const [here, there] = [contactsOf(implant), contactsOf(movedImplant(implant, map))]
    expect(there.map(({ position }) => position)).toEqual(here.map(({ position }) => applyAffine(map, position)))
    expect(there.map(({ inside }) => inside?.angle.toFixed(6))).toEqual(
      here.map(({ inside }) => inside?.angle.toFixed(6))
    )
  }
})

test('a grid for a finer scan fills the same box, and for a coarser one it stays', () => {
  fc.assert(
    fc.property(grids(9), (grid) => {
      const finest = Math.min(...grid.spacing) / 2
      const fine = gridBeside(grid, finest)
      const corners = (of: typeof grid) =>
        [[-0.5, -0.5, -0.5] as const, of.size.map((n) => n - 0.5) as unknown as typeof of.size].map((index) =>
          applyAffine(worldFromIndex(of), index)
        )
      for (const [n, corner] of corners(grid).entries()) {
        expect(distance(corner, corners(fine)[n] ?? [0, 0, 0])).toBeLessThan(1e-6)
      }
      expect(gridBeside(grid, Math.max(...grid.spacing))).toBe(grid)
      expect(Math.max(...fine.size)).toBeLessThanOrEqual(256)
    })
  )
})

import { beforeAll, describe, expect, it } from 'vitest'
import { analyze } from '../../src/analyze/analyze.ts'
import { correctEar, withSurfaces } from '../../src/analyze/correct.ts'
import type { EarFinding } from '../../src/analyze/findings.ts'
import { partLabel } from '../../src/core/anatomy.ts'
import { applyAffine, indexFromWorld, voxelIndex, voxelVolume } from '../../src/core/geometry/geometry.ts'
import { add, type Vector3 } from '../../src/core/math/vector.ts'
import { meshVolume } from '../../src/core/mesh/mesh.ts'
import type { Scan } from '../../src/core/volume.ts'
import { measureEar } from '../../src/measure/measure-ear.ts'
import { measureVolumes } from '../../src/measure/volumes.ts'
import { boneScan, groundTruthModel, meanShape, uprightFrame } from './analytic-network.ts'

describe('an ear that a person corrects', () => {
  let scan: Scan
  let ear: EarFinding

  beforeAll(async () => {
    const known = { frame: uprightFrame('left', [0, 0, 0]), shape: meanShape }
    scan = boneScan([0, 0, 0], [112, 112, 112], [0.25, 0.25, 0.25])
    ear = (await analyze(scan, groundTruthModel([known]))).ears[0] ?? expect.unreachable()
  })

  const quantity = (of: EarFinding, id: string): number =>
    measureEar(of).find((measurement) => measurement.id === id)?.value ?? Number.NaN

  /** The ear's labels with those of voxels within `radius` mm of a place changed. */
  function painted(place: Vector3, radius: number, to: number): EarFinding['labels'] {
    const { geometry, data } = ear.labels
    const [x, y, z] = applyAffine(indexFromWorld(geometry), place)
    const changed = data.map((label, at) => {
      const [i, j, k] = voxelIndex(geometry.size, at)
      return 0.25 * Math.hypot(i - x, j - y, k - z) <= radius ? to : label
    })
    return { geometry, data: changed }
  }

  it('stays as it was found where nothing was changed', async () => {
    const { landmarks, labels } = ear
    const same = correctEar(ear, { landmarks, labels })
    expect(measureEar(same)).toEqual(measureEar(ear))
    expect(same.occupancy).toBe(ear.occupancy)
    expect(same.isPainted).toBe(false)
    const redrawn = await withSurfaces(same, scan.geometry)
    // Triangles are merged in another order after the least rounding.
    expect(Math.abs(meshVolume(redrawn.surfaces.labyrinth) / meshVolume(ear.surfaces.labyrinth) - 1)).toBeLessThan(
      0.002
    )
  })

  it('is measured from the landmark where it was put, in every view, and from the others as they were', () => {
    const landmarks = ear.landmarks.map((landmark) =>
      landmark.id === 'oval_window' && landmark.status === 'defined'
        ? { ...landmark, position: add(landmark.position, [0, 0, 0.7]) }
        : landmark
    )
    const corrected = correctEar(ear, { landmarks, labels: ear.labels })
    expect(quantity(corrected, 'oval_round_window_distance')).not.toBeCloseTo(
      quantity(ear, 'oval_round_window_distance'),
      2
    )
    expect(quantity(corrected, 'helicotrema_round_window_distance')).toBe(
      quantity(ear, 'helicotrema_round_window_distance')
    )
    const moved = landmarks.find(({ id }) => id === 'oval_window')
    for (const look of corrected.repeats) expect(look.landmarks).toContainEqual(moved)
    expect(corrected.repeats.length).toBe(ear.repeats.length)
  })

  it('gains the volume that is painted and loses what is erased, to the voxel', async () => {
    const [x, y, z] = [0, 0, 0]
    const erased = correctEar(ear, { landmarks: ear.landmarks, labels: painted([x, y, z], 1.2, 0) })
    expect(erased.isPainted).toBe(true)
    const voxels = ear.labels.data.filter((label, at) => label !== 0 && erased.labels.data[at] === 0).length
    const lost = measureVolumes(ear.occupancy).labyrinth - measureVolumes(erased.occupancy).labyrinth
    expect(lost / (voxels * voxelVolume(ear.labels.geometry))).toBeCloseTo(1, 1)
    const swapped = correctEar(ear, { landmarks: ear.landmarks, labels: painted([x, y, z], 1.2, partLabel.cochlea) })
    expect(quantity(swapped, 'cochlea_volume')).toBeGreaterThan(quantity(ear, 'cochlea_volume') + 1)
    expect(quantity(swapped, 'vestibule_volume')).toBeLessThan(quantity(ear, 'vestibule_volume') - 1)
    const surfaces = await withSurfaces(erased, scan.geometry)
    expect(meshVolume(surfaces.surfaces.labyrinth)).toBeLessThan(meshVolume(ear.surfaces.labyrinth) - 0.5 * lost)
  })
})

import { describe, expect, it } from 'vitest'
import { occupancyOfLabels } from '../../../src/analyze/segment/occupancy.ts'
import { applyAffine, geometryAround, voxelIndex, worldFromIndex } from '../../../src/core/geometry/geometry.ts'
import { add, distance, identity3, normalize, scale, subtract, type Vector3 } from '../../../src/core/math/vector.ts'
import type { Scan } from '../../../src/core/volume.ts'
import { findArray } from '../../../src/electrode/catalogue.ts'
import { rasteriseCase, sampleCase } from '../../../src/generate/case.ts'
import { caseOptions } from '../../../src/generate/sample/options.ts'
import { findElectrode } from '../../../src/implant/find/find-electrode.ts'
import { expectedDuct, traceDuct } from '../../../src/measure/cochlea/cochlear-duct.ts'
import { knownCalibration } from '../../support/known-calibration.ts'

// A generated ear without an array, in multi-slice voxels.
const options = caseOptions.parse({
  scanners: ['multi-slice'],
  finest: 0.4,
  electrodes: 0,
  specimens: 0,
  field: [30, 32],
  anyOrientation: 0
})
const { scan, ears, labels } = rasteriseCase(sampleCase(31, 0, options))
const [ear] = ears
if (ear === undefined) throw new Error('the case has an ear')
const grid = geometryAround(ear.frame.origin, [80, 80, 80], [0.3, 0.3, 0.3], identity3)
const known = {
  frame: ear.frame,
  landmarks: ear.landmarks,
  occupancy: occupancyOfLabels({ geometry: grid, data: labels(grid) }),
  voxelEdge: 0.3,
  calibration: knownCalibration
}
const traced = traceDuct(known)
const duct = typeof traced === 'string' ? expectedDuct(known) : traced
if (typeof duct === 'string') throw new Error(duct)
const turns = duct

/** The point (LPS mm) of a landmark. */
function pointOf(id: string): Vector3 {
  const landmark = known.landmarks.find((one) => one.id === id)
  if (landmark === undefined) throw new Error(`no ${id}`)
  return landmark.position
}

/** The scan with a rod of metal of a radius (mm) from one place to another, blooming, on the 12-bit scale. */
function withRods(rods: readonly (readonly [Vector3, Vector3])[], radius: number): Scan {
  const toWorld = worldFromIndex(scan.geometry)
  const places = rods.flatMap(([from, to]) => {
    const steps = Math.ceil(distance(from, to) / 0.1)
    return Array.from({ length: steps + 1 }, (_, n) => add(from, scale(subtract(to, from), n / steps)))
  })
  const data = scan.data.map((value, at) => {
    const place = applyAffine(toWorld, voxelIndex(scan.geometry.size, at))
    const off = Math.min(...places.map((one) => distance(one, place)))
    return Math.max(value, Math.min(3071, 20_000 / (1 + Math.exp((off - radius) / 0.12)) - 1000))
  })
  return { geometry: scan.geometry, data }
}

const oval = pointOf('oval_window')
const helicotrema = pointOf('helicotrema')
/** Away from the cochlea: from its apex to the oval window, and on. */
const outwards = normalize(subtract(oval, helicotrema))
const along = (mm: number): Vector3 => add(oval, scale(outwards, mm))

describe('metal that is no electrode array', () => {
  const beside: Vector3 = add(oval, [6, 9, 0])
  it.each([
    ['a stapes prosthesis through the oval window', withRods([[along(-0.6), along(4)]], 0.3)],
    ['a ventilation tube in the ear drum', withRods([[along(9), along(11)]], 0.6)],
    ['a shunt that passes by', withRods([[add(beside, [0, 0, -12]), add(beside, [0, 0, 12])]], 0.7)],
    ['a crown of a tooth below', withRods([[add(oval, [-3, -8, -13]), add(oval, [3, -8, -13])]], 2)]
  ])('%s is not taken for one, named or not', (_, seen) => {
    expect(seen.data.filter((value) => value > 3000).length).toBeGreaterThan(10)
    expect(findElectrode(seen, turns)).toBeUndefined()
    for (const id of ['flex28', 'ci632']) {
      expect(findElectrode(seen, turns, findArray(id))).toMatchObject({ status: 'not found' })
    }
  })
})

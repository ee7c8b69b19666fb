import { describe, expect, it, test } from 'vitest'
import { occupancyOfLabels } from '../../src/analyze/segment/occupancy.ts'
import { applyAffine, geometryAround, voxelIndex, worldFromIndex } from '../../src/core/geometry/geometry.ts'
import { angleBetween } from '../../src/core/math/angle.ts'
import { dot, identity3, mirror, norm, scale, subtract, type Vector3 } from '../../src/core/math/vector.ts'
import { createCochlearFrame } from '../../src/ear/cochlear-coordinates.ts'
import { cupula } from '../../src/ear/cupula.ts'
import type { EarFrame } from '../../src/ear/ear-frame.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { labelsOf, rasteriseLabyrinth } from '../../src/generate/anatomy/labyrinth.ts'
import { malform } from '../../src/generate/anatomy/malformed/malform.ts'
import type { LabyrinthShape } from '../../src/generate/anatomy/shape.ts'
import { trueCochlea } from '../../src/generate/anatomy/true-cochlea.ts'
import { truthInWorld, truthOf } from '../../src/generate/anatomy/truth.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { meanParameters, type ShapeParameters } from '../../src/generate/sample/shape-parameters.ts'
import { measureDirections } from '../../src/measure/directions.ts'
import { measureEar } from '../../src/measure/measure-ear.ts'
import type { MeasuredEar } from '../../src/measure/measured-ear.ts'
import { knownCalibration } from '../support/known-calibration.ts'

const mean = createShape(meanParameters)
const right: EarFrame = { side: 'right', origin: [0, 0, 0], direction: identity3 }

/** An ear's true labels on a grid of 0.3 mm along the world's axes. */
function earIn(frame: EarFrame, shape: LabyrinthShape = mean): MeasuredEar {
  const geometry = geometryAround([0, -0.3, 1.2], [66, 70, 66], [0.3, 0.3, 0.3], identity3)
  const canvas = createCanvas(geometry, frame)
  const data = labelsOf(rasteriseLabyrinth(canvas, shape, 0.7))
  const sign = frame.side === 'left' ? -1 : 1
  const place = ([x, y, z]: readonly [number, number, number]) => [sign * x, y, z] as const
  const landmarks = [
    { id: 'helicotrema' as const, position: place(shape.helicotrema) },
    { id: 'oval_window' as const, position: place(shape.ovalWindow) },
    { id: 'round_window' as const, position: place(shape.roundWindow) }
  ].map((landmark) => ({ ...landmark, status: 'defined' as const, confidence: 1 }))
  return {
    frame,
    landmarks,
    occupancy: occupancyOfLabels({ geometry, data }),
    voxelEdge: Math.max(...geometry.spacing),
    calibration: knownCalibration
  }
}

const rightEar = earIn(right)
const leftEar = earIn({ side: 'left', origin: [0, 0, 0], direction: mirror })
const measurements = measureEar(rightEar)
const measured = new Map(measurements.map(({ id, value }) => [id, value]))

/** What is measured of an ear whose cochlea is these places of the ear frame. */
function withCochlea(isCochlea: (place: Vector3) => boolean): Map<string, ReturnType<typeof measureEar>[number]> {
  const { geometry, parts } = rightEar.occupancy
  const worldFrom = worldFromIndex(geometry)
  const cochlea = Float32Array.from(parts[0] ?? [], (_, at) =>
    isCochlea(applyAffine(worldFrom, voxelIndex(geometry.size, at))) ? 1 : 0
  )
  const occupancy = { geometry, parts: [cochlea, ...parts.slice(1)] }
  return new Map(measureEar({ ...rightEar, occupancy }).map((measurement) => [measurement.id, measurement]))
}

const truth = truthOf(mean)
const { point, direction } = mean.modiolarAxis
const along = (place: Vector3): number => dot(subtract(place, point), direction)
const { zero: fromRoundWindow } = createCochlearFrame(mean.modiolarAxis, mean.roundWindow)

describe('the path through the turns', () => {
  it('is as long as that of the anatomy within 3 %, its basal turn too', () => {
    const { lateralWallLength, basalTurnLength } = truth.cochlea
    expect(Math.abs((measured.get('duct_length_traced') ?? Number.NaN) / lateralWallLength - 1)).toBeLessThan(0.03)
    expect(Math.abs((measured.get('basal_turn_length_traced') ?? Number.NaN) / basalTurnLength - 1)).toBeLessThan(0.03)
    expect(measured.get('turns')).toBeCloseTo((measured.get('total_angle') ?? Number.NaN) / 360, 9)
  })

  it('ends farther on in a cochlea with more turns, and earlier in one with fewer', () => {
    const [less, more] = [-20, 80].map((winding) => {
      const wound = createShape({ ...meanParameters, winding })
      const found = measureEar(earIn(right, wound)).find(({ id }) => id === 'total_angle')?.value ?? Number.NaN
      expect(Math.abs(found - trueCochlea(wound).totalAngle), `wound by ${winding}°`).toBeLessThan(35)
      return found
    }) as [number, number]
    expect(more - less).toBeGreaterThan(30)
  })

  it('ends where it did when there is a hollow under the cupula, shallow or deep', () => {
    const { cupula: _, ...turnsAlone } = meanParameters
    const angleOf = (parameters: ShapeParameters): number =>
      measureEar(earIn(right, createShape(parameters))).find(({ id }) => id === 'total_angle')?.value ?? Number.NaN
    const alone = angleOf(turnsAlone)
    for (const depth of [cupula.depth.least, cupula.depth.mean, cupula.depth.most]) {
      expect(Math.abs(angleOf({ ...meanParameters, cupula: depth }) - alone), `${depth} mm deep`).toBeLessThan(15)
    }
  })

  it('is as long and ends where it did when the turns lie aslant to the axis, rising to either side', () => {
    for (const slant of [-0.18, 0.18]) {
      const aslant = withCochlea((place) => {
        const offset = subtract(place, point)
        if (norm(offset) > 7) return false
        const rise = slant * dot(offset, fromRoundWindow)
        return labyrinthDistance(mean, subtract(place, scale(direction, rise)), 1).cochlea < 0
      })
      const off = (id: string): number => (aslant.get(id)?.value ?? Number.NaN) / (measured.get(id) ?? Number.NaN) - 1
      expect(Math.abs(off('duct_length_traced')), `slant ${slant}`).toBeLessThan(0.025)
      expect(Math.abs(off('total_angle')), `slant ${slant}`).toBeLessThan(0.015)
    }
  })

  it('is absent with a reason in a cone without turns', () => {
    const bottom = along(mean.roundWindow) - 0.5
    const cone = withCochlea((place) => {
      const height = along(place) - bottom
      const off = norm(subtract(subtract(place, point), scale(direction, along(place))))
      return height > 0 && height < 4 && off < 4.2 * (1 - height / 5)
    })
    expect(cone.get('duct_length_traced')).toMatchObject({ value: null, reason: expect.stringMatching(/spiral|basal/) })
  })

  it('is absent with a reason where the upper turns are cut off', () => {
    const [cochlea = []] = rightEar.occupancy.parts
    let at = 0
    const cut = withCochlea((place) => cochlea[at++] === 1 && along(place) < along(mean.roundWindow) + 1.2)
    expect(cut.get('duct_length_traced')).toMatchObject({ value: null, reason: expect.any(String) })
    expect(cut.get('turns')).toMatchObject({ value: null, reason: expect.any(String) })
  })
})

describe('the directions of the mean ear', () => {
  it('are those of its anatomy within 3°, in the mirrored ear too', () => {
    for (const ear of [rightEar, leftEar]) {
      const { modiolarAxis, canalNormals } = measureDirections(ear)
      const expected = truthInWorld(truth, ear.frame)
      expect(angleBetween(modiolarAxis ?? [0, 0, 0], expected.modiolarAxis)).toBeLessThan(3)
      for (const id of ['superior', 'posterior', 'lateral'] as const) {
        expect(angleBetween(canalNormals[id] ?? [0, 0, 0], expected.canals[id].normal), id).toBeLessThan(1.5)
      }
    }
  })
})

describe('a canal that an ear does not have', () => {
  it('has no radius, and the others keep theirs', () => {
    const found = new Map(
      measureEar(earIn(right, malform(mean, { kind: 'absent_lateral_canal', severity: 0.5 }))).map(({ id, value }) => [
        id,
        value
      ])
    )
    expect(found.get('lateral_canal_radius')).toBeNull()
    expect(found.get('posterior_lateral_canal_angle')).toBeNull()
    for (const id of ['superior', 'posterior'] as const) {
      const radius = found.get(`${id}_canal_radius`) ?? Number.NaN
      expect(Math.abs(radius - truth.canals[id].radius), id).toBeLessThan(0.1)
    }
  })
})

describe('the measurements of the mean ear', () => {
  it('are all there and within three SD of their published references', () => {
    for (const { id, value, reference } of measurements) {
      expect(value, id).not.toBeNull()
      if (reference === undefined) continue
      expect(Math.abs((value ?? Number.NaN) - reference.mean) / reference.sd, id).toBeLessThan(3)
    }
  })

  it('find the modiolar axis of the anatomy it was drawn from within 3°', () => {
    const [x, y, z] = mean.modiolarAxis.direction
    const cosines = [x, y, z].map((cosine) => (Math.acos(cosine) * 180) / Math.PI)
    for (const [n, id] of ['axis_to_left', 'axis_to_posterior', 'axis_to_superior'].entries()) {
      expect(Math.abs((measured.get(id) ?? Number.NaN) - (cosines[n] as number)), id).toBeLessThan(3)
    }
  })

  it('are the same in the mirrored ear, but for its angle to the left', () => {
    for (const { id, value } of measureEar(leftEar)) {
      const expected = measured.get(id) ?? Number.NaN
      expect(value, id).toBeCloseTo(id === 'axis_to_left' ? 180 - expected : expected, 4)
    }
  })

  it('are absent with a reason where a landmark or the whole segmentation is missing', () => {
    const without = (landmark: string) => ({
      ...rightEar,
      landmarks: rightEar.landmarks.filter(({ id }) => id !== landmark)
    })
    const find = (measurements: ReturnType<typeof measureEar>, id: string) => measurements.find((one) => one.id === id)
    expect(find(measureEar(without('round_window')), 'a_value')).toMatchObject({
      value: null,
      reason: expect.stringMatching(/round window/)
    })
    const open = measureEar(without('helicotrema'))
    expect(find(open, 'helicotrema_oval_window_distance')).toMatchObject({ value: null, reason: expect.any(String) })
    expect(find(open, 'a_value')?.value).toBe(measured.get('a_value'))
    const parts = rightEar.occupancy.parts.map((part) => new Float32Array(part.length))
    const empty = measureEar({ ...rightEar, occupancy: { ...rightEar.occupancy, parts } })
    expect(find(empty, 'a_value')).toMatchObject({ value: null, reason: expect.stringMatching(/basal turn/) })
    expect(find(empty, 'lateral_canal_radius')).toMatchObject({ value: null, reason: expect.stringMatching(/canal/) })
  })
})

test('in voxels over 1 mm the upper turns and the path are not measured, all else is', () => {
  const coarse = measureEar({ ...rightEar, voxelEdge: 1.25 })
  const unknown = coarse.filter(({ value }) => value === null).map(({ id }) => id)
  expect(unknown.sort()).toEqual(
    ['basal_turn_length_traced', 'cochlear_height', 'duct_length_traced', 'total_angle', 'turns'].sort()
  )
  expect(coarse.find(({ id }) => id === 'turns')?.reason).toBe('voxels of 1.25 mm do not resolve the turns')
})

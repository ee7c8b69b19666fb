import { describe, expect, it } from 'vitest'
import { partLabel } from '../../src/core/anatomy.ts'
import {
  applyAffine,
  containsPoint,
  indexFromWorld,
  voxelIndex,
  voxelVolume,
  worldFromIndex
} from '../../src/core/geometry/geometry.ts'
import type { DefinedLandmark } from '../../src/core/landmark.ts'
import { add, cross, determinant, dot, scale, subtract, type Vector3 } from '../../src/core/math/vector.ts'
import { type GeneratedCase, generateCase, rasteriseCase, sampleCase } from '../../src/generate/case.ts'
import type { GeneratedEar } from '../../src/generate/ear.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'

const options = caseOptions.parse({ field: [24, 26], finest: 0.6 })

function landmark(generated: GeneratedCase, id: string): Vector3 {
  return generated.ears[0]?.landmarks.find((found) => found.id === id)?.position as Vector3
}

/** World positions of the voxels with a label. */
function places(generated: GeneratedCase, label: number): Vector3[] {
  const { geometry } = generated.scan
  const toWorld = worldFromIndex(geometry)
  return [...generated.labels(geometry).entries()]
    .filter(([, value]) => value === label)
    .map(([n]) => applyAffine(toWorld, voxelIndex(geometry.size, n)))
}

describe('a generated case', () => {
  const known = generateCase(5, 2, options)
  const drawn = sampleCase(8, 1, options)
  const ofDrawn = rasteriseCase(drawn)

  it('is the same, byte for byte, for the same seed and index', () => {
    const again = generateCase(5, 2, options)
    // Compared as bytes: element by element takes seconds.
    expect(Buffer.compare(Buffer.from(again.scan.data.buffer), Buffer.from(known.scan.data.buffer))).toBe(0)
    expect(again.parameters).toEqual(known.parameters)
    expect(Buffer.compare(again.labels(again.scan.geometry), known.labels(known.scan.geometry))).toBe(0)
  })

  it('is replayed from its drawn parameters, also after they went through JSON', () => {
    const again = rasteriseCase(JSON.parse(JSON.stringify(drawn)))
    expect(Buffer.compare(Buffer.from(again.scan.data.buffer), Buffer.from(ofDrawn.scan.data.buffer))).toBe(0)
  })

  it('can be sheared as by a leaning gantry, landmarks and labels with it', () => {
    const sheared = generateCase(5, 2, caseOptions.parse({ ...options, sheared: 1 }))
    const [before, after] = [known.ears[0] as GeneratedEar, sheared.ears[0] as GeneratedEar]
    const { origin } = before.frame
    const slope = after.shear?.[5] as number
    expect(slope).not.toBe(0)
    before.landmarks.forEach(({ position: [x, y, z] }, n) => {
      const [px, py, pz] = (after.landmarks[n] as DefinedLandmark).position
      expect([px, pz]).toEqual([x, z])
      expect(py - y).toBeCloseTo(slope * (z - origin[2]), 10)
    })
    expect(sheared.labels(sheared.scan.geometry)).not.toEqual(known.labels(known.scan.geometry))
    expect(after.measurements()).toBeNull()
  })

  it('is cut by a cylinder only where that leaves its ears whole', () => {
    const cut = [0, 1].flatMap((heads) =>
      Array.from({ length: 60 }, (_, index) => sampleCase(4, index, { ...options, field: [26, 50], heads })).filter(
        ({ protocol }) => protocol.cylinder
      )
    )
    expect(cut.length).toBeGreaterThan(12)
    for (const { bones, geometry } of cut) {
      const [nx, ny] = geometry.size
      const toIndex = indexFromWorld(geometry)
      for (const { frame } of bones) {
        const [i, j] = applyAffine(toIndex, frame.origin)
        const fromBorder = (Math.min(nx, ny) / 2 - Math.hypot(i - (nx - 1) / 2, j - (ny - 1) / 2)) * geometry.spacing[0]
        expect(fromBorder).toBeGreaterThan(10)
      }
    }
  })

  it('differs between seeds and between indices', () => {
    const { bones } = known.parameters
    expect(sampleCase(5, 3, options).bones).not.toEqual(bones)
    expect(sampleCase(6, 2, options).bones).not.toEqual(bones)
  })

  it('lies still where it is a specimen, and may move where it is a patient', () => {
    const moved = (specimens: number): number =>
      Array.from({ length: 40 }, (_, index) => sampleCase(7, index, { ...options, specimens })).filter(
        ({ protocol }) => protocol.motion.share > 0
      ).length
    expect(moved(1)).toBe(0)
    expect(moved(0)).toBeGreaterThan(0)
  })

  it('has the chirality its side says, whichever way the ear is turned', () => {
    const anyWay = caseOptions.parse({ field: [24, 26], finest: 0.6, anyOrientation: 1 })
    const sides = new Set<string>()
    for (let index = 0; index < 6; index++) {
      const generated = generateCase(9, index, anyWay)
      const [ear] = generated.ears
      const side = ear?.frame.side as string
      sides.add(side)
      const [apex, oval, round] = ['helicotrema', 'oval_window', 'round_window'].map((id) => landmark(generated, id))
      const canalPlaces = places(generated, 3)
      const canals = scale(canalPlaces.reduce(add), 1 / canalPlaces.length)
      const normal = cross(subtract(apex as Vector3, round as Vector3), subtract(oval as Vector3, round as Vector3))
      const chirality = dot(normal, subtract(canals, round as Vector3))
      expect(Math.sign(chirality)).toBe(side === 'right' ? -1 : 1)
      expect(Math.sign(determinant(ear?.frame.direction as never))).toBe(side === 'right' ? 1 : -1)
    }
    expect(sides).toEqual(new Set(['left', 'right']))
  })

  it('shows fluid in the labyrinth and dense bone around it, and holds the landmarks in its field', () => {
    for (let index = 0; index < 4; index++) {
      const generated = generateCase(21, index, options)
      const { geometry, data } = generated.scan
      const labels = generated.labels(geometry)
      const inside = [...data].filter((_, n) => labels[n] === 2)
      const vestibule = inside.sort((a, b) => a - b)[Math.floor(inside.length / 2)] as number
      expect(vestibule).toBeLessThan(700)
      expect(vestibule).toBeGreaterThan(-400)
      expect(data.reduce((a, b) => Math.max(a, b))).toBeGreaterThan(1200)
      for (const { position } of generated.ears[0]?.landmarks ?? [])
        expect(containsPoint(geometry, position)).toBe(true)
      const volume = labels.filter((value) => value !== 0).length * voxelVolume(geometry)
      expect(volume).toBeGreaterThan(110)
      expect(volume).toBeLessThan(300)
    }
  })

  it('without an ear has no labels', () => {
    const generated = generateCase(1, 0, caseOptions.parse({ ...options, withoutEar: 1 }))
    expect(generated.ears).toEqual([])
    expect(generated.labels(generated.scan.geometry).some((value) => value !== 0)).toBe(false)
  })

  it('can be malformed when it is asked for, and is otherwise the same case', () => {
    const malformed = sampleCase(8, 1, caseOptions.parse({ ...options, malformation: 'absent_lateral_canal' }))
    const [bone] = drawn.bones
    const malformation = { kind: 'absent_lateral_canal', severity: malformed.bones[0]?.malformation?.severity }
    expect(malformed).toEqual({ ...drawn, bones: [{ ...bone, malformation }] })
    expect(bone).not.toHaveProperty('malformation')
    const canalVoxels = ({ scan, labels }: GeneratedCase): number =>
      labels(scan.geometry).filter((label) => label === partLabel.semicircular_canals).length
    const share = canalVoxels(rasteriseCase(malformed)) / canalVoxels(ofDrawn)
    expect(share).toBeGreaterThan(0.5)
    expect(share).toBeLessThan(0.8)
  })
})

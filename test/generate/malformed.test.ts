import { describe, expect, it } from 'vitest'
import { partLabel } from '../../src/core/anatomy.ts'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { connectedComponents } from '../../src/core/image/components.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { add, identity3 } from '../../src/core/math/vector.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { labelsOf, rasteriseLabyrinth } from '../../src/generate/anatomy/labyrinth.ts'
import { type MalformationKind, malform, malformations } from '../../src/generate/anatomy/malformed/malform.ts'
import type { LabyrinthShape } from '../../src/generate/anatomy/shape.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { generateCase, sampleCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { meanParameters } from '../../src/generate/sample/shape-parameters.ts'
import { malformSurroundings } from '../../src/generate/tissue/malformed.ts'
import { solidOf } from '../../src/generate/tissue/primitives.ts'
import { sampleSurroundings } from '../../src/generate/tissue/surroundings.ts'

const ordinary = createShape(meanParameters)
const grid = geometryAround([0.3, -0.5, 1], [55, 66, 60], [0.3, 0.3, 0.3], identity3)
const small = { field: [20, 20], finest: 0.6, scanners: ['flat-panel'] } as const

function labelsOfShape(shape: LabyrinthShape): Uint8Array {
  return labelsOf(rasteriseLabyrinth(createCanvas(grid, { origin: [0, 0, 0], direction: identity3 }), shape, 0.65))
}

function volumesOf(shape: LabyrinthShape): Record<keyof typeof partLabel, number> {
  const labels = labelsOfShape(shape)
  const of = (label: number): number => labels.filter((each) => each === label).length * 0.3 ** 3
  return {
    cochlea: of(partLabel.cochlea),
    vestibule: of(partLabel.vestibule),
    semicircular_canals: of(partLabel.semicircular_canals)
  }
}

const malformed = (kind: MalformationKind, severity = 0.5): LabyrinthShape => malform(ordinary, { kind, severity })

describe('a malformed labyrinth', () => {
  it.each(malformations)('has windows on its wall and is one body, mild or marked: %s', (kind) => {
    for (const severity of [0, 1]) {
      const shape = malformed(kind, severity)
      expect(Math.abs(labyrinthDistance(shape, shape.ovalWindow, 2).whole)).toBeLessThan(0.03)
      if (kind === 'ossified_cochlea') continue
      expect(Math.abs(labyrinthDistance(shape, shape.roundWindow, 2).whole)).toBeLessThan(0.03)
      expect(connectedComponents(grid, labelsOfShape(shape)).components).toHaveLength(1)
    }
  })

  it('differs from an ordinary one in the part that is malformed', () => {
    const before = volumesOf(ordinary)
    expect(volumesOf(malformed('small_cochlea')).cochlea).toBeLessThan(0.5 * before.cochlea)
    expect(volumesOf(malformed('ossified_cochlea')).cochlea).toBeLessThan(0.75 * before.cochlea)
    expect(volumesOf(malformed('wide_vestibule')).vestibule).toBeGreaterThan(1.5 * before.vestibule)
    expect(volumesOf(malformed('absent_lateral_canal')).semicircular_canals).toBeLessThan(
      0.75 * before.semicircular_canals
    )
    expect(volumesOf(malformed('small_cochlea')).semicircular_canals).toBe(before.semicircular_canals)
  })

  it('without partition has one hollow where turns would be, and no helicotrema', () => {
    const { point, direction } = ordinary.modiolarAxis
    const modiolus = add(point, [2 * direction[0], 2 * direction[1], 2 * direction[2]])
    expect(labyrinthDistance(ordinary, modiolus, 2).whole).toBeGreaterThan(0)
    expect(labyrinthDistance(malformed('incomplete_partition_1'), modiolus, 2).whole).toBeLessThan(0)
    for (const kind of ['incomplete_partition_1', 'incomplete_partition_2'] as const) {
      const [ear] = generateCase(5, 0, caseOptions.parse({ ...small, malformation: kind })).ears
      expect(ear?.landmarks.map(({ id }) => id)).toEqual(['oval_window', 'round_window'])
      expect(ear?.malformation?.kind).toBe(kind)
    }
  })

  it('has its lateral canal about a smaller island when that is short', () => {
    const island = (shape: LabyrinthShape): number => {
      const centers = (shape.canals[2] ?? []).map(({ center }) => center[0])
      return Math.max(...centers) - Math.min(...centers)
    }
    expect(island(malformed('short_lateral_canal'))).toBeLessThan(0.8 * island(ordinary))
  })
})

describe('the bone around a malformed labyrinth', () => {
  const surroundings = sampleSurroundings(createRandom(3), ordinary, { specimens: 0, implanted: 0 })
  const radiusOf = (inclusions: typeof surroundings.inclusions, name: string): number =>
    Math.max(
      ...inclusions
        .filter((inclusion) => inclusion.name.includes(name))
        .flatMap(({ shapes }) => shapes.map((shape) => (shape.kind === 'cone' ? Math.max(...shape.radii) : 0)))
    )

  it('holds an aqueduct wider than 1.5 mm, or a gap over the top of the superior canal', () => {
    const wide = malformSurroundings(surroundings, { kind: 'wide_vestibular_aqueduct', severity: 0 }, ordinary)
    expect(2 * radiusOf(surroundings.inclusions, 'vestibular aqueduct')).toBeLessThan(1)
    expect(2 * radiusOf(wide.inclusions, 'vestibular aqueduct')).toBeGreaterThanOrEqual(1.5)
    const open = malformSurroundings(surroundings, { kind: 'superior_canal_dehiscence', severity: 0.5 }, ordinary)
    const gap = open.inclusions.at(-1)
    expect(gap?.tissue).toBe('dura')
    const distances = (gap?.shapes ?? []).map((shape) => solidOf(shape).distance(0.2, 0.2, 8.6))
    expect(Math.min(...distances)).toBeLessThan(0)
  })
})

it('malformations are drawn for the share of ears that is asked for, each with its severity', () => {
  const options = caseOptions.parse({ ...small, malformed: 0.5 })
  const drawn = Array.from({ length: 60 }, (_, index) => sampleCase(4, index, options).bones[0]?.malformation)
  const kinds = drawn.flatMap((malformation) => malformation?.kind ?? [])
  expect(kinds.length).toBeGreaterThan(18)
  expect(kinds.length).toBeLessThan(42)
  expect(new Set(kinds).size).toBeGreaterThan(5)
  expect(sampleCase(4, 0, caseOptions.parse(small)).bones[0]).not.toHaveProperty('malformation')
})

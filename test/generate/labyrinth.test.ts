import { describe, expect, it } from 'vitest'
import { geometryAround, voxelVolume } from '../../src/core/geometry/geometry.ts'
import { connectedComponents } from '../../src/core/image/components.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { distance, identity3, type Vector3 } from '../../src/core/math/vector.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labelsOf, rasteriseLabyrinth } from '../../src/generate/anatomy/labyrinth.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import {
  meanParameters,
  type ShapeParameters,
  sampleShapeParameters
} from '../../src/generate/sample/shape-parameters.ts'

const frame = { side: 'right', origin: [0, 0, 0], direction: identity3 } as const

function draw(parameters: ShapeParameters, spacing: number, margin = 2 * spacing) {
  const points = Math.ceil(21 / spacing)
  const geometry = geometryAround([0, 0, 1], [points, points, points], [spacing, spacing, spacing], identity3)
  const shape = createShape(parameters)
  const field = rasteriseLabyrinth(createCanvas(geometry, frame), shape, margin)
  return { geometry, shape, field, labels: labelsOf(field) }
}

function volumeOf(labels: Uint8Array, mm3: number, label?: number): number {
  return labels.reduce((sum, value) => sum + ((label === undefined ? value !== 0 : value === label) ? mm3 : 0), 0)
}

describe('the generated labyrinth', () => {
  it('has the mean volume of 42 real labyrinths, 189.7 mm³, within 3 %', () => {
    const { geometry, labels } = draw(meanParameters, 0.2)
    expect(volumeOf(labels, voxelVolume(geometry))).toBeGreaterThan(189.7 * 0.97)
    expect(volumeOf(labels, voxelVolume(geometry))).toBeLessThan(189.7 * 1.03)
  })

  it('varies in volume like real ears: mean 187 ± 24 mm³, range 140–265', () => {
    const volumes = Array.from({ length: 24 }, (_, index) => {
      const { geometry, labels } = draw(sampleShapeParameters(createRandom(11, index)), 0.4)
      return volumeOf(labels, voxelVolume(geometry))
    })
    const mean = volumes.reduce((a, b) => a + b) / volumes.length
    const sd = Math.sqrt(volumes.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (volumes.length - 1))
    expect(Math.abs(mean - 187.7)).toBeLessThan(15)
    expect(sd).toBeGreaterThan(15)
    expect(sd).toBeLessThan(45)
  })

  it('is one connected body with all three parts, each of a plausible size', () => {
    const { geometry, labels } = draw(meanParameters, 0.2)
    const { components } = connectedComponents(geometry, labels)
    expect(components).toHaveLength(1)
    const mm3 = voxelVolume(geometry)
    expect(volumeOf(labels, mm3, 1)).toBeGreaterThan(56)
    expect(volumeOf(labels, mm3, 1)).toBeLessThan(115)
    expect(volumeOf(labels, mm3, 2)).toBeGreaterThan(41)
    expect(volumeOf(labels, mm3, 2)).toBeLessThan(84)
    expect(volumeOf(labels, mm3, 3)).toBeGreaterThan(40)
  })

  it('places the windows and the apex as 70 real ears have them', () => {
    for (let index = 0; index < 50; index++) {
      const { ovalWindow, roundWindow, helicotrema } = createShape(sampleShapeParameters(createRandom(3, index)))
      expect(distance(helicotrema, ovalWindow)).toBeGreaterThan(4.8)
      expect(distance(helicotrema, ovalWindow)).toBeLessThan(8.4)
      expect(distance(ovalWindow, roundWindow)).toBeGreaterThan(2)
      expect(distance(ovalWindow, roundWindow)).toBeLessThan(3.8)
      expect(distance(helicotrema, roundWindow)).toBeGreaterThan(5.4)
      expect(distance(helicotrema, roundWindow)).toBeLessThan(8.3)
    }
  })

  it('puts the landmarks on the wall of the labyrinth', () => {
    const { geometry, shape, field } = draw(meanParameters, 0.2, 1.5)
    for (const point of [shape.ovalWindow, shape.roundWindow, shape.helicotrema]) {
      const voxel = point.map((mm, axis) =>
        Math.round((mm - (geometry.origin[axis] as number)) / 0.2)
      ) as unknown as Vector3
      const at = voxel[0] + geometry.size[0] * (voxel[1] + geometry.size[1] * voxel[2])
      expect(Math.abs(field.whole[at] as number)).toBeLessThan(0.75)
    }
  })

  it('has distances that change by no more than the way walked, near the wall', () => {
    const spacing = 0.3
    const { geometry, field } = draw(meanParameters, spacing, 0.9)
    const [nx, ny] = geometry.size
    let steep = 0
    let near = 0
    for (let n = 0; n + 1 < field.whole.length; n++) {
      const [a, b] = [field.whole[n] as number, field.whole[n + 1] as number]
      if (Math.max(Math.abs(a), Math.abs(b)) > 0.3 || (n + 1) % nx === 0) continue
      near++
      if (Math.abs(a - b) > 1.35 * spacing) steep++
    }
    expect(near).toBeGreaterThan(ny)
    expect(steep / near).toBeLessThan(0.02)
  })
})

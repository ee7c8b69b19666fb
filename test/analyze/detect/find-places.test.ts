import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findPlaces } from '../../../src/analyze/detect/find-places.ts'
import { planWindows } from '../../../src/analyze/detect/plan-windows.ts'
import type { Network } from '../../../src/analyze/model.ts'
import { type LabyrinthComponent, labyrinthComponents } from '../../../src/analyze/predict/labyrinth-components.ts'
import { labyrinthProbability } from '../../../src/analyze/predict/prediction.ts'
import { cropGeometry, type Geometry, voxelCount, voxelIndex } from '../../../src/core/geometry/geometry.ts'
import { add, distance, type Vector3 } from '../../../src/core/math/vector.ts'
import type { Volume } from '../../../src/core/volume.ts'
import { boneScan, detectorMetadata, knowingNetwork } from '../analytic-network.ts'

const edges: Vector3 = [48, 48, 48]

function bone(size: Vector3): Volume<Float32Array> {
  const { geometry, data } = boneScan([1, 2, 3], size, [0.8, 0.8, 0.8])
  return { geometry, data: Float32Array.from(data) }
}

interface Ball {
  /** LPS mm. */
  readonly center: Vector3
  readonly radius: number
}

/** Predicts balls, in each window a little larger or smaller, so that the mean depends on all windows there. */
function ballNetwork(balls: readonly Ball[], evaluated: Geometry[] = []): Network {
  return {
    ...knowingNetwork(detectorMetadata, []),
    predict: async ({ geometry }) => {
      evaluated.push(geometry)
      const { origin, spacing, size } = geometry
      const swing = Math.sin(7 * geometry.origin[0] + 5 * geometry.origin[1] + 3 * geometry.origin[2])
      const logits = new Float32Array(voxelCount(geometry)).fill(Number.NEGATIVE_INFINITY)
      for (const { center, radius } of balls) {
        // The window's axes are the world's.
        const [x, y, z] = center.map((mm, axis) =>
          Array.from({ length: size[axis] ?? 0 }, (_, n) => ((origin[axis] ?? 0) + n * (spacing[axis] ?? 0) - mm) ** 2)
        ) as [number[], number[], number[]]
        let at = 0
        for (const dz of z)
          for (const dy of y)
            for (const dx of x)
              logits[at] = Math.max(logits[at++] as number, 2 * (radius + swing - Math.sqrt(dx + dy + dz)))
      }
      return { geometry, logits: [logits], heatmaps: [] }
    }
  }
}

async function placesIn(image: Volume<Float32Array>, network: Network): Promise<LabyrinthComponent[]> {
  const places: LabyrinthComponent[] = []
  for await (const place of findPlaces(network, image)) places.push(place)
  return places.sort((a, b) => b.volume - a.volume)
}

/** The components of the mean of all windows there are. */
async function placesOfAllWindows(image: Volume<Float32Array>, network: Network): Promise<LabyrinthComponent[]> {
  const { geometry } = image
  const along = Array.from({ length: 48 }, (_, n) => Math.sin((Math.PI * (n + 0.5)) / 48) ** 2)
  const [sums, weights] = [new Float64Array(image.data.length), new Float64Array(image.data.length)]
  for (const { box } of planWindows(geometry.size, edges)) {
    const window = cropGeometry(geometry, box.start, edges)
    const values = labyrinthProbability(await network.predict({ geometry: window, data: new Float32Array(48 ** 3) }))
    for (let at = 0; at < values.length; at++) {
      const index = voxelIndex(edges, at)
      const weight = index.reduce((product, n) => product * (along[n] as number), 1)
      const [i, j, k] = add(index, box.start)
      const to = i + geometry.size[0] * (j + geometry.size[1] * k)
      sums[to] = (sums[to] as number) + weight * (values[at] as number)
      weights[to] = (weights[to] as number) + weight
    }
  }
  const { all } = labyrinthComponents(
    geometry,
    Float32Array.from(sums, (sum, at) => sum / (weights[at] as number))
  )
  return all.toSorted((a, b) => b.volume - a.volume)
}

/** Balls in an image of a size: as large as a window, a little larger, and with room for several steps. */
const images = fc.constantFrom<Vector3>([110, 76, 76], [61, 48, 97], [48, 48, 48]).chain((size) => {
  const [x, y, z] = size.map((voxels) => {
    const most = 0.4 * voxels - 8
    return fc.double({ min: -most, max: most, noNaN: true })
  }) as [fc.Arbitrary<number>, fc.Arbitrary<number>, fc.Arbitrary<number>]
  const ball = fc.record({ center: fc.tuple(x, y, z), radius: fc.double({ min: 3, max: 9, noNaN: true }) })
  return fc.record({ size: fc.constant(size), balls: fc.array(ball, { minLength: 1, maxLength: 2 }) })
})

it('finds the places that the mean of all windows shows, whatever the size of the image', async () => {
  await fc.assert(
    fc.asyncProperty(images, async ({ size, balls }) => {
      const image = bone(size)
      const evaluated: Geometry[] = []
      const found = await placesIn(image, ballNetwork(balls, evaluated))
      const expected = (await placesOfAllWindows(image, ballNetwork(balls))).filter(({ volume }) => volume >= 20)
      expect(found).toHaveLength(expected.length)
      for (const [n, { volume, center }] of expected.entries()) {
        expect(found[n]?.volume).toBeCloseTo(volume, 6)
        expect(distance(found[n]?.center ?? [0, 0, 0], center)).toBeLessThan(1e-3)
      }
      expect(new Set(evaluated.map(({ origin }) => origin.join())).size).toBe(evaluated.length)
    }),
    { numRuns: 6 }
  )
})

it('evaluates about half of the windows where there is nothing in moderate bone', async () => {
  const image = bone([150, 150, 48])
  for (let at = 0; at < image.data.length; at++) if (at % 8 !== 0) image.data[at] = 40
  const evaluated: Geometry[] = []
  await placesIn(image, ballNetwork([{ center: [500, 0, 0], radius: 5 }], evaluated))
  expect(planWindows(image.geometry.size, edges)).toHaveLength(25)
  expect(evaluated.length).toBeGreaterThan(5)
  expect(evaluated.length).toBeLessThan(16)
})

it('evaluates the window of what little bone a tight crop holds', async () => {
  const image = bone([48, 48, 48])
  // 2000 mm³ in the middle.
  for (let at = 0; at < image.data.length; at++)
    if (Math.abs(Math.floor(at / 48 ** 2) - 24) > 1 || at % 48 > 28) image.data[at] = 40
  const evaluated: Geometry[] = []
  await placesIn(image, ballNetwork([{ center: [500, 0, 0], radius: 5 }], evaluated))
  expect(evaluated).toHaveLength(1)
})

it('evaluates no window without bone', async () => {
  const image = bone([96, 48, 48])
  // Bone only in the first eighth: one of three windows.
  for (let at = 0; at < image.data.length; at++) if (at % 96 > 12) image.data[at] = 40
  const evaluated: Geometry[] = []
  await placesIn(image, ballNetwork([{ center: image.geometry.origin, radius: 5 }], evaluated))
  expect(evaluated.map(({ origin }) => origin)).toEqual([image.geometry.origin])
})

it('evaluates no more windows when no other place is wanted', async () => {
  const image = bone([130, 96, 76])
  const evaluated: Geometry[] = []
  for await (const { volume } of findPlaces(ballNetwork([{ center: [1, 2, 3], radius: 8 }], evaluated), image)) {
    expect(volume).toBeGreaterThan(1000)
    break
  }
  const least = evaluated.length
  await placesIn(image, ballNetwork([{ center: [1, 2, 3], radius: 8 }], evaluated))
  expect(evaluated.length).toBeGreaterThan(2 * least)
})

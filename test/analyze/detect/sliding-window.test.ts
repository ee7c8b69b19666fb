import { expect, it } from 'vitest'
import { slide } from '../../../src/analyze/detect/sliding-window.ts'
import { voxelCount } from '../../../src/core/geometry/geometry.ts'
import type { Vector3 } from '../../../src/core/math/vector.ts'
import type { Volume } from '../../../src/core/volume.ts'
import { boneScan, detectorMetadata, knowingNetwork } from '../analytic-network.ts'

function image(size: Vector3, spacing: number): Volume<Float32Array> {
  const { geometry, data } = boneScan([1, 2, 3], size, [spacing, spacing, spacing])
  return { geometry, data: Float32Array.from(data) }
}

/** Says at each voxel a probability that depends on the place in the world alone. */
const placeNetwork = {
  ...knowingNetwork(detectorMetadata, []),
  predict: async ({ geometry }: Volume<Float32Array>) => ({
    geometry,
    logits: [Float32Array.from({ length: voxelCount(geometry) }, (_, at) => logitAt(geometry.origin, at))],
    heatmaps: []
  })
}

function logitAt(origin: Vector3, at: number): number {
  return 0.02 * (origin[0] + 0.8 * (at % 48)) - 0.01 * (origin[2] + 0.8 * Math.floor(at / 48 ** 2))
}

it('gives back what every window agrees on, whatever the size of the image', async () => {
  for (const size of [
    [48, 48, 48],
    [61, 48, 97]
  ] as const) {
    const whole = image(size, 0.8)
    const { origin } = whole.geometry
    const probability = await slide(placeNetwork, whole)
    for (let at = 0; at < probability.length; at += 97) {
      const [i, k] = [at % size[0], Math.floor(at / (size[0] * size[1]))]
      const logit = 0.02 * (origin[0] + 0.8 * i) - 0.01 * (origin[2] + 0.8 * k)
      expect(probability[at]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 5)
    }
  }
})

it('does not ask about windows without bone', async () => {
  const whole = image([96, 48, 48], 0.8)
  // Bone only in the first eighth: one of three windows.
  for (let at = 0; at < whole.data.length; at++) if (at % 96 > 12) whole.data[at] = 40
  const asked: number[] = []
  const network = {
    ...placeNetwork,
    predict: async (window: Volume<Float32Array>) => {
      asked.push(window.geometry.origin[0])
      return placeNetwork.predict(window)
    }
  }
  const probability = await slide(network, whole)
  expect(asked).toEqual([whole.geometry.origin[0]])
  expect(probability.subarray(48, 96).every((value) => value === 0)).toBe(true)
})

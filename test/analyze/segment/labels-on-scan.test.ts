import { describe, expect, it } from 'vitest'
import type { Prediction } from '../../../src/analyze/predict/prediction.ts'
import { labelsOnScan, pasteLabels } from '../../../src/analyze/segment/labels-on-scan.ts'
import {
  applyAffine,
  type Geometry,
  geometryAround,
  voxelCount,
  voxelIndex,
  worldFromIndex
} from '../../../src/core/geometry/geometry.ts'
import { createRandom, randomRotation } from '../../../src/core/math/random.ts'
import { distance, identity3, multiply, type Vector3 } from '../../../src/core/math/vector.ts'
import type { Volume } from '../../../src/core/volume.ts'

const random = createRandom(11)
const network = geometryAround([3, -2, 1], [40, 40, 40], [0.3, 0.3, 0.3], randomRotation(random))
const oblique = multiply(randomRotation(random), [1, 0, 0, 0, -1, 0, 0, 0, 1])
const scan = geometryAround([4, -2, 0], [60, 50, 30], [0.25, 0.4, 0.6], oblique)

/** Logits that grow towards the middles of three balls (cochlea, vestibule, canals), zero on their surfaces. */
const balls: readonly { readonly center: Vector3; readonly radius: number }[] = [
  { center: [2, -3, 2], radius: 2 },
  { center: [4, -1, 0], radius: 1.5 },
  { center: [5, -2, 2], radius: 1.2 }
]

function ballPrediction(geometry: Geometry): Prediction {
  const logits = balls.map(({ center, radius }) =>
    placesOf(geometry, (place) => 20 * Math.max(-1, radius - distance(place, center)))
  )
  return { geometry, logits, heatmaps: [] }
}

function placesOf(geometry: Geometry, value: (place: Vector3) => number): Float32Array {
  const toWorld = worldFromIndex(geometry)
  return Float32Array.from({ length: voxelCount(geometry) }, (_, at) =>
    value(applyAffine(toWorld, voxelIndex(geometry.size, at)))
  )
}

const everywhere = new Uint8Array(voxelCount(network)).fill(1)

function wholeScan(box: Volume<Uint8Array> | undefined): Volume<Uint8Array> {
  const whole = { geometry: scan, data: new Uint8Array(voxelCount(scan)) }
  if (box !== undefined) pasteLabels(whole, box)
  return whole
}

describe('labelsOnScan', () => {
  it('draws surfaces on an oblique left-handed scan to a small part of a voxel', () => {
    const labels = wholeScan(labelsOnScan(ballPrediction(network), everywhere, scan))
    const depth = placesOf(scan, (place) =>
      Math.max(...balls.map(({ center, radius }) => radius - distance(place, center)))
    )
    for (const [at, label] of labels.data.entries()) {
      if (Math.abs(depth[at] as number) < 0.06) continue
      expect(label !== 0).toBe((depth[at] as number) > 0)
    }
    expect(new Set(labels.data)).toEqual(new Set([0, 1, 2, 3]))
  })

  it('leaves out what lies outside the mask', () => {
    const [first] = balls
    const mask = Uint8Array.from(
      placesOf(network, (place) => (first && distance(place, first.center) < first.radius + 0.5 ? 1 : 0))
    )
    const labels = wholeScan(labelsOnScan(ballPrediction(network), mask, scan))
    const far = placesOf(scan, (place) => (first && distance(place, first.center) > first.radius + 0.8 ? 1 : 0))
    expect(labels.data.some((label, at) => label !== 0 && far[at] === 1)).toBe(false)
    expect(labels.data.includes(1)).toBe(true)
  })

  it('gives only a box around the mask, and nothing where the mask is empty or outside the scan', () => {
    const mask = new Uint8Array(voxelCount(network))
    expect(labelsOnScan(ballPrediction(network), mask, scan)).toBeUndefined()
    mask[20 + 40 * (20 + 40 * 20)] = 1
    const box = labelsOnScan(ballPrediction(network), mask, scan)
    expect(voxelCount(box?.geometry ?? scan)).toBeLessThan(100)
    const elsewhere = geometryAround([500, 0, 0], [20, 20, 20], [1, 1, 1], identity3)
    expect(labelsOnScan(ballPrediction(network), everywhere, elsewhere)).toBeUndefined()
  })
})

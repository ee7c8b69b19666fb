import { landmarkKinds } from '../../src/core/anatomy.ts'
import {
  applyAffine,
  type Geometry,
  geometryAround,
  voxelCount,
  voxelIndex,
  worldFromIndex
} from '../../src/core/geometry/geometry.ts'
import type { DefinedLandmark } from '../../src/core/landmark.ts'
import { createRandom, randomRotation } from '../../src/core/math/random.ts'
import { add, distance, identity3, transform, type Vector3 } from '../../src/core/math/vector.ts'
import type { EarFrame } from '../../src/ear/ear-frame.ts'
import type { CaseSource } from '../../src/train/cases/case-source.ts'

/** Balls of fluid in bone stand for the three parts: middle in the ear frame (mm) and radius (mm). */
const balls: readonly { middle: Vector3; radius: number }[] = [
  { middle: [-2.5, 2.5, -1], radius: 2 },
  { middle: [0, 0, 0], radius: 1.6 },
  { middle: [2.5, -2.5, 1.5], radius: 1.8 }
]

function drawAnalyticCase(index: number) {
  const random = createRandom(7, index)
  const frame: EarFrame = {
    side: 'right',
    origin: [random.uniform(-40, -30), random.uniform(-5, 5), random.uniform(80, 90)],
    direction: randomRotation(random)
  }
  const toWorld = (point: Vector3): Vector3 => add(frame.origin, transform(frame.direction, point))
  const middles = balls.map(({ middle }) => toWorld(middle))
  const partAt = (point: Vector3): number =>
    balls.findIndex(({ radius }, at) => distance(point, middles[at] as Vector3) < radius) + 1

  const labels = (geometry: Geometry): Uint8Array => {
    const map = worldFromIndex(geometry)
    return Uint8Array.from({ length: voxelCount(geometry) }, (_, at) =>
      partAt(applyAffine(map, voxelIndex(geometry.size, at)))
    )
  }
  const geometry = geometryAround(frame.origin, [28, 28, 28], [0.6, 0.6, 0.6], identity3)
  return {
    name: `balls ${index}`,
    scan: { geometry, data: Int16Array.from(labels(geometry), (label) => (label === 0 ? 1500 : 50)) },
    labels,
    landmarks: landmarkKinds.map(
      ({ id }, at): DefinedLandmark => ({
        id,
        status: 'defined',
        position: middles[at] as Vector3,
        confidence: 1
      })
    ),
    frames: [frame]
  }
}

/** Cases that are known exactly and cost next to nothing. */
export const analyticCases = {
  name: 'balls in bone',
  draw: drawAnalyticCase,
  heldOut: { count: 2, draw: (index) => drawAnalyticCase(1_000_000_000 + index) }
} satisfies CaseSource

/** What a worker thread calls. */
export function openCases(): CaseSource {
  return analyticCases
}

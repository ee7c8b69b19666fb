import { describe, expect, it } from 'vitest'
import { labyrinthLogOdds, type Prediction, strongestPart } from '../../../src/analyze/predict/prediction.ts'
import { bridgeCanals } from '../../../src/analyze/refine/bridge-canals.ts'
import { parts, type Side } from '../../../src/core/anatomy.ts'
import {
  applyAffine,
  type Geometry,
  geometryAround,
  voxelIndex,
  worldFromIndex
} from '../../../src/core/geometry/geometry.ts'
import { connectedComponents } from '../../../src/core/image/components.ts'
import { voxelsAbove } from '../../../src/core/image/threshold.ts'
import { distance, identity3, rotationAbout, type Vector3 } from '../../../src/core/math/vector.ts'
import type { Scan } from '../../../src/core/volume.ts'
import { courseOf, placeOnCanal } from '../../../src/ear/canal-course.ts'
import { type CanalId, meanCanals } from '../../../src/ear/mean-canals.ts'
import {
  everywhere,
  meanShape,
  scanOfLabels,
  segmenterPrediction,
  trueLabels,
  turned,
  uprightFrame
} from '../analytic-network.ts'

const grid = geometryAround([4, -3, 2], [74, 74, 74], [0.3, 0.3, 0.3], identity3)
/** Fluid of 100, bone of 2000, blurred as by a sharp kernel. */
const greys = { inside: 100, bone: 2000, sd: 0.45 }

async function wholeEar(side: Side) {
  const frame = turned(uprightFrame(side, [4, -3, 2]), rotationAbout([0, 0, 1], 0.2))
  const ear = { frame, shape: meanShape }
  const labels = trueLabels(ear, grid)
  return { frame, whole: await segmenterPrediction(ear), labels, scan: scanOfLabels(labels, grid, greys) }
}

const wholeEars = { right: await wholeEar('right'), left: await wholeEar('left') }

/** An ear that the scan shows whole, as a network sees it that misses what lies within a distance of a canal's middle. */
function earWithGap(side: Side, canal: CanalId, radius: number) {
  const { frame, whole, labels, scan } = wholeEars[side]
  const mean = meanCanals[canal]
  const course = courseOf(mean)
  const onCanal = placeOnCanal(mean, course[Math.floor(course.length / 2)] as number)
  const place = applyAffine({ matrix: frame.direction, offset: frame.origin }, onCanal)
  const isMissed = within(place, radius, whole.geometry)
  const prediction: Prediction = {
    ...whole,
    logits: whole.logits.map((part) => part.map((logit, at) => (isMissed(at) ? -9 : logit)))
  }
  const given = { prediction, mask: everywhere(whole.geometry) }
  return { frame, whole, given, place, labels, scan }
}

function within(place: Vector3, radius: number, geometry: Geometry): (at: number) => boolean {
  const toWorld = worldFromIndex(geometry)
  return (at) => distance(applyAffine(toWorld, voxelIndex(geometry.size, at)), place) < radius
}

/** The scan of an ear whose lumen holds another grey where the gap is. */
function scanWithGap({ labels, place }: ReturnType<typeof earWithGap>, inGap: number): Scan {
  const isGap = within(place, 2.5, grid)
  const rest = labels.map((label, at) => (isGap(at) ? 0 : label))
  const gap = labels.map((label, at) => (isGap(at) ? label : 0))
  const whole = scanOfLabels(rest, grid, greys)
  const lumen = scanOfLabels(gap, grid, { inside: inGap - greys.bone, bone: 0, sd: greys.sd })
  return { geometry: grid, data: Float32Array.from(whole.data, (grey, at) => grey + (lumen.data[at] as number)) }
}

describe('bridgeCanals', () => {
  it.each([
    ['right', 'superior', 1],
    ['right', 'posterior', 1],
    ['right', 'lateral', 1],
    ['left', 'superior', 1],
    ['right', 'superior', 2.3]
  ] as const)('joins what the scan shows whole: %s ear, %s canal, %s mm to either side', (side, canal, radius) => {
    const ear = earWithGap(side, canal, radius)
    const { given, whole } = ear
    const { geometry } = whole
    const bridged = bridgeCanals(given, ear.scan, ear.frame)
    const [before, after, complete] = [given.prediction, bridged.prediction, whole].map(({ logits }) =>
      voxelsAbove(labyrinthLogOdds(logits), 0)
    ) as [Uint8Array, Uint8Array, Uint8Array]
    const added = [...after.keys()].filter((at) => after[at] === 1 && before[at] === 0)
    expect(added.length).toBeGreaterThan(5)
    const isNear = within(ear.place, radius + 1, geometry)
    for (const at of added) {
      expect(isNear(at)).toBe(true)
      expect(parts[strongestPart(bridged.prediction.logits, at)]?.id).toBe('semicircular_canals')
    }
    const nearGap = (mask: Uint8Array) => mask.map((inside, at) => (isNear(at) ? inside : 0))
    const pieces = (mask: Uint8Array) =>
      connectedComponents(geometry, nearGap(mask)).components.filter(({ voxels }) => voxels > 3).length
    expect([pieces(complete), pieces(before), pieces(after)]).toEqual([1, 2, 1])
  })

  it.each([
    ['bone', 2000],
    ['air beside an ear full of fluid', -900]
  ])('leaves the gap where the scan shows %s', (_, grey) => {
    const ear = earWithGap('right', 'superior', 1)
    expect(bridgeCanals(ear.given, scanWithGap(ear, grey), ear.frame).prediction).toBe(ear.given.prediction)
  })

  it('leaves a gap that is longer than 6 mm', () => {
    const ear = earWithGap('right', 'superior', 3.5)
    expect(bridgeCanals(ear.given, ear.scan, ear.frame).prediction).toBe(ear.given.prediction)
  })

  it('changes nothing where no canal is interrupted', () => {
    const ear = earWithGap('left', 'lateral', 0)
    const bridged = bridgeCanals(ear.given, ear.scan, ear.frame)
    expect(bridged.prediction).toBe(ear.given.prediction)
    expect(bridged.mask).toBe(ear.given.mask)
  })

  it("gives the mask what it adds, so that the scan can place the lumen's boundary", () => {
    const ear = earWithGap('right', 'posterior', 1)
    const isGap = within(ear.place, 1, ear.whole.geometry)
    const mask = ear.given.mask.map((inside, at) => (isGap(at) ? 0 : inside))
    const bridged = bridgeCanals({ ...ear.given, mask }, ear.scan, ear.frame)
    const voxels = (of: Uint8Array) => of.reduce((sum, inside) => sum + inside, 0)
    expect(voxels(bridged.mask)).toBeGreaterThan(voxels(mask))
  })
})

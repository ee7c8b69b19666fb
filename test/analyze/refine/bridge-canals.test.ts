import { describe, expect, it } from 'vitest'
import { earGrid } from '../../../src/analyze/predict/network-input.ts'
import { labyrinthLogOdds, type Prediction, strongestPart } from '../../../src/analyze/predict/prediction.ts'
import { bridgeCanals } from '../../../src/analyze/refine/bridge-canals.ts'
import { parts, type Side } from '../../../src/core/anatomy.ts'
import { applyAffine, voxelCount, voxelIndex, worldFromIndex } from '../../../src/core/geometry/geometry.ts'
import { connectedComponents } from '../../../src/core/image/components.ts'
import { smooth } from '../../../src/core/image/filter.ts'
import { voxelsAbove } from '../../../src/core/image/threshold.ts'
import { distance, rotationAbout, type Vector3 } from '../../../src/core/math/vector.ts'
import type { Scan } from '../../../src/core/volume.ts'
import { courseOf, placeOnCanal } from '../../../src/ear/canal-course.ts'
import { type CanalId, meanCanals } from '../../../src/ear/mean-canals.ts'
import {
  boneScan,
  knowingNetwork,
  meanShape,
  segmenterMetadata,
  trueLabels,
  turned,
  uprightFrame
} from '../analytic-network.ts'

/** An ear that the scan shows whole, as a network sees it that misses what lies within a distance of a canal's middle. */
async function earWithGap(side: Side, canal: CanalId, radius: number) {
  const frame = turned(uprightFrame(side, [4, -3, 2]), rotationAbout([0, 0, 1], 0.2))
  const ear = { frame, shape: meanShape }
  const network = knowingNetwork(segmenterMetadata, [ear])
  const geometry = earGrid(network, frame)
  const whole = await network.predict({ geometry, data: new Float32Array(voxelCount(geometry)) })
  const mean = meanCanals[canal]
  const course = courseOf(mean)
  const onCanal = placeOnCanal(mean, course[Math.floor(course.length / 2)] as number)
  const place = applyAffine({ matrix: frame.direction, offset: frame.origin }, onCanal)
  const isMissed = within(place, radius, geometry)
  const prediction: Prediction = {
    ...whole,
    logits: whole.logits.map((part) => part.map((logit, at) => (isMissed(at) ? -9 : logit)))
  }
  const { geometry: grid } = boneScan([4, -3, 2], [74, 74, 74], [0.3, 0.3, 0.3])
  return { frame, whole, prediction, place, labels: trueLabels(ear, grid), grid }
}

function within(place: Vector3, radius: number, geometry: Prediction['geometry']): (at: number) => boolean {
  const toWorld = worldFromIndex(geometry)
  return (at) => distance(applyAffine(toWorld, voxelIndex(geometry.size, at)), place) < radius
}

/** Fluid of 100, bone of 2000, blurred as by a sharp kernel; another grey within a distance of a place. */
function scanOf({ labels, grid, place }: Awaited<ReturnType<typeof earWithGap>>, grey?: number, radius = 2.5): Scan {
  const isOther = within(place, radius, grid)
  const sharp = Float32Array.from(labels, (label, at) => {
    if (label === 0) return 2000
    return grey !== undefined && isOther(at) ? grey : 100
  })
  return { geometry: grid, data: smooth(sharp, grid.size, [0.45, 0.45, 0.45]) }
}

const everywhere = ({ geometry }: Prediction): Uint8Array => new Uint8Array(voxelCount(geometry)).fill(1)

describe('bridgeCanals', () => {
  it.each([
    ['right', 'superior'],
    ['right', 'posterior'],
    ['right', 'lateral'],
    ['left', 'superior']
  ] as const)('joins what the scan shows whole: %s ear, %s canal', async (side, canal) => {
    const ear = await earWithGap(side, canal, 1)
    const { prediction } = ear
    const bridged = bridgeCanals({ prediction, mask: everywhere(prediction) }, scanOf(ear), ear.frame)
    const [before, after, whole] = [prediction, bridged.prediction, ear.whole].map(({ logits }) =>
      voxelsAbove(labyrinthLogOdds(logits), 0)
    ) as [Uint8Array, Uint8Array, Uint8Array]
    const added = [...after.keys()].filter((at) => after[at] === 1 && before[at] === 0)
    expect(added.length).toBeGreaterThan(5)
    const isNear = within(ear.place, 2, prediction.geometry)
    for (const at of added) {
      expect(isNear(at)).toBe(true)
      expect(parts[strongestPart(bridged.prediction.logits, at)]?.id).toBe('semicircular_canals')
    }
    const nearGap = (mask: Uint8Array) => mask.map((inside, at) => (isNear(at) ? inside : 0))
    const pieces = (mask: Uint8Array) =>
      connectedComponents(prediction.geometry, nearGap(mask)).components.filter(({ voxels }) => voxels > 3).length
    expect([pieces(whole), pieces(before), pieces(after)]).toEqual([1, 2, 1])
  })

  it.each([
    ['bone', 2000],
    ['air beside an ear full of fluid', -900]
  ])('leaves the gap where the scan shows %s', async (_, grey) => {
    const ear = await earWithGap('right', 'superior', 1)
    const given = { prediction: ear.prediction, mask: everywhere(ear.prediction) }
    expect(bridgeCanals(given, scanOf(ear, grey), ear.frame).prediction).toBe(ear.prediction)
  })

  it('leaves a gap that is longer than 5 mm', async () => {
    const ear = await earWithGap('right', 'superior', 3.5)
    const given = { prediction: ear.prediction, mask: everywhere(ear.prediction) }
    expect(bridgeCanals(given, scanOf(ear), ear.frame).prediction).toBe(ear.prediction)
  })

  it('changes nothing where no canal is interrupted', async () => {
    const ear = await earWithGap('left', 'lateral', 0)
    const given = { prediction: ear.prediction, mask: everywhere(ear.prediction) }
    expect(bridgeCanals(given, scanOf(ear), ear.frame)).toEqual(given)
  })

  it("gives the mask what it adds, so that the scan can place the lumen's boundary", async () => {
    const ear = await earWithGap('right', 'posterior', 1)
    const isGap = within(ear.place, 1, ear.prediction.geometry)
    const mask = everywhere(ear.prediction).map((inside, at) => (isGap(at) ? 0 : inside))
    const bridged = bridgeCanals({ prediction: ear.prediction, mask }, scanOf(ear), ear.frame)
    expect(bridged.mask.reduce((sum, inside) => sum + inside, 0)).toBeGreaterThan(
      mask.reduce((sum, inside) => sum + inside, 0)
    )
  })
})

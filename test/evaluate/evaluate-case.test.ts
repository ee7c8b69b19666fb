import { expect, test } from 'vitest'
import { createGeometry } from '../../src/core/geometry/geometry.ts'
import { evaluateCase } from '../../src/evaluate/evaluate-case.ts'
import { type Block, blocks, grid, mark, markedEar, nothing, seen } from './known-ears.ts'

const cochlea: Block = { label: 1, start: [4, 4, 3], edge: [4, 4, 4] }
const vestibule: Block = { label: 2, start: [8, 4, 3], edge: [4, 4, 4] }
const canals: Block = { label: 3, start: [12, 4, 3], edge: [4, 4, 4] }
const whole = blocks([cochlea, vestibule, canals])
const truth = seen(whole, [markedEar('right', [20, -14, 38])])

test('the truth itself is perfect in everything', () => {
  const { outlines, ears, spacing } = evaluateCase('same', truth, truth)
  expect(spacing).toEqual([1, 1, 2])
  expect(Object.keys(outlines)).toEqual(['labyrinth', 'cochlea', 'vestibule', 'semicircular_canals'])
  const perfect = {
    dice: 1,
    intersectionOverUnion: 1,
    volumetricSimilarity: 1,
    averageHausdorff: 0,
    averageSurfaceDistance: 0,
    hausdorff95: 0
  }
  expect(outlines.labyrinth).toEqual({ ...perfect, predictedVolume: 384, trueVolume: 384 })
  expect(outlines.vestibule).toEqual({ ...perfect, predictedVolume: 128, trueVolume: 128 })
  expect(ears).toMatchObject([{ outcome: 'found', side: 'right', sideCorrect: true }])
  expect(ears[0]?.landmarks.map((one) => one.outcome === 'found' && one.error)).toEqual([0, 0, 0])
})

test('a part taken for its neighbour costs both parts, not the labyrinth', () => {
  const half = blocks([cochlea, vestibule, canals, { label: 1, start: [8, 4, 3], edge: [2, 4, 4] }])
  const { outlines } = evaluateCase('parts', seen(half, []), truth)
  expect(outlines.labyrinth?.dice).toBe(1)
  expect(outlines.cochlea?.dice).toBe((2 * 64) / (64 + 96))
  expect(outlines.vestibule?.dice).toBe((2 * 32) / (64 + 32))
  expect(outlines.semicircular_canals?.dice).toBe(1)
})

test('a truth of one merged label is compared with all parts together', () => {
  const merged = seen(blocks([{ label: 1, start: [4, 4, 3], edge: [12, 4, 4] }]), [])
  const { outlines } = evaluateCase('merged', truth, merged)
  expect(Object.keys(outlines)).toEqual(['labyrinth'])
  expect(outlines.labyrinth?.dice).toBe(1)
})

test('a missed ear overlaps by 0, has no distances, and all its landmarks are missed', () => {
  const { outlines, ears } = evaluateCase('missed', nothing, truth)
  expect(outlines.labyrinth).toEqual({
    dice: 0,
    intersectionOverUnion: 0,
    volumetricSimilarity: 0,
    averageHausdorff: null,
    averageSurfaceDistance: null,
    hausdorff95: null,
    predictedVolume: 0,
    trueVolume: 384
  })
  expect(ears).toEqual([
    {
      outcome: 'missed',
      side: 'right',
      sideCorrect: null,
      landmarks: ['helicotrema', 'oval_window', 'round_window'].map((id) => ({ id, outcome: 'missed' }))
    }
  ])
})

test('what a prediction has no file of is not judged; what it has an empty one of was missed', () => {
  const marked = seen(null, [markedEar('right', [20, -14, 38])])
  const landmarksOnly = evaluateCase('marked', { ...marked, unpredicted: ['labels'] }, truth)
  expect(landmarksOnly.outlines).toEqual({})
  expect(landmarksOnly.ears[0]?.landmarks.map(({ outcome }) => outcome)).toEqual(['found', 'found', 'found'])
  const labelsOnly = evaluateCase('outlined', { ...seen(whole, []), unpredicted: ['landmarks'] }, truth)
  expect(labelsOnly.outlines.labyrinth?.dice).toBe(1)
  expect(labelsOnly.ears).toMatchObject([{ outcome: 'found', landmarks: [] }])
  const empty = evaluateCase('empty', { ...seen(blocks([]), []), unpredicted: ['landmarks'] }, truth)
  expect([empty.outlines.labyrinth?.dice, empty.ears]).toMatchObject([0, [{ outcome: 'missed', landmarks: [] }]])
})

test('an ear where there is none is false, its landmarks invented, and nothing is said of outlines', () => {
  const empty = seen(blocks([]), [])
  const { outlines, ears } = evaluateCase('false', truth, empty)
  expect(outlines).toEqual({})
  expect(ears).toMatchObject([{ outcome: 'false', side: 'right', sideCorrect: null }])
  expect(ears[0]?.landmarks.map(({ outcome }) => outcome)).toEqual(['invented', 'invented', 'invented'])
})

test('two ears are compared each with the one in its place, whatever their order and sides', () => {
  const known = seen(null, [markedEar('right', [-40, 0, 0]), markedEar('left', [40, 0, 0])])
  const found = seen(null, [
    markedEar('left', [42, 0, 0]),
    markedEar('left', [-40, 3, 0]),
    markedEar('right', [0, 90, 0])
  ])
  expect(
    evaluateCase('head', found, known).ears.map(({ outcome, side, sideCorrect, landmarks }) => [
      outcome,
      side,
      sideCorrect,
      landmarks[0]?.outcome === 'found' ? landmarks[0].error : undefined
    ])
  ).toEqual([
    ['found', 'right', false, 3],
    ['found', 'left', true, 2],
    ['false', 'right', null, undefined]
  ])
})

/** A truth of one ear, and a prediction of it and of another that lies beside it along x, both outlined. */
function withAnother(apart: number) {
  const wide = createGeometry({ ...grid, size: [150, 16, 16] })
  const bodies = [cochlea, vestibule, canals]
  const others = bodies.map((body) => ({ ...body, start: [body.start[0] + apart, 4, 3] as const }))
  const [known, other] = [markedEar('right', [20, -14, 38]), markedEar('left', [20 + apart, -14, 38])]
  return {
    predicted: seen(blocks([...bodies, ...others], wide), [known, other]),
    one: seen(blocks(bodies, wide), [known]),
    both: seen(blocks(bodies, wide), [known, other])
  }
}

test.each([
  ['as far away as a head’s other ear, of which the truth says nothing, is not judged', 80, true, ['found'], 1],
  ['farther than that is false', 115, true, ['found', 'false'], 2 / 3],
  ['nearer than that is false', 45, true, ['found', 'false'], 2 / 3],
  ['where the truth says that there is no other is false', 80, false, ['found', 'false'], 2 / 3]
])('an ear that is found %s', (_, apart, isOtherOpen, outcomes, dice) => {
  const { predicted, one } = withAnother(apart)
  const { ears, outlines } = evaluateCase('open', predicted, { ...one, isOtherOpen })
  expect(ears.map(({ outcome }) => outcome)).toEqual(outcomes)
  expect(outlines.labyrinth?.dice).toBeCloseTo(dice, 9)
})

test('of an ear that the truth marks and does not outline the landmarks are judged, not the outline', () => {
  const { predicted, both } = withAnother(80)
  const { ears, outlines } = evaluateCase('marked', predicted, both)
  expect(ears.map(({ outcome, landmarks }) => [outcome, landmarks.length])).toEqual([
    ['found', 3],
    ['found', 3]
  ])
  expect(outlines.labyrinth?.dice).toBe(1)
})

test('what lies apart from an ear that is not judged, or nearer to one that is, is judged', () => {
  const { one } = withAnother(80)
  const wide = one.labels?.geometry ?? expect.unreachable()
  const judged = (apart: number, more: Block) => {
    const marked = [markedEar('right', [20, -14, 38]), markedEar('left', [20 + apart, -14, 38])]
    const predicted = seen(blocks([cochlea, vestibule, canals, more], wide), marked)
    return evaluateCase('open', predicted, { ...one, isOtherOpen: true }).outlines.labyrinth?.dice
  }
  const body = { label: 1, edge: [2, 4, 4] } as const
  expect(judged(80, { ...body, start: [86, 4, 3] })).toBe(1)
  // Beyond the reach of both ears; and within the reach of both.
  expect(judged(80, { ...body, start: [55, 4, 3] })).toBeCloseTo((2 * 192) / (192 + 224), 9)
  expect(judged(56, { ...body, start: [36, 4, 3] })).toBeCloseTo((2 * 192) / (192 + 224), 9)
})

test('an outline too small for an ear of its own is judged where landmarks say that an ear is there', () => {
  const small = blocks([cochlea, vestibule, canals].map((body) => ({ ...body, edge: [2, 1, 1] as const })))
  const both = seen(small, [markedEar('right', [20, -14, 38])])
  expect(evaluateCase('small', both, both).outlines.labyrinth?.dice).toBe(1)
})

test('an outlined ear without landmarks is found, and its landmarks are missed', () => {
  const { ears } = evaluateCase('outlined', seen(whole, []), truth)
  expect(ears).toMatchObject([{ outcome: 'found', side: 'right', sideCorrect: null }])
  expect(ears[0]?.landmarks.every(({ outcome }) => outcome === 'missed')).toBe(true)
})

test('a landmark that the truth does not hold is not evaluated', () => {
  const some = seen(whole, [{ side: null, landmarks: [mark('oval_window', 20, -13, 38)] }])
  const { ears } = evaluateCase('some', truth, some)
  expect(ears).toMatchObject([{ sideCorrect: null, landmarks: [{ id: 'oval_window', outcome: 'found', error: 0 }] }])
})

test('a prediction on another grid is compared in the world, and what lies outside the truth’s grid counts', () => {
  const wide = createGeometry({ ...grid, size: [26, 16, 12], origin: [4, -20, 30] })
  const moved = [cochlea, vestibule, canals].map((body) => ({ ...body, start: [body.start[0] + 6, 4, 3] as const }))
  expect(evaluateCase('wide', seen(blocks(moved, wide), []), truth).outlines.labyrinth?.dice).toBe(1)
  const beyond = [...moved, { label: 1, start: [0, 4, 3], edge: [4, 4, 4] } as const]
  const { outlines } = evaluateCase('beyond', seen(blocks(beyond, wide), []), truth)
  expect(outlines.labyrinth).toMatchObject({ dice: (2 * 192) / (192 + 256), predictedVolume: 512 })
})

test('voxels that split the truth’s in eight show the same', () => {
  const fine = createGeometry({ ...grid, size: [40, 32, 24], spacing: [0.5, 0.5, 1], origin: [9.75, -20.25, 29.5] })
  const double = [cochlea, vestibule, canals].map(({ label, start, edge }) => ({
    label,
    start: [2 * start[0], 2 * start[1], 2 * start[2]] as const,
    edge: [2 * edge[0], 2 * edge[1], 2 * edge[2]] as const
  }))
  const { outlines } = evaluateCase('fine', seen(blocks(double, fine), []), truth)
  expect([outlines.labyrinth?.dice, outlines.vestibule?.dice]).toEqual([1, 1])
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeCase, type WrittenEar } from '../../../src/cases/encode-case.ts'
import { landmarkKinds, type Side } from '../../../src/core/anatomy.ts'
import { applyAffine, geometryAround, voxelIndex, worldFromIndex } from '../../../src/core/geometry/geometry.ts'
import { reachesBeyond } from '../../../src/core/geometry/half-space.ts'
import type { Landmark } from '../../../src/core/landmark.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import { createVolume } from '../../../src/core/volume.ts'
import type { TrainingCase } from '../../../src/train/cases/case-source.ts'
import { openCases, surveyCases } from '../../../src/train/cases/open-cases.ts'
import type { TrainingConfiguration } from '../../../src/train/configuration.ts'
import { unchanged } from '../../../src/train/samples/intensity.ts'
import { prepareSamples } from '../../../src/train/samples/prepare.ts'
import { applySample, sampleAugmentation } from '../../../src/train/samples/sample.ts'
import { boneScan, meanShape, trueLabels, trueLandmarks, uprightFrame } from '../../analyze/analytic-network.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'
import { tinyConfiguration } from '../tiny-configuration.ts'

const scratch = scratchFolder()

/** A slab of a head with two ears; nothing else in it is so bright as what lies above the left one. */
const bone = boneScan([0, 0, 0], [84, 30, 26], [1.5, 1.5, 1.5])
const ears = {
  right: { frame: uprightFrame('right', [-38, 0, 0]), shape: meanShape },
  left: { frame: uprightFrame('left', [38, 0, 0]), shape: meanShape }
}
const labels = { right: trueLabels(ears.right, bone.geometry), left: trueLabels(ears.left, bone.geometry) }
const toWorld = worldFromIndex(bone.geometry)
const isAboveLeft = (at: number): boolean => {
  const [x, y, z] = applyAffine(toWorld, voxelIndex(bone.geometry.size, at))
  return Math.abs(x - 38) < 8 && Math.abs(y) < 8 && z > 13
}
const scan = {
  ...bone,
  data: bone.data.map((value, at) => {
    if (isAboveLeft(at)) return 2600 + (at % 301)
    return labels.right[at] !== 0 || labels.left[at] !== 0 ? 50 : at % 50 === 7 ? -1000 + (at % 11) : value
  })
}

const written = (side: Side, kinds = 3): WrittenEar => ({
  side,
  landmarks: landmarkKinds.slice(0, kinds).map(({ id }, n): Landmark => {
    return { id, status: 'defined', position: trueLandmarks(ears[side])[n] ?? expect.unreachable(), confidence: 1 }
  })
})

/** A folder with the scan, labels of some ears and landmarks of some. */
function head(name: string, outlined: readonly Side[], marked: readonly WrittenEar[], truth?: object): string {
  const data = bone.data.map((_, at) => outlined.map((side) => labels[side][at] as number).find((label) => label) ?? 0)
  const map = createVolume(bone.geometry, Uint8Array.from(data))
  mkdirSync(join(scratch, name, 'a'), { recursive: true })
  for (const [file, content] of Object.entries(encodeCase({ scan, labels: map, ears: marked, description: '' })))
    writeFileSync(join(scratch, name, 'a', file), content)
  if (truth !== undefined) writeFileSync(join(scratch, name, 'a', 'truth.json'), JSON.stringify(truth))
  return join(scratch, name)
}

const detector = (folder: string, nearEar: number, size: readonly number[] = [16, 16, 16]): TrainingConfiguration =>
  tinyConfiguration({
    role: 'detector',
    grid: { size, spacing: 1.6, frame: 'LPS', center: [0, 0, 0] },
    augmentation: { placement: { frame: 'LPS', nearEar, offset: 14, mirror: 0.5, turned: 0.5 } },
    labelled: [{ folder, share: 1, heldOut: 0 }]
  })

async function drawn(configuration: TrainingConfiguration, count = 1) {
  const survey = await surveyCases(configuration)
  const source = openCases(configuration, survey)
  const cases: TrainingCase[] = []
  for (let index = 0; index < count; index++) cases.push(await source.draw(index))
  return { cases, notes: survey.flatMap((set) => set.notes) }
}

const brightestOf = (data: ArrayLike<number>): number => Array.from(data).reduce((a, b) => Math.max(a, b))

/** The samples of a case, without changes of intensity: how bright their brightest voxel is, and what they teach. */
function samplesOf(configuration: TrainingConfiguration, trainingCase: TrainingCase, count: number) {
  return Array.from({ length: count }, (_, seed) => {
    const drawn = sampleAugmentation(configuration, trainingCase, createRandom(seed))
    const parameters = { ...drawn, intensity: unchanged }
    const sample = applySample(parameters, configuration, trainingCase)
    return { ...sample, brightest: brightestOf(sample.image.data) }
  })
}

test('of a head with one labelled ear no sample shows the other ear, which would be learned as background', async () => {
  const configuration = detector(head('one', ['right'], [written('right')]), 0.3)
  const { cases, notes } = await drawn(configuration)
  const [only] = cases
  const { hidden } = only ?? expect.unreachable()
  const samples = samplesOf(configuration, only as TrainingCase, 30)
  expect(Math.max(...samples.map(({ brightest }) => brightest))).toBeLessThan(0.5)
  expect(notes).toEqual([
    expect.stringMatching(/less is known of one in a; what lies more than 35 mm medial of the other/)
  ])
  // None of the places away from the ear is partly empty.
  const away = detector('unread', 0)
  const grids = Array.from(
    { length: 60 },
    (_, seed) => sampleAugmentation(away, only as TrainingCase, createRandom(seed)).geometry
  )
  expect(grids.filter((grid) => reachesBeyond(grid, hidden ?? expect.unreachable()))).toEqual([])
})

test('a grid wider than a head shows air where the other ear may be, in training and in validation', async () => {
  const wide = [96, 32, 32]
  const one = head('wide', ['right'], [written('right')])
  const configuration = detector(one, 1, wide)
  const { cases } = await drawn(configuration)
  const samples = samplesOf(configuration, cases[0] as TrainingCase, 4)
  expect(Math.max(...samples.map(({ brightest }) => brightest))).toBeLessThan(0.5)
  const heldOut = { count: 1, draw: () => cases[0] as TrainingCase }
  const { validation } = prepareSamples(configuration, { name: '', draw: heldOut.draw, heldOut })
  for (const index of [0, 1, 2]) expect(brightestOf((await validation(index)).image.data)).toBeLessThan(0.5)
})

test('of a head with both ears labelled each sample may show both, and knows the landmarks of both', async () => {
  const configuration = detector(head('both', ['right', 'left'], [written('right'), written('left')]), 1)
  const { cases, notes } = await drawn(configuration, 4)
  expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(['a, right ear', 'a, left ear']))
  expect(notes).toEqual([])
  for (const one of cases) {
    expect([one.hidden, one.landmarks.length]).toEqual([undefined, 6])
    for (const { frame } of Object.values(ears)) {
      const geometry = geometryAround(frame.origin, [16, 16, 16], [1.6, 1.6, 1.6], identity3)
      const { heatmaps, labels } = applySample({ geometry, intensity: unchanged }, configuration, one)
      const ofKinds = [0, 1, 2].map((kind) => Math.max(...heatmaps.data.subarray(kind * 4096, (kind + 1) * 4096)))
      expect(Math.min(...ofKinds)).toBeGreaterThan(0.7)
      expect(labels.data.subarray(4096).filter((label) => label === 1).length).toBeGreaterThan(20)
    }
  }
})

test('an ear of which only landmarks are known is not learned as background, alone or beside an outlined one', async () => {
  const folder = head('marked', ['right'], [written('right'), written('left')])
  const { cases } = await drawn(detector(folder, 1), 8)
  const [right, left] = ['right', 'left'].map((side) => cases.find(({ name }) => name === `a, ${side} ear`))
  expect([right?.labels === null, right?.hidden === undefined]).toEqual([false, false])
  expect([left?.labels, left?.hidden]).toEqual([null, undefined])
})

test('an ear with fewer landmarks than the other is hidden, and none of its landmarks is taken for absent', async () => {
  const folder = head('fewer', ['right', 'left'], [written('right'), written('left', 1)])
  const { cases } = await drawn(detector(folder, 1), 8)
  const [right, left] = ['right', 'left'].map((side) => cases.find(({ name }) => name === `a, ${side} ear`))
  expect([right?.hidden === undefined, right?.landmarks.length]).toEqual([false, 3])
  expect([left?.hidden, left?.landmarks.map(({ id }) => id)]).toEqual([undefined, ['helicotrema', 'helicotrema']])
})

test.each<[string, object]>([
  ['a truth that says that there is no other', { ears: [{ side: 'right' }, { side: null }] }],
  ['a generated case', { side: 'right', generated: true }]
])('nothing of a scan is hidden for %s', async (name, truth) => {
  const { cases, notes } = await drawn(detector(head(name, ['right'], [written('right')], truth), 1))
  expect([cases[0]?.hidden, notes]).toEqual([undefined, []])
})

test('a recipe whose samples stay at the ear gets no note', async () => {
  const folder = head('own frame', ['right'], [written('right')])
  const { notes } = await drawn(tinyConfiguration({ labelled: [{ folder, share: 1, heldOut: 0 }] }))
  expect(notes).toEqual([])
})

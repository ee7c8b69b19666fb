import { expect, test } from 'vitest'
import { noteExchangedLandmarks } from '../../src/cases/exchanged-landmarks.ts'
import { observe } from '../../src/cases/observed-ear.ts'
import { outlinesOf } from '../../src/cases/read-labels.ts'
import { landmarkKinds } from '../../src/core/anatomy.ts'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import { identity3, type Vector3 } from '../../src/core/math/vector.ts'
import { createVolume } from '../../src/core/volume.ts'
import { sampleCase } from '../../src/generate/case.ts'
import { earsOf, labelsOfEar } from '../../src/generate/ear.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'

/** The places of a generated ear's landmarks, and its labels. */
function generated(index: number, options: object = {}) {
  const [ear] = sampleCase(41, index, caseOptions.parse({ withoutEar: 0, ...options })).bones.flatMap(earsOf)
  const { frame, landmarks } = ear ?? expect.unreachable()
  const geometry = geometryAround(frame.origin, [52, 52, 52], [0.5, 0.5, 0.5], identity3)
  const data = labelsOfEar(ear ?? expect.unreachable(), geometry)
  return { data, geometry, places: new Map(landmarks.map(({ id, position }) => [id, position])) }
}
type Generated = ReturnType<typeof generated>

/** What is said where the landmarks lie in these places, in the order of the table. */
function said({ data, geometry, places }: Generated, order: readonly number[], outlined: 'parts' | 'labyrinth' | null) {
  const landmarks = landmarkKinds.flatMap(({ id }, n): Landmark[] => {
    const position: Vector3 | undefined = places.get(landmarkKinds[order[n] as number]?.id ?? id)
    return position === undefined ? [] : [{ id, status: 'defined', position, confidence: 1 }]
  })
  const labels = outlined === 'labyrinth' ? data.map((label) => Math.min(label, 1)) : data
  const outlines = outlined === null ? null : outlinesOf(createVolume(geometry, labels), null, 'labels')
  const notes: string[] = []
  noteExchangedLandmarks('marks', observe(outlines, [{ side: 'left', landmarks }]), (file, text) =>
    notes.push(`${file}: ${text}`)
  )
  return notes
}

const ears = Array.from({ length: 8 }, (_, index) => generated(index, { malformed: index < 4 ? 0 : 1 }))

test('landmarks of ears, also malformed ones, are said nothing of', () => {
  for (const ear of ears)
    for (const outlined of ['parts', 'labyrinth'] as const) {
      expect(said(ear, [0, 1, 2], outlined)).toEqual([])
    }
})

test.each([
  [
    'the windows',
    [0, 2, 1],
    /^marks: the oval window is [3-5]\.\d mm from the middle of the labelled vestibule \(left ear\) and the round window [1-3]\.\d mm/
  ],
  [
    'helicotrema and round window',
    [2, 1, 0],
    /^marks: the round window is .* and the helicotrema .*; the helicotrema should be/
  ],
  [
    'helicotrema and oval window',
    [1, 0, 2],
    /^marks: the oval window is .* and the helicotrema .*; the helicotrema should be/
  ],
  ['all three', [1, 2, 0], /their names seem to be exchanged/]
])('exchanged names of %s are noted, once', (_, order, says) => {
  for (const ear of ears.filter(({ places }) => places.size === 3)) {
    expect(said(ear, order, 'parts')).toEqual([expect.stringMatching(says)])
    expect(said(ear, order, 'labyrinth')).toEqual([expect.stringContaining('or the label is not the whole labyrinth')])
  }
})

test('without labels, and of an ear with one landmark, nothing can be said', () => {
  const [ear] = ears
  const { places } = ear ?? expect.unreachable()
  expect(said(ear ?? expect.unreachable(), [0, 2, 1], null)).toEqual([])
  const one = { ...(ear ?? expect.unreachable()), places: new Map([...places].slice(0, 1)) }
  expect(said(one, [0, 1, 2], 'parts')).toEqual([])
})

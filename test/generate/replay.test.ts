import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { decodeNifti } from '../../src/io/nifti/decode.ts'

const example = new URL('../../examples/generated-ear', import.meta.url)

/** The example was written on one machine; what draws it anew here may be another. */
test('a seed gives the same scan and truth on every machine, voxel by voxel', async () => {
  const options = caseOptions.parse({ field: [36, 44], finest: 0.2, anyOrientation: 0, specimens: 0 })
  const drawn = generateCase(2026, 4, options)
  const { geometry, data } = await decodeNifti(await readFile(new URL(`${example}.nii.gz`)), 'the example')
  const truth = JSON.parse(await readFile(new URL(`${example}.truth.json`), 'utf8'))
  expect(drawn.scan.geometry.size).toEqual(geometry.size)
  expect(drawn.scan.data.every((value, at) => value === data[at])).toBe(true)
  const landmarks = drawn.ears.flatMap((ear) => ear.landmarks)
  expect(landmarks).toHaveLength(3)
  for (const landmark of landmarks) {
    const place = landmark.status === 'defined' ? landmark.position : expect.unreachable()
    for (const [axis, mm] of place.entries()) expect(mm).toBeCloseTo(truth.landmarks[landmark.id][axis], 9)
  }
})

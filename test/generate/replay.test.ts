import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { decodeNifti } from '../../src/io/nifti/decode.ts'

const options = caseOptions.parse({ field: [22, 22], finest: 0.4, anyOrientation: 0, specimens: 0 })

/** Written on one machine; what generates the case here may be another. `vitest run FILE --update` writes it anew. */
test('a seed gives the same scan and truth on every machine, voxel by voxel', async () => {
  const { scan, ears, labels } = generateCase(2026, 4, options)
  const sha256 = (data: Int16Array | Uint8Array): string => createHash('sha256').update(data).digest('hex')
  const landmarks = ears.flatMap((ear) => ear.landmarks)
  expect(landmarks).toHaveLength(3)
  const replayed = {
    size: scan.geometry.size,
    scan: sha256(scan.data),
    labels: sha256(labels(scan.geometry)),
    landmarks: landmarks.map(({ id, position }) => [id, ...position.map((mm) => mm.toFixed(9))])
  }
  await expect(`${JSON.stringify(replayed, null, 2)}\n`).toMatchFileSnapshot('../golden/generate/case.json')
})

test('the example scan and its truth are those of otomark 0.1, on one grid', async () => {
  const example = new URL('../../examples/generated-ear', import.meta.url)
  const { geometry, data } = await decodeNifti(await readFile(new URL(`${example}.nii.gz`)), 'the example')
  const truth = JSON.parse(await readFile(new URL(`${example}.truth.json`), 'utf8'))
  expect(data).toHaveLength(geometry.size[0] * geometry.size[1] * geometry.size[2])
  expect(Object.keys(truth.landmarks).sort()).toEqual(['helicotrema', 'oval_window', 'round_window'])
})

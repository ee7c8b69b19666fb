import { expect, test } from 'vitest'
import { exitCode, GeometryError, InputError, ModelError, OtomarkError } from '../../src/core/errors.ts'
import { createGeometry } from '../../src/core/geometry/geometry.ts'
import { identity3 } from '../../src/core/math/vector.ts'
import { createVolume } from '../../src/core/volume.ts'

const geometry = createGeometry({ size: [2, 3, 4], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })

test('a volume holds as many voxels as its grid', () => {
  const data = new Int16Array(24)
  expect(createVolume(geometry, data)).toEqual({ geometry, data })
  for (const count of [0, 23, 25]) expect(() => createVolume(geometry, new Int16Array(count))).toThrow(GeometryError)
})

test('an input error names the file it is about, and so does a model error', () => {
  const error = new ModelError('detector.onnx', 'its metadata is missing')
  expect(error).toBeInstanceOf(InputError)
  expect(error).toBeInstanceOf(OtomarkError)
  expect(error).toMatchObject({
    name: 'ModelError',
    source: 'detector.onnx',
    message: 'detector.onnx: its metadata is missing',
    exitCode: exitCode.input
  })
})

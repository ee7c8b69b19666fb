import { expect, test } from 'vitest'
import {
  GeometryError,
  InputError,
  ModelError,
  NoEarError,
  OtomarkError,
  ResourceError,
  UsageError
} from '../../src/core/errors.ts'
import { packError, unpackError } from '../../src/core/portable-error.ts'

test.each([
  new OtomarkError('training step 3: the loss is not a finite number'),
  new UsageError('--series 9: there is no such series'),
  new InputError('C: scans/a.nii', 'is empty'),
  new ModelError('detector.onnx', 'is broken'),
  new GeometryError('the grid axes are not perpendicular'),
  new NoEarError('no inner ear was found'),
  new ResourceError('memory ran out')
])('an error that crosses to another thread keeps class, kind, message, exit code and stack: $name', (error) => {
  const arrived = unpackError(structuredClone(packError(error)))
  expect(arrived).toBeInstanceOf(error.constructor)
  const { kind, name, message, exitCode, stack } = error
  expect(arrived).toMatchObject({ kind, name, message, exitCode, stack })
  if (error instanceof InputError) expect(arrived).toMatchObject({ source: error.source })
})

test('each class has a kind of its own', () => {
  const kinds = [new UsageError(), new InputError('a', 'b'), new ModelError('a', 'b'), new GeometryError()]
  const all = [...kinds, new NoEarError(), new ResourceError(), new OtomarkError()].map(({ kind }) => kind)
  expect(new Set(all).size).toBe(all.length)
})

test('what is no error of otomark arrives as a plain error that keeps its name', () => {
  const arrived = unpackError(structuredClone(packError(new RangeError('Invalid array length'))))
  expect(arrived).not.toBeInstanceOf(OtomarkError)
  expect(arrived).toMatchObject({ name: 'RangeError', message: 'Invalid array length' })
  expect(unpackError(structuredClone(packError('thrown as text'))).message).toBe('thrown as text')
})

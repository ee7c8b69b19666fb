import { expect, test } from 'vitest'
import * as errors from '../../src/core/errors.ts'
import {
  AccessError,
  GeometryError,
  InputError,
  ModelError,
  NoEarError,
  OtomarkError,
  ResourceError,
  UsageError
} from '../../src/core/errors.ts'
import { packError, unpackError } from '../../src/core/portable-error.ts'

const identified = { unidentified: 'a description that names nobody' }

const plain = [
  new OtomarkError('training step 3: the loss is not a finite number'),
  new UsageError('--series 9: there is no such series'),
  new InputError('C: scans/a.nii', 'is empty'),
  new ModelError('detector.onnx', 'is broken'),
  new AccessError('the DICOMweb server', 'wants other credentials (401)'),
  new GeometryError('the grid axes are not perpendicular'),
  new NoEarError('no inner ear was found'),
  new ResourceError('memory ran out')
]

// As a reader of DICOM throws it: the message names what the header says, which a file that is passed on may not.
const ofPatients = [
  ...[OtomarkError, UsageError, GeometryError, NoEarError, ResourceError].map(
    (Kind) => new Kind('series "DOE JANE, left ear"', identified)
  ),
  ...[InputError, ModelError, AccessError].map((Kind) => new Kind('scans', 'series "DOE JANE, left ear"', identified))
]

test.each([...plain, ...ofPatients])(
  'an error that crosses to another thread keeps class, kind, message, exit code and stack: $name',
  (error) => {
    const arrived = unpackError(structuredClone(packError(error)))
    expect(arrived).toBeInstanceOf(error.constructor)
    const { kind, name, message, unidentified, exitCode, stack } = error
    expect(arrived).toMatchObject({ kind, name, message, unidentified, exitCode, stack })
    if (error instanceof InputError) expect(arrived).toMatchObject({ source: error.source })
  }
)

test('every class crosses in these tests, once as it is and once naming a patient, and has a kind of its own', () => {
  const classes = Object.values(errors).filter((value) => typeof value === 'function')
  for (const errorsOfAll of [plain, ofPatients]) {
    expect(new Set(errorsOfAll.map((error) => error.constructor))).toEqual(new Set(classes))
    expect(new Set(errorsOfAll.map(({ kind }) => kind)).size).toBe(classes.length)
  }
})

test('what is no error of otomark arrives as a plain error that keeps its name', () => {
  const arrived = unpackError(structuredClone(packError(new RangeError('Invalid array length'))))
  expect(arrived).not.toBeInstanceOf(OtomarkError)
  expect(arrived).toMatchObject({ name: 'RangeError', message: 'Invalid array length' })
  expect(unpackError(structuredClone(packError('thrown as text'))).message).toBe('thrown as text')
})

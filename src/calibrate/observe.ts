import type { EarFinding } from '../analyze/findings.ts'
import { partLabel } from '../core/anatomy.ts'
import { voxelVolume } from '../core/geometry/geometry.ts'
import { transform, transpose, type Vector3 } from '../core/math/vector.ts'
import type { LabyrinthShape } from '../generate/anatomy/shape.ts'
import { truthOf } from '../generate/anatomy/truth.ts'
import type { GeneratedEar } from '../generate/ear.ts'
import { measureDirections } from '../measure/directions.ts'
import { measureEar } from '../measure/measure-ear.ts'
import { spreadAbout } from '../measure/uncertainty.ts'
import { trueValues } from './true-values.ts'
import { volumesByBias } from './volumes-by-bias.ts'

/** A generated ear whose truth is known, as a model found it. */
export interface CalibrationEar {
  readonly found: EarFinding
  readonly shape: LabyrinthShape
  /** Where it truly lies. */
  readonly frame: GeneratedEar['frame']
  readonly truth: ReturnType<typeof truthOf>
}

/** How a quantity was measured: its error, and how far the values of other views lie from it, in its unit. */
export interface QuantityError {
  readonly id: string
  readonly error: number
  readonly spread: number
}

export function calibrationEar(found: EarFinding, { shape, frame }: GeneratedEar): CalibrationEar {
  return { found, shape, frame, truth: truthOf(shape) }
}

/** For each of `biases`, the logarithm of the labyrinth's volume over the true one. */
export function logVolumeErrors({ found, truth }: CalibrationEar): number[] {
  const expected = truth.volumes.reduce((sum, volume) => sum + volume, 0)
  return volumesByBias(found).map((volume) => Math.log(volume / expected))
}

/** The modiolar axis that is found and the true one, unit vectors in the frame of the ear that was found. */
export function axesOf({ found, frame, truth }: CalibrationEar): { found: Vector3; truth: Vector3 } | undefined {
  const { modiolarAxis } = measureDirections(found)
  if (modiolarAxis === undefined) return undefined
  const toEar = transpose(found.frame.direction)
  return {
    found: transform(toEar, modiolarAxis),
    truth: transform(toEar, transform(frame.direction, truth.modiolarAxis))
  }
}

/** Errors and spreads of the quantities of a generated ear. */
export function quantityErrors({ found, shape, frame, truth }: CalibrationEar): QuantityError[] {
  return errorsAgainst(trueValues(shape, frame, truth), found)
}

/** Errors and spreads of every quantity that is known, was measured, and was in two other views at least. */
export function errorsAgainst(expected: Readonly<Record<string, number>>, found: EarFinding): QuantityError[] {
  const others = found.repeats.map(measureEar)
  return measureEar(found).flatMap(({ id, value }, n) => {
    const values = others.map((one) => one[n]?.value ?? null).filter((other) => other !== null)
    const known = expected[id]
    if (value === null || known === undefined || values.length < 2) return []
    return [{ id, error: value - known, spread: spreadAbout(value, values) }]
  })
}

/** Volumes (mm³) of the labelled cochlea, vestibule and canals. */
export function labelledVolumes({ labels }: Pick<EarFinding, 'labels'>): [number, number, number] {
  const counts = [0, 0, 0, 0]
  for (const label of labels.data) counts[label] = (counts[label] as number) + 1
  const volume = (label: number): number => (counts[label] as number) * voxelVolume(labels.geometry)
  return [volume(partLabel.cochlea), volume(partLabel.vestibule), volume(partLabel.semicircular_canals)]
}

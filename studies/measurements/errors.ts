/** Errors of measured ears, as a table and as a file. */
import { writeFileSync } from 'node:fs'
import { trueValues } from '../../src/calibrate/true-values.ts'
import { angleBetween } from '../../src/core/math/angle.ts'
import { transform, type Vector3 } from '../../src/core/math/vector.ts'
import type { EarFrame } from '../../src/ear/ear-frame.ts'
import type { LabyrinthShape } from '../../src/generate/anatomy/shape.ts'
import { truthOf } from '../../src/generate/anatomy/truth.ts'
import { measureDirections } from '../../src/measure/directions.ts'
import { measureEar } from '../../src/measure/measure-ear.ts'
import type { MeasuredEar } from '../../src/measure/measured-ear.ts'

/** One quantity of one ear: its error in the quantity's unit, volumes and path lengths in %; null where not measured. */
export interface ErrorRow {
  readonly id: string
  readonly unit: string
  readonly error: number | null
  /** Largest voxel edge, mm. */
  readonly spacing: number
}

/** @param frame where the ear truly lies */
export function errorsOf(
  ear: MeasuredEar,
  shape: LabyrinthShape,
  frame: EarFrame,
  spacing: number,
  shapeTruth = truthOf(shape)
): ErrorRow[] {
  const truth = trueValues(shape, frame, shapeTruth)
  const values = measureEar(ear).flatMap(({ id, unit, value }): ErrorRow[] => {
    const expected = truth[id]
    if (
      expected === undefined ||
      (id.startsWith('duct_length') && id !== 'duct_length_traced') ||
      id === 'basal_turn_length_escude'
    )
      return []
    const relative = unit === 'mm³' || id.endsWith('traced')
    const error = value === null ? null : relative ? 100 * (value / expected - 1) : value - expected
    return [{ id, unit: relative ? '%' : unit, error, spacing }]
  })
  const { modiolarAxis, canals } = shapeTruth
  const { modiolarAxis: axis, canalNormals } = measureDirections(ear)
  const tilt = (id: string, found: Vector3 | undefined, expected: Vector3): ErrorRow => {
    const error = found === undefined ? null : angleBetween(found, transform(frame.direction, expected))
    return { id, unit: '°', error, spacing }
  }
  const normals = (['superior', 'posterior', 'lateral'] as const).map((id) =>
    tilt(`${id}_canal_normal`, canalNormals[id], canals[id].normal)
  )
  return [...values, tilt('modiolar_axis', axis, modiolarAxis), ...normals]
}

/** A Markdown table of the errors by quantity; writes them to a JSON file where one is named. */
export function report(rows: readonly ErrorRow[], file: string | undefined): void {
  process.stdout.write('| quantity | measured | mean absolute error | mean error | greatest |\n|---|---|---|---|---|\n')
  for (const id of new Set(rows.map((row) => row.id))) {
    const all = rows.filter((row) => row.id === id)
    const errors = all.map(({ error }) => error).filter((error) => error !== null)
    const mean = (values: readonly number[]): string =>
      (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2)
    const sizes = errors.map(Math.abs)
    const cells = [
      `${errors.length} of ${all.length}`,
      `${mean(sizes)} ${all[0]?.unit}`,
      mean(errors),
      Math.max(...sizes).toFixed(2)
    ]
    process.stdout.write(`| ${id} | ${cells.join(' | ')} |\n`)
  }
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(rows)}\n`)
}

import type { EarResult } from '../../src/report/result.ts'
import type { Values } from './comparison.ts'

/** The values of an ear in a result, with their standard deviations. */
export function valuesOfEar({ measurements }: Pick<EarResult, 'measurements'>): Values {
  return Object.fromEntries(measurements.map(({ id, value, uncertainty }) => [id, { value, sd: uncertainty?.sd }]))
}

import type { DataSet } from 'dicom-parser'
import { decimalOf } from '../decimal.ts'

/** The finite numbers of a decimal string; undefined if the element is missing or does not hold `count` of them. */
export function numbersOf(data: DataSet | undefined, tag: string, count: number): readonly number[] | undefined {
  const values = data?.string(tag)?.split('\\').map(decimalOf)
  return values?.length === count && values.every((value) => value !== undefined) ? values : undefined
}

/** Whether an element is missing or empty. */
export function isEmpty(data: DataSet | undefined, tag: string): boolean {
  return (data?.string(tag) ?? '').trim() === ''
}

/** The first number of an element of type US (2 bytes) or UL (4); undefined if it is missing or too short. */
export function wholeNumberOf(data: DataSet | undefined, tag: string, bytes: 2 | 4 = 2): number | undefined {
  if ((data?.elements[tag]?.length ?? 0) < bytes) return undefined
  return bytes === 2 ? data?.uint16(tag) : data?.uint32(tag)
}

/** The items of a sequence. */
export function itemsOf(data: DataSet | undefined, tag: string): readonly DataSet[] {
  return (data?.elements[tag]?.items ?? []).flatMap(({ dataSet }) => (dataSet === undefined ? [] : [dataSet]))
}

/** The coarsest power of ten, from 0.1 down to 1e-6, that the decimals of a text are whole multiples of. */
export function decimalStep(text: string): number {
  const decimals = text.split('\\').map((one) => (/e/i.test(one) ? 6 : (/\.(\d*?)0*\s*$/.exec(one)?.[1]?.length ?? 0)))
  return 10 ** -Math.min(6, Math.max(1, ...decimals))
}

import type { Segment } from '../io/nrrd-segments.ts'
import { type LabelNumbers, labelNumbersOf, meaningOf } from './label-numbers.ts'

/**
 * What the labels of a 3D Slicer segmentation mean by the names of its segments, as those of nnU-Net do; null where no name
 * is that of the inner ear or a part of it.
 * @throws InputError as {@link labelNumbersOf}
 */
export function segmentNumbers(segments: readonly Segment[], source: string): LabelNumbers | null {
  if (!segments.some(({ name }) => isOfInnerEar(name))) return null
  const labels: Record<string, number[]> = {}
  for (const { name, label } of segments) labels[name] = [...(labels[name] ?? []), label]
  return labelNumbersOf(labels, source).numbers
}

function isOfInnerEar(name: string): boolean {
  const meaning = meaningOf(name)
  return meaning !== undefined && meaning !== 'background' && meaning !== 'ignore'
}

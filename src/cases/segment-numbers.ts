import type { Segment } from '../io/nrrd-segments.ts'
import { type LabelNumbers, labelNumbersOf } from './label-numbers.ts'

/**
 * What the labels of a 3D Slicer segmentation mean by the names of its segments, as those of nnU-Net do; null where no name
 * is that of the inner ear or a part of it.
 * @throws InputError as {@link labelNumbersOf}
 */
export function segmentNumbers(segments: readonly Segment[], source: string): LabelNumbers | null {
  if (!segments.some(({ name }) => isOfInnerEar(name, source))) return null
  const labels: Record<string, number[]> = {}
  for (const { name, label } of segments) labels[name] = [...(labels[name] ?? []), label]
  return labelNumbersOf(labels, source).numbers
}

/** Whether a name is known: beside all parts, what is none of them becomes background. */
function isOfInnerEar(name: string, source: string): boolean {
  const all = { [`${name} `]: [9], cochlea: [1], vestibule: [2], canals: [3] }
  try {
    return (labelNumbersOf(all, source).numbers.table[9] ?? 0) !== 0
  } catch {
    // The labyrinth as a whole cannot stand beside its parts.
    return true
  }
}

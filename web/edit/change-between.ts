import type { LabelChange } from '../corrections.ts'

/** What leads from labels to others of the same grid, and back; undefined where they are the same. */
export function changeBetween(
  before: Uint8Array,
  after: Uint8Array
): Pick<LabelChange, 'to' | 'voxels' | 'from'> | undefined {
  const changed: number[] = []
  for (let at = 0; at < before.length; at++) if (before[at] !== after[at]) changed.push(at)
  const [first] = changed
  if (first === undefined) return undefined
  const voxels = Uint32Array.from(changed)
  const labels = Uint8Array.from(voxels, (at) => after[at] as number)
  const isOne = labels.every((label) => label === labels[0])
  return {
    to: isOne ? (labels[0] as number) : labels,
    voxels,
    from: Uint8Array.from(voxels, (at) => before[at] as number)
  }
}

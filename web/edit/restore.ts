/**
 * Labels with a part as it was found. What was painted over it becomes it again; what it took gets the label that was found
 * there.
 * @param found labels of the same grid
 */
export function restore(labels: Uint8Array, found: Uint8Array, part: number): Uint8Array {
  return labels.map((label, at) => (label === part || found[at] === part ? (found[at] as number) : label))
}

/** Sizes of a tensor's dimensions, outermost first; [] is a scalar. */
export type Shape = readonly number[]

export function elementCount(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1)
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, axis) => n === b[axis])
}

/** The size of one dimension; a negative axis counts from the end. */
export function dimension(shape: Shape, axis: number): number {
  const n = shape.at(axis)
  if (n === undefined) throw new RangeError(`a tensor of shape [${shape.join(', ')}] has no axis ${axis}`)
  return n
}

/**
 * The shape two operands have together under NumPy's broadcasting rule.
 * @throws RangeError if they do not fit.
 */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const m = a[axis - rank + a.length] ?? 1
    const n = b[axis - rank + b.length] ?? 1
    if (m !== n && m !== 1 && n !== 1) {
      throw new RangeError(`shapes [${a.join(', ')}] and [${b.join(', ')}] cannot be broadcast together`)
    }
    return m === 1 ? n : m
  })
}

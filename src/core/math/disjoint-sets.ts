/** Elements 0 … n − 1 in sets that can be joined. */
export interface DisjointSets {
  /** The element that stands for the set of another. */
  find(element: number): number
  join(a: number, b: number): void
}

/** n sets of one element each (union–find with path halving, Tarjan & van Leeuwen 1984). */
export function createDisjointSets(n: number): DisjointSets {
  const parent = new Uint32Array(n).map((_, element) => element)
  const above = (element: number): number => parent[element] as number
  const find = (element: number): number => {
    let at = element
    while (above(at) !== at) {
      parent[at] = above(above(at))
      at = above(at)
    }
    return at
  }
  return {
    find,
    join(a, b) {
      parent[find(a)] = find(b)
    }
  }
}

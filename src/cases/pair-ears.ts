import type { Landmark } from '../core/landmark.ts'
import { add, distance, scale, type Vector3 } from '../core/math/vector.ts'
import type { MarkedEar } from './observed-ear.ts'

/** An ear as one file, or both, give it. */
export interface EarPair {
  readonly given: MarkedEar | undefined
  readonly list: MarkedEar | undefined
}

/**
 * Which ears of two files belong together, those of the lists first: those of one side, then, of lists that name none, those at
 * one place, then, of two, the one with the larger x and the left one. What then is left of lists without a place is taken
 * in its order.
 */
export function pairEars(ears: readonly MarkedEar[], lists: readonly MarkedEar[] | null): EarPair[] {
  const marked = lists ?? []
  const left = new Set(ears)
  const of = new Map<MarkedEar, MarkedEar>()
  const join = (list: MarkedEar, given: MarkedEar | undefined): void => {
    if (given === undefined || !left.delete(given)) return
    of.set(list, given)
  }
  for (const list of marked) {
    if (list.side !== null)
      join(
        list,
        [...left].find(({ side }) => side === list.side)
      )
  }
  const open = (): MarkedEar[] => marked.filter((list) => !of.has(list) && (list.side === null || marked.length === 1))
  for (const { list, given } of byDistance(open(), [...left])) if (!of.has(list)) join(list, given)
  const [unnamed, unplaced] = [open(), [...left]]
  const [one, other] = unnamed.flatMap((list) => placed(list)).sort((a, b) => b.place[0] - a.place[0])
  if (unnamed.length === 2 && one !== undefined && other !== undefined && unplaced.length > 0) {
    const [leftEar, rightEar] = (['left', 'right'] as const).map((own) => unplaced.find(({ side }) => side === own))
    join(one.list, leftEar ?? unplaced.find((ear) => ear !== rightEar))
    join(other.list, rightEar ?? [...left].find((ear) => ear !== leftEar))
  } else if (unnamed.length !== 1 || unplaced.length === 1) {
    // One list may be either of two ears of which nothing but the sides is known.
    for (const list of unnamed) join(list, [...left][0])
  }
  return [
    ...marked.map((list): EarPair => ({ given: of.get(list), list })),
    ...[...left].map((ear): EarPair => ({ given: ear, list: undefined }))
  ]
}

/** Pairs of ears whose places are known, the nearest first. */
function byDistance(lists: readonly MarkedEar[], ears: readonly MarkedEar[]) {
  return lists
    .flatMap((list) =>
      ears.flatMap((given) => {
        const [a, b] = [placeOf(list.landmarks), placeOf(given.landmarks)]
        return a === undefined || b === undefined ? [] : [{ list, given, apart: distance(a, b) }]
      })
    )
    .sort((a, b) => a.apart - b.apart)
}

function placed(list: MarkedEar): { readonly list: MarkedEar; readonly place: Vector3 }[] {
  const place = placeOf(list.landmarks)
  return place === undefined ? [] : [{ list, place }]
}

function placeOf(landmarks: readonly Landmark[]): Vector3 | undefined {
  const positions = landmarks.flatMap((mark) => (mark.status === 'defined' ? [mark.position] : []))
  return positions.length === 0 ? undefined : scale(positions.reduce(add), 1 / positions.length)
}

/** By which one ear of a scan is known, whatever its side is taken for. */
export type EarId = `ear-${number}`

/** The id of the ear that stands there among those that were found. */
export function earIdAt(at: number): EarId {
  return `ear-${at + 1}`
}

/** Where an ear stands among those that were found. */
export function earAt(id: EarId): number {
  return Number(id.slice('ear-'.length)) - 1
}

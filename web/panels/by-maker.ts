import type { ElectrodeArray } from '../../src/electrode/array.ts'

/** Arrays by their makers, each in the order of the catalogue. */
export function byMaker(arrays: readonly ElectrodeArray[]): [maker: string, arrays: readonly ElectrodeArray[]][] {
  const makers = [...new Set(arrays.map(({ maker }) => maker))]
  return makers.map((maker) => [maker, arrays.filter((array) => array.maker === maker)])
}

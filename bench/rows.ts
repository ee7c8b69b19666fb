import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const row = z.strictObject({
  /** What was measured, such as `forward-96-f16`. */
  name: z.string(),
  unit: z.enum(['s', 'processor s', 'MiB']),
  ours: z.number(),
  /** Null without a peer. */
  peer: z.number().nullable(),
  peerName: z.string(),
  /** ours / peer, below 1 where otomark is faster or smaller; null without a peer. */
  ratio: z.number().nullable()
})

/** One side beside ours. */
export type Row = z.infer<typeof row>

/** What one side needs of a unit. */
export interface Amount {
  readonly name: string
  readonly amount: number
}

/** The rows of a file; none where there is no file yet. */
export function readRows(path: string): Row[] {
  return existsSync(path) ? z.array(row).parse(JSON.parse(readFileSync(path, 'utf8'))) : []
}

export function writeRows(path: string, rows: readonly Row[]): void {
  writeFileSync(path, `${JSON.stringify(rows, null, 2)}\n`)
}

/** A row for each peer of the first side, which is ours. */
export function rowsOf(name: string, unit: Row['unit'], [own, ...others]: readonly Amount[]): Row[] {
  const ours = own?.amount ?? Number.NaN
  if (others.length === 0) return [{ name, unit, ours, peer: null, peerName: 'none', ratio: null }]
  return others.map(({ name: peerName, amount: peer }) => ({ name, unit, ours, peer, peerName, ratio: ours / peer }))
}

export function written(amount: number, unit: Row['unit']): string {
  return amount.toFixed(unit === 'MiB' ? 0 : 3)
}

import { z } from 'zod'
import { InputError } from '../../src/core/errors.ts'
import { voxelCount } from '../../src/core/geometry/geometry.ts'
import { keptElectrodeCorrection, keptLandmark } from '../../src/report/session/session.ts'
import { type Entry, editNames } from '../corrections.ts'
import { type EarId, earAt } from '../ear-id.ts'
import type { EarView } from './ear-view.ts'

const ear = z.custom<EarId>((value) => typeof value === 'string' && /^ear-[12]$/.test(value))
const place = z.tuple([z.number(), z.number(), z.number()])
const label = z.int().min(0).max(3)
const change = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('landmark'), ear, from: keptLandmark, to: keptLandmark }),
  z.strictObject({
    what: z.literal('electrode'),
    ear,
    from: keptElectrodeCorrection,
    to: keptElectrodeCorrection,
    contact: z.strictObject({ order: z.int().positive(), from: place.nullable(), to: place }).nullable()
  }),
  z.strictObject({
    what: z.literal('labels'),
    ear,
    to: z.union([label, z.instanceof(Uint8Array)]),
    voxels: z.instanceof(Uint32Array),
    from: z.instanceof(Uint8Array),
    how: z.enum(editNames).exactOptional()
  })
])
const log = z.array(z.strictObject({ at: z.iso.datetime(), action: z.enum(['change', 'undo', 'redo']), change }))

/**
 * The corrections of a session, checked against its ears.
 * @throws InputError if they are not such as the page records
 */
export function parseLog(value: unknown, views: readonly EarView[], path: string): readonly Entry[] {
  const parsed = log.safeParse(value)
  const fits = parsed.success && parsed.data.every((entry) => isOfAnEar(entry, views))
  if (!parsed.success || !fits) {
    throw new InputError(path, 'is a damaged session (its record of corrections); analyse the scan anew')
  }
  return parsed.data
}

function isOfAnEar({ change: made }: Entry, views: readonly EarView[]): boolean {
  const view = views[earAt(made.ear)]
  if (view === undefined || made.what !== 'labels') return view !== undefined
  const voxels = voxelCount(view.grid)
  const { to } = made
  const isOfItsVoxels = typeof to === 'number' || (to.length === made.voxels.length && to.every((one) => one <= 3))
  return isOfItsVoxels && made.voxels.length === made.from.length && made.voxels.every((at) => at < voxels)
}

import { partLabel } from '../../core/anatomy.ts'
import { composeAffine, invertAffine, worldFromIndex } from '../../core/geometry.ts'
import { type CanalId, canalSectors, placesWhere } from '../canals.ts'
import type { Flag, JudgedEar } from './flag.ts'

const names: Readonly<Record<CanalId, string>> = { anterior: 'superior', posterior: 'posterior', lateral: 'lateral' }

/** Flags an ear one of whose canals is seen along less than a third of its turn, in sectors of 10°. */
export function judgeCanals({ side, frame, labels }: JudgedEar): Flag[] {
  const earFromWorld = invertAffine({ matrix: frame.direction, offset: frame.origin })
  const earFromIndex = composeAffine(earFromWorld, worldFromIndex(labels.geometry))
  const isCanal = (at: number): boolean => labels.data[at] === partLabel.semicircular_canals
  const sectors = canalSectors(placesWhere(isCanal, labels.geometry.size, earFromIndex))
  const missing = (Object.keys(names) as CanalId[]).filter((id) => !sectors[id].isSeen)
  if (missing.length === 0) return []
  return [
    {
      id: 'possible_malformation',
      severity: 'warning',
      side,
      text: `The ${missing.map((id) => names[id]).join(' and the ')} canal of the ${side} ear is not seen as a ring: absent, malformed, or badly outlined.`,
      evidence: Object.fromEntries(missing.map((id) => [`${names[id]}_canal_sectors`, sectors[id].count]))
    }
  ]
}

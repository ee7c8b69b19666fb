import type { Random } from '../../../core/math/random.ts'
import type { LabyrinthShape } from '../shape.ts'
import { absentLateralCanal, shortLateralCanal } from './canals.ts'
import { cysticApex, cysticCochlea, ossifiedCochlea, shortCochlea, smallCochlea } from './cochlea.ts'
import { wideVestibule } from './vestibule.ts'

/**
 * Malformations and diseases of the inner ear: simplified shapes of what CT shows, not models of development. Incomplete partition,
 * small cochlea and wide aqueduct after Sennaroglu & Bajin, Balkan Medical Journal 34:397 (2017).
 */
export const malformations = [
  'absent_lateral_canal',
  'short_lateral_canal',
  'short_cochlea',
  'small_cochlea',
  'incomplete_partition_1',
  'incomplete_partition_2',
  'wide_vestibule',
  'wide_vestibular_aqueduct',
  'superior_canal_dehiscence',
  'ossified_cochlea'
] as const
export type MalformationKind = (typeof malformations)[number]

export interface Malformation {
  readonly kind: MalformationKind
  /** From 0, hardly visible, to 1, the most severe that is sampled. */
  readonly severity: number
}

/** @param kind sampled too without it */
export function sampleMalformation(random: Random, kind?: MalformationKind): Malformation {
  const severity = random.uniform()
  return { kind: kind ?? random.pick(malformations), severity }
}

/** The shape with a malformation. What is seen in the bone around it alone is malformed there (`tissue`). */
export function malform(shape: LabyrinthShape, { kind, severity }: Malformation): LabyrinthShape {
  switch (kind) {
    case 'absent_lateral_canal':
      return absentLateralCanal(shape)
    case 'short_lateral_canal':
      return shortLateralCanal(shape, severity)
    case 'short_cochlea':
      return shortCochlea(shape, severity)
    case 'small_cochlea':
      return smallCochlea(shape, severity)
    case 'incomplete_partition_1':
      return wideVestibule(cysticCochlea(shape), severity)
    case 'incomplete_partition_2':
      return wideVestibule(cysticApex(shape, severity), 0)
    case 'wide_vestibule':
      return wideVestibule(shape, severity)
    case 'ossified_cochlea':
      return ossifiedCochlea(shape, severity)
    case 'wide_vestibular_aqueduct':
    case 'superior_canal_dehiscence':
      return shape
  }
}

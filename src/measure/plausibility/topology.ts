import { meshTopology } from '../../core/mesh/mesh-topology.ts'
import type { Flag, JudgedEar } from './flag.ts'

/** A labyrinth is one closed surface with a handle for each canal. */
const handles = 3

/** Number of extra handles from which an ear is flagged. A single one is a hole of one voxel in a thin wall, which affects no value. */
const minExtraHandles = 2

/** Voxels of a greater edge (mm) are wider than the walls and gaps that decide on handles. */
export const coarsestForTopology = 0.45

/** Whether the surface of the labyrinth is in one piece and has a handle for each canal. */
export function hasTopologyOfEar({ surfaces }: Pick<JudgedEar, 'surfaces'>): boolean {
  const { shells, genus } = meshTopology(surfaces.labyrinth)
  return shells === 1 && genus === handles
}

/**
 * Flags an ear whose surface is in pieces or has other handles than one for each canal.
 * @param others doubts that are known already: a canal that is interrupted or not seen explains a handle too few, a loose piece a piece too many
 */
export function judgeTopology({ side, surfaces, labels }: JudgedEar, others: readonly Flag[]): Flag[] {
  const { shells, genus } = meshTopology(surfaces.labyrinth)
  if (genus === undefined || shells === 0 || Math.max(...labels.geometry.spacing) > coarsestForTopology) return []
  const explaining = new Set(['interrupted_canal', 'possible_malformation', 'loose_piece'])
  const isExplained = others.some(({ id }) => explaining.has(id))
  const flag = (severity: Flag['severity'], text: string): Flag[] => [
    { id: 'unusual_topology', severity, side, text, evidence: { shells, genus } }
  ]
  if (shells > 1 && !isExplained) {
    return flag('warning', `The outline of the ${side} ear is in ${shells} pieces where an ear is one.`)
  }
  if (genus < handles && !isExplained) {
    return flag(
      'warning',
      `The outline of the ${side} ear has ${genus} handles where an ear has ${handles}, one for each canal: a canal is interrupted or has grown together.`
    )
  }
  if (genus < handles + minExtraHandles) return []
  return flag(
    'note',
    `The outline of the ${side} ear has ${genus} handles where an ear has ${handles}: it bridges thin walls between turns or canals.`
  )
}

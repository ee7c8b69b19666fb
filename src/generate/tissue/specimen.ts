import { type Random, randomDirection } from '../../core/math/random.ts'
import { dot } from '../../core/math/vector.ts'
import type { LabyrinthShape } from '../anatomy/shape.ts'
import { sectionWall } from '../anatomy/wall.ts'
import type { Densities } from './densities.ts'
import type { Inclusion } from './inclusion.ts'
import type { SawCut } from './saw-cut.ts'
import type { Surroundings } from './surroundings.ts'

/** How far (mm) from the labyrinth a saw keeps, where it comes near. */
const sawDistance = [0.6, 6] as const

const mostCuts = 3

/**
 * What becomes of a temporal bone taken from the head: it may have dried, so that labyrinth and channels hold air, and
 * it may be sawn off close to the ear, its internal auditory canal open. Cadavers keep their fluid or lose it; air can
 * stand in the canal and the middle ear of a bone whose labyrinth is full.
 * @param airFilled share of specimens whose labyrinth holds air
 */
export function asSpecimen(
  random: Random,
  shape: LabyrinthShape,
  surroundings: Surroundings,
  airFilled: number
): Surroundings {
  const isDry = random.chance(airFilled)
  const hasOpenCanal = random.chance(isDry ? 0.85 : 0.3)
  const densities = isDry ? dried(surroundings.densities, random) : surroundings.densities
  const inclusions = surroundings.inclusions.flatMap((each) => inCanal(each, isDry, hasOpenCanal, random))
  return { ...surroundings, densities, inclusions, cuts: random.chance(0.5) ? sampleCuts(random, shape) : [] }
}

/** The same bone with air where there was fluid; the modiolus and the lamina are as porous as they were. */
function dried(densities: Densities, random: Random): Densities {
  const { fluid, bone } = densities
  const air = random.uniform(-1010, -880)
  const share = (value: number): number => (value - fluid) / (bone - fluid)
  const filled = (value: number): number => air + share(value) * (bone - air)
  return {
    ...densities,
    fluid: air,
    nerve: air + random.uniform(0, 900),
    modiolus: filled(densities.modiolus),
    lamina: filled(densities.lamina)
  }
}

/** What the internal auditory canal holds; shrunken nerves are gone from most that hold air. */
function inCanal(inclusion: Inclusion, isDry: boolean, isOpen: boolean, random: Random): Inclusion[] {
  if (inclusion.name === 'facial, cochlear and vestibular nerves')
    return isOpen && random.chance(0.6) ? [] : [inclusion]
  if (inclusion.name !== 'internal auditory canal') return [inclusion]
  return [{ ...inclusion, tissue: isOpen ? 'cavity' : isDry ? 'soft' : 'fluid' }]
}

function sampleCuts(random: Random, shape: LabyrinthShape): SawCut[] {
  const places = [shape.cochlea, ...shape.canals].flat().flatMap(sectionWall)
  return Array.from({ length: random.integer(1, mostCuts) }, () => {
    const normal = randomDirection(random)
    const farthest = places.reduce((most, place) => Math.max(most, dot(place, normal)), Number.NEGATIVE_INFINITY)
    return { normal, offset: farthest + random.uniform(...sawDistance) }
  })
}

import type { Random } from '../../core/math/random.ts'

/** Hounsfield units of the tissues of one case. */
export interface Densities {
  readonly air: number
  /** Perilymph, endolymph and cerebrospinal fluid. */
  readonly fluid: number
  readonly nerve: number
  /** Muscle, skin, vessels, mucosa. */
  readonly soft: number
  readonly fat: number
  readonly dura: number
  readonly brain: number
  /** What fills the middle ear and the mastoid cells where no fluid lies, and that fluid. */
  readonly cavity: number
  readonly cells: number
  readonly effusion: number
  readonly marrow: number
  readonly bone: number
  readonly cortex: number
  readonly capsule: number
  readonly ossicle: number
  /** The bone between the cochlear turns and around the nerve in the modiolus. */
  readonly modiolus: number
  /** The osseous spiral lamina, thin and full of nerve fibres. */
  readonly lamina: number
  readonly metal: number
}

/**
 * Ranges span clinical and flat-panel scanners, whose Hounsfield units of bone differ by a third.
 * @param specimen soft tissue may be gone, and the bone lies in air or in a fluid
 */
export function sampleDensities(random: Random, specimen: boolean): Densities {
  const gain = random.uniform(0.8, 1.15)
  const bone = gain * random.uniform(1250, 1900)
  const fluid = random.uniform(0, 120)
  const around = random.uniform(-1000, 60)
  const soft = specimen ? around : random.uniform(10, 90)
  const brain = specimen ? around : random.uniform(10, 70)
  const contrast = random.chance(0.15) ? random.uniform(50, 200) : random.uniform(0, 40)
  return {
    air: random.uniform(-1010, -950),
    fluid,
    nerve: fluid + random.uniform(0, 40),
    soft,
    fat: specimen ? soft : random.uniform(-130, -60),
    dura: specimen ? brain : brain + contrast,
    brain,
    cavity: random.uniform(-1010, -930),
    cells: random.chance(0.08) ? random.uniform(0, 80) : random.uniform(-1000, -880),
    effusion: random.uniform(0, 80),
    marrow: gain * random.uniform(150, 1250),
    bone,
    cortex: bone + gain * random.uniform(0, 400),
    capsule: gain * random.uniform(1900, 2450),
    ossicle: gain * random.uniform(1300, 2000),
    modiolus: fluid + random.uniform(0.05, 1) * (bone - fluid),
    lamina: fluid + random.uniform(0, 0.7) * (bone - fluid),
    metal: random.uniform(6000, 15000)
  }
}

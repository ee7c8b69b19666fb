import type { Random } from '../../core/random.ts'

/** Hounsfield units of the tissues of one case. */
export interface Densities {
  readonly air: number
  readonly fluid: number
  readonly soft: number
  readonly brain: number
  /** What fills the middle ear: air, or fluid in an effusion. */
  readonly cavity: number
  /** What fills the mastoid cells. */
  readonly cells: number
  readonly marrow: number
  readonly bone: number
  readonly cortex: number
  readonly capsule: number
  readonly ossicle: number
  /** The bone between the cochlear turns and around the nerve in the modiolus. */
  readonly modiolus: number
}

/** Ranges span clinical and flat-panel scanners, whose Hounsfield units of bone differ by a third. */
export function drawDensities(random: Random): Densities {
  const gain = random.uniform(0.8, 1.15)
  const bone = gain * random.uniform(1250, 1900)
  const fluid = random.uniform(0, 120)
  const effusion = random.chance(0.12)
  const specimen = random.chance(0.15)
  const cavity = effusion ? random.uniform(0, 80) : random.uniform(-1010, -930)
  // A specimen's soft tissue may be gone, and the bone lies in air or in a fluid.
  return {
    air: random.uniform(-1010, -950),
    fluid,
    soft: specimen ? random.uniform(-1000, 60) : random.uniform(10, 90),
    brain: specimen ? random.uniform(-1000, 60) : random.uniform(10, 70),
    cavity,
    cells: effusion || random.chance(0.08) ? random.uniform(0, 80) : random.uniform(-1000, -880),
    marrow: gain * random.uniform(150, 1250),
    bone,
    cortex: bone + gain * random.uniform(0, 400),
    capsule: gain * random.uniform(1900, 2450),
    ossicle: gain * random.uniform(1300, 2000),
    modiolus: fluid + random.uniform(0.05, 1) * (bone - fluid)
  }
}

import type { Random } from '../../core/math/random.ts'
import type { LabyrinthShape } from '../anatomy/shape.ts'
import { type BoneForm, sampleBoneForm } from './bone.ts'
import { sampleCavities } from './cavities.ts'
import { type Cells, sampleCells } from './cells.ts'
import { sampleChannels } from './channels.ts'
import { type Densities, sampleDensities } from './densities.ts'
import { type Effusion, sampleEffusion } from './effusion.ts'
import { sampleImplant } from './implant.ts'
import type { Inclusion } from './inclusion.ts'
import { type Lamina, sampleLamina } from './lamina.ts'
import { sampleOssicles } from './ossicles.ts'
import type { SawCut } from './saw-cut.ts'

/** All that was sampled of the temporal bone around a labyrinth, but for the textures' grains, which their seed fixes. */
export interface Surroundings {
  /** Whether it lies outside a head: without soft tissue, in air or in a fluid. */
  readonly specimen: boolean
  readonly densities: Densities
  /** Feature sizes of the three textures, mm. */
  readonly texture: { readonly coarse: number; readonly medium: number; readonly fine: number }
  readonly bone: BoneForm
  readonly cells: Cells
  readonly effusion: Effusion | null
  /** In the order they are rasterised, under the labyrinth. */
  readonly inclusions: readonly Inclusion[]
  readonly lamina: Lamina
  /** Metal, rasterised over everything; empty without an implant. */
  readonly implant: readonly Inclusion[]
  /** Of a specimen that was sawn off close to the ear. */
  readonly cuts?: readonly SawCut[]
}

/** Shares of ears: outside a head, and with a cochlear implant. */
export interface SurroundingsOptions {
  readonly specimens: number
  readonly implanted: number
}

export function sampleSurroundings(random: Random, shape: LabyrinthShape, options: SurroundingsOptions): Surroundings {
  const specimen = random.chance(options.specimens)
  return {
    specimen,
    densities: sampleDensities(random, specimen),
    texture: { coarse: random.uniform(4.5, 8), medium: random.uniform(1.8, 3.2), fine: random.uniform(0.6, 1.3) },
    bone: sampleBoneForm(random, specimen),
    cells: sampleCells(random),
    effusion: sampleEffusion(random),
    inclusions: [...sampleCavities(random, shape), ...sampleChannels(random, shape), ...sampleOssicles(random, shape)],
    lamina: sampleLamina(random),
    implant: random.chance(options.implanted) ? sampleImplant(random, shape) : []
  }
}

import type { Random } from '../../core/random.ts'
import type { LabyrinthShape } from '../anatomy/shape.ts'
import { type BoneForm, drawBoneForm } from './bone.ts'
import { drawCavities } from './cavities.ts'
import { type Cells, drawCells } from './cells.ts'
import { drawChannels } from './channels.ts'
import { type Densities, drawDensities } from './densities.ts'
import type { Inclusion } from './inclusion.ts'
import { drawOssicles } from './ossicles.ts'

/** All that was drawn of the temporal bone around a labyrinth, but for the textures' grains, which their seed fixes. */
export interface Surroundings {
  readonly densities: Densities
  /** Feature sizes of the three textures, mm. */
  readonly texture: { readonly coarse: number; readonly medium: number; readonly fine: number }
  readonly bone: BoneForm
  readonly cells: Cells
  /** In the order they are painted. */
  readonly inclusions: readonly Inclusion[]
}

export function drawSurroundings(random: Random, shape: LabyrinthShape): Surroundings {
  return {
    densities: drawDensities(random),
    texture: { coarse: random.uniform(4.5, 8), medium: random.uniform(1.8, 3.2), fine: random.uniform(0.6, 1.3) },
    bone: drawBoneForm(random),
    cells: drawCells(random),
    inclusions: [...drawCavities(random, shape), ...drawChannels(random), ...drawOssicles(random, shape)]
  }
}

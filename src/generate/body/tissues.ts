import type { Random } from '../../core/math/random.ts'

/** What a tissue looks like in CT. */
export interface Tissue {
  /** Hounsfield units. */
  readonly mean: number
  /** HU for each unit of the fine texture, whose SD is about 0.6. */
  readonly grain: number
  /** Half the share of the texture's range that is walls of bone, in units of the texture; the rest is the tissue. */
  readonly walls?: number
}

export type TissueName =
  | 'air'
  | 'hair'
  | 'foam'
  | 'plastic'
  | 'skin'
  | 'fat'
  | 'muscle'
  | 'organ'
  | 'bowel'
  | 'brain'
  | 'fluid'
  | 'vessel'
  | 'cortex'
  | 'marrow'
  | 'cells'
  | 'tooth'
  | 'metal'
export type Tissues = Readonly<Record<TissueName, Tissue>>

/** Ranges span kernels, voltages, ages, and contrast agent in the vessels of some. */
export function sampleTissues(random: Random): Tissues {
  const plain = (low: number, high: number, grain = 0): Tissue => ({ mean: random.uniform(low, high), grain })
  const contrast = random.chance(0.3)
  return {
    air: plain(-1010, -970),
    hair: plain(-990, -930, random.uniform(0, 60)),
    foam: plain(-960, -850),
    plastic: plain(-150, 250),
    skin: plain(0, 100),
    fat: plain(-120, -70, 12),
    muscle: plain(30, 75, 15),
    organ: plain(20, contrast ? 140 : 65, 12),
    bowel: plain(-300, 60, random.uniform(50, 400)),
    brain: plain(20, 45, 6),
    fluid: plain(0, 20),
    vessel: contrast ? plain(120, 420) : plain(30, 60),
    cortex: plain(900, 1900, random.uniform(20, 120)),
    marrow: plain(50, 700, random.uniform(40, 260)),
    cells: { ...plain(-1000, -850), walls: random.uniform(0.1, 0.3) },
    tooth: plain(1500, 3000, 80),
    metal: plain(2800, 8000)
  }
}

/** Hounsfield units of a tissue where the fine texture has a value. */
export function densityOf(tissues: Tissues, name: TissueName, texture: number): number {
  const { mean, grain, walls } = tissues[name]
  if (walls !== undefined && Math.abs(texture) < walls) return tissues.cortex.mean
  return mean + grain * texture
}

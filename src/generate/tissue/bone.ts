import type { Random } from '../../core/math/random.ts'
import { forEachVoxel } from '../canvas.ts'
import { reach, type Scene } from './scene.ts'

/** The outer form of one temporal bone, mm in the ear frame. */
export interface BoneForm {
  /** Offsets of the posterior fossa's and the middle fossa's wall from the vestibule. */
  readonly posteriorWall: number
  readonly roof: number
  readonly floor: number
  /** Depth of the squama (the flat outer plate) lateral to the vestibule, and its thickness. */
  readonly squama: number
  readonly squamaThickness: number
  /** Thickness of the soft tissue over the squama, of its outermost layer, and how much of the rest is fat (a level). */
  readonly skin: number
  readonly dermis: number
  readonly fat: number
  readonly dura: number
  readonly roughness: number
  /** Least thickness of bone around the labyrinth, and the width over which the dense capsule fades. */
  readonly shell: number
  readonly capsuleWidth: number
  /** Thickness of the dense outer layer of the bone, and how coarse the marrow between is. */
  readonly cortex: number
  readonly trabeculae: number
  /** Radius of the block that was cut out, about the vestibule; null in a whole head. */
  readonly block: number | null
}

/** @param specimen may be a block cut from the head */
export function sampleBoneForm(random: Random, specimen: boolean): BoneForm {
  return {
    posteriorWall: random.clippedNormal(6.4, 0.9, 2),
    roof: random.clippedNormal(5.6, 0.8, 2),
    floor: random.uniform(7, 16),
    squama: random.uniform(17, 27),
    squamaThickness: random.uniform(0.8, 3),
    skin: random.uniform(4, 14),
    dermis: random.uniform(1.5, 2.5),
    fat: random.uniform(-0.5, 0.9),
    dura: random.uniform(0.2, 0.9),
    roughness: random.uniform(0.5, 2),
    shell: random.uniform(0.35, 1.6),
    capsuleWidth: random.uniform(0.7, 2.5),
    cortex: random.uniform(0.4, 1.8),
    trabeculae: random.uniform(0, 1),
    block: specimen && random.chance(0.6) ? random.uniform(13, 26) : null
  }
}

/** Width (mm) over which the bone over the canals (the arcuate eminence) passes into the pyramid's walls. */
const eminence = 2.5

/**
 * The petrous pyramid (a ridge between the posterior and the middle fossa, running from medial anterior to lateral
 * posterior) under its dura, the mastoid, the squama, fat, muscle, skin and the air outside; dense near the labyrinth,
 * with marrow farther away. Directions and depths follow the two labelled temporal bones the project measures against.
 */
export function rasteriseBone(scene: Scene, form: BoneForm): void {
  const { canvas, field, toLabyrinth, densities, texture } = scene
  const { edge } = canvas
  const block = form.block ?? Number.POSITIVE_INFINITY
  forEachVoxel(canvas, null, (voxel, x, y, z) => {
    const [coarse, medium] = [texture.coarse[voxel] as number, texture.medium[voxel] as number]
    const rough = form.roughness * coarse + 0.3 * medium
    const posterior = -0.47 * x - 0.68 * y + 0.56 * z - form.posteriorWall
    const anterior = 0.15 * x + 0.75 * y + 0.64 * z - form.roof
    const below = -z - form.floor - 0.35 * Math.max(0, x)
    const pyramid = Math.max(posterior, anterior, below) + rough
    const squamaDepth = x - form.squama + 0.012 * (y * y + z * z) * 0.5
    const squama = Math.max(Math.abs(squamaDepth) - form.squamaThickness, -z - 12)
    const shell = (toLabyrinth[voxel] as number) - form.shell
    const outside = squamaDepth - form.squamaThickness
    const cut = Math.sqrt(x * x + y * y + z * z) - block + rough
    const bone = Math.max(Math.min(smoothMinimum(Math.max(pyramid, outside), shell, eminence), squama), cut)
    if (outside > form.skin || cut > 0) field[voxel] = densities.air
    else if (outside > 0 || z < -form.floor - 3) {
      const isFat = outside < form.skin - form.dermis && 1.5 * coarse + 0.4 * medium < form.fat
      field[voxel] = (isFat ? densities.fat : densities.soft) + 25 * medium
    } else if (bone < form.dura) field[voxel] = densities.dura
    const share = Math.min(1, 0.5 - bone / edge)
    if (share <= 0) return
    const grit = texture.fine[voxel] as number
    const marrow = densities.marrow + form.trabeculae * 350 * grit + 150 * medium
    const inner = Math.max(0, Math.min(1, (-bone - form.cortex) / 1.2))
    let density = densities.cortex + inner * (Math.max(marrow, 30) - densities.cortex)
    const near = Math.max(0, (toLabyrinth[voxel] as number) - form.capsuleWidth)
    const fade = Math.max(0, 1 - near / (reach - form.capsuleWidth - 0.2))
    density += fade * (densities.capsule + 60 * grit - density)
    const old = field[voxel] as number
    field[voxel] = old + (density - old) * share
  })
}

/** The lesser of two distances, rounded where they differ by less than `width`. */
function smoothMinimum(a: number, b: number, width: number): number {
  const overlap = Math.max(0, width - Math.abs(a - b))
  return Math.min(a, b) - (overlap * overlap) / (4 * width)
}

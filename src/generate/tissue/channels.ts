import { jitter, paintSolid } from './cavities.ts'
import { cone, ellipsoid, tube } from './primitives.ts'
import type { Scene } from './scene.ts'

/**
 * Fluid and soft tissue that runs through the bone: internal auditory canal, facial nerve with its two bends, carotid
 * canal, jugular bulb, sigmoid sinus, vestibular and cochlear aqueducts. Places are those of two labelled temporal
 * bones in the ear frame (mm), widely varied.
 */
export function paintChannels(scene: Scene): void {
  const { densities, random } = scene
  const at = (x: number, y: number, z: number, sd: number) => jitter(random, [x, y, z], sd)
  const fundus = at(-3.4, 2.4, 0.2, 0.4)
  const porus = at(-13, 1.5, 0.2, 1.2)
  paintSolid(
    scene,
    cone(fundus, porus, random.uniform(1, 1.9), random.uniform(1.8, 3.2)),
    densities.fluid,
    random.uniform(0.25, 0.6),
    0.3
  )
  paintSolid(scene, cone(porus, at(-20, -3, -1, 2), 2.5, 6), densities.brain, 2, 0.5)
  const facial = [
    at(-2.5, 3.6, 1, 0.3),
    at(-0.2, 5.6, 1.2, 0.5),
    at(3.2, 1.6, 0.6, 0.4),
    at(5, -3.5, -1, 0.5),
    at(5.8, -8, -4.5, 0.8),
    at(5, -10, -14, 1)
  ]
  paintSolid(scene, tube(facial, random.uniform(0.35, 0.85)), densities.soft, random.uniform(0.15, 0.5), 0.1)
  const carotid = [at(-1, 4, -18, 1.5), at(-3, 5.5, -12, 1.2), at(-8, 8, -9.5, 1.2), at(-17, 15, -7, 2)]
  paintSolid(scene, tube(carotid, random.uniform(2.3, 3.4)), densities.soft, random.uniform(0.6, 1.5), 0.3)
  const bulb = random.uniform(2.5, 5.5)
  paintSolid(
    scene,
    ellipsoid(at(-2, -5, -14, 2), [bulb, bulb, random.uniform(3, 7)]),
    densities.soft,
    random.uniform(0.8, 2),
    0.5
  )
  const sinus = [at(15, -22, 4, 2.5), at(11, -20, -6, 2.5), at(6, -15, -16, 2.5)]
  paintSolid(scene, tube(sinus, random.uniform(3, 5.5)), densities.soft, 2, 0.6)
  const vestibularAqueduct = [at(-1.2, -3.2, 1.6, 0.2), at(-0.8, -5.5, 1.2, 0.4), at(0.2, -8.5, -0.8, 0.6)]
  paintSolid(scene, tube(vestibularAqueduct, random.uniform(0.1, 0.45)), densities.fluid, 0, 0.05)
  const cochlearAqueduct = [at(-1, 0, -4.2, 0.3), at(-5, -2.5, -6.5, 0.8), at(-9, -4.5, -8, 1)]
  paintSolid(scene, tube(cochlearAqueduct, random.uniform(0.08, 0.3)), densities.fluid, 0, 0.05)
}

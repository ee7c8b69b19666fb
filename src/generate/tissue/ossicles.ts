import { add, scale, type Vector3 } from '../../core/vector.ts'
import { jitter, paintSolid } from './cavities.ts'
import { cone, ellipsoid, tube, union } from './primitives.ts'
import type { Scene } from './scene.ts'

/** Malleus, incus and stapes; missing in some cases, as after surgery. */
export function paintOssicles(scene: Scene): void {
  const { densities, random, shape } = scene
  if (random.chance(0.08)) return
  const head = jitter(random, [6.6, 4.4, 0.2], 0.4)
  const incus = jitter(random, [8, 2.2, 0.3], 0.4)
  const joint = jitter(random, add(shape.ovalWindow, [2.9, 0.3, -1]), 0.3)
  const footplate = add(shape.ovalWindow, [0.5, 0, -0.3])
  const crus = (side: number): Vector3 => add(footplate, [0.15, side * 0.9, -0.1])
  const solids = union([
    ellipsoid(head, scale([1.1, 1, 1.3], random.uniform(0.8, 1.2))),
    cone(head, jitter(random, [4.7, 3.2, -4.2], 0.4), 0.6, 0.35),
    ellipsoid(incus, scale([1, 1.3, 1.2], random.uniform(0.8, 1.2))),
    cone(incus, joint, 0.6, 0.35)
  ])
  paintSolid(scene, solids, densities.ossicle, 0.4, 0.1)
  const stapes = union([tube([joint, crus(1)], 0.18), tube([joint, crus(-1)], 0.18)])
  paintSolid(scene, stapes, densities.ossicle, 0.05, 0.03)
}

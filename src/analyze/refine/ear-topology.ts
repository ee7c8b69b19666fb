import { type Geometry, voxelIndex } from '../../core/geometry/geometry.ts'
import { boxAround, cropVoxels } from '../../core/image/box.ts'
import { connectedComponents, maskOfComponents } from '../../core/image/components.ts'
import { eulerCharacteristic, openEulerCharacteristic } from '../../core/image/euler-characteristic.ts'
import { smooth } from '../../core/image/filter.ts'
import { createSimplePointTest } from '../../core/image/simple-point.ts'
import { voxelsAbove } from '../../core/image/threshold.ts'
import { add, type Vector3 } from '../../core/math/vector.ts'

/** A labyrinth is one body with three handles, its semicircular canals: components − handles. */
const eulerOfEar = 1 - 3

/** Blurs (SD, mm) and depths (mm) below the boundary, under which a body with an ear's topology is looked for. */
const trials = [
  { depth: 0, blurs: [0, 0.1, 0.15, 0.2, 0.3] },
  { depth: 0.05, blurs: [0.1, 0.2] },
  { depth: 0.1, blurs: [0.1, 0.2] }
]

/** Distances are clipped at this (mm) before they are blurred, so that only voxels near the wall influence the result. */
const wall = 0.25

/** Maximum volume of the other components, as a share: more of them is a canal that is cut off, which no blur would restore. */
const maxRest = 0.03

/** Nothing is changed where a voxel deeper (mm) than this would change sides, since that would contradict the scan. */
const maxChange = 0.2

/** Voxels that are kept around the body and near its wall. */
const margin = 2

/** Signed distance (mm) of voxels that change sides. */
const atBoundary = 0.01

/**
 * Gives the labyrinth the topology of an ear where only a few voxels at its boundary prevent it: closes or opens holes in thin
 * walls between turns, and reconnects a canal interrupted by noise. A body with one component and three handles is found in the
 * blurred field and changed towards the original field by simple points.
 * @param distance signed (mm), positive inside; changed at the voxels that change sides
 */
export function giveTopologyOfEar(distance: Float32Array, grid: Geometry): void {
  const box = boxAround(voxelsAbove(distance, -wall), grid.size, margin)
  if (box === undefined) return
  const { size } = box
  const near = cropVoxels(distance, grid.size, box)
  const body = bodyWithThreeHandles(near, { ...grid, size })
  if (body === undefined) return
  const against = moveBySimplePoints(body, near, size)
  if (against.some((at) => Math.abs(near[at] as number) > maxChange)) return
  for (const at of against) {
    const [i, j, k] = add(voxelIndex(size, at), box.start)
    distance[i + grid.size[0] * (j + grid.size[1] * k)] = body[at] === 1 ? atBoundary : -atBoundary
  }
}

/** 1 inside the body; undefined when none is found. */
function bodyWithThreeHandles(distance: Float32Array, grid: Geometry): Uint8Array | undefined {
  const near = distance.map((mm) => Math.max(-wall, Math.min(wall, mm)))
  const blurred = (blur: number): Float32Array =>
    blur === 0 ? near : smooth(near, grid.size, grid.spacing.map((mm) => blur / mm) as unknown as Vector3)
  const fields = new Map<number, Float32Array>()
  for (const { depth, blurs } of trials) {
    for (const blur of blurs) {
      const field = fields.get(blur) ?? blurred(blur)
      fields.set(blur, field)
      const body = mainBody(grid, field, -depth)
      if (body !== undefined && hasTopologyOfEar(body, grid)) return body
    }
  }
  return undefined
}

/** The largest component above a level; undefined when the rest is too large to be left out. */
function mainBody(grid: Geometry, field: Float32Array, level: number): Uint8Array | undefined {
  const { map, components } = connectedComponents(grid, voxelsAbove(field, level))
  const [main] = components
  const voxels = components.reduce((sum, component) => sum + component.voxels, 0)
  if (main === undefined || voxels - main.voxels > maxRest * voxels) return undefined
  return maskOfComponents(map, [main.id])
}

/** Whether a component has three handles and no cavity, both with and without connections along edges. */
function hasTopologyOfEar(body: Uint8Array, grid: Geometry): boolean {
  if (openEulerCharacteristic(body, grid.size) !== eulerOfEar) return false
  if (eulerCharacteristic(body, grid.size) !== eulerOfEar) return false
  const outside = body.map((inside) => 1 - inside)
  return connectedComponents(grid, outside).components.length === 1
}

/**
 * Moves a mask to the positive voxels of a field, one simple point after another and the surest first, so that it keeps
 * its topology (Han, Xu and Prince 2003).
 * @param mask 0 or 1 for each voxel; changed in place
 * @returns the voxels at which the mask and the field disagree in the end
 */
function moveBySimplePoints(mask: Uint8Array, field: Float32Array, size: Vector3): number[] {
  const isSimple = createSimplePointTest(mask, size)
  const wanted = (at: number): number => ((field[at] as number) > 0 ? 1 : 0)
  let pending: number[] = []
  for (let at = 0; at < mask.length; at++) if (mask[at] !== wanted(at)) pending.push(at)
  pending.sort((a, b) => Math.abs(field[b] as number) - Math.abs(field[a] as number) || a - b)
  for (;;) {
    const left = pending.filter((at) => {
      if (!isSimple(at)) return true
      mask[at] = wanted(at)
      return false
    })
    if (left.length === pending.length) return left
    pending = left
  }
}

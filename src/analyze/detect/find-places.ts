import { cropGeometry, type Geometry } from '../../core/geometry/geometry.ts'
import { boxAround, boxesOverlap, enlargedBox, hullOf, type VoxelBox } from '../../core/image/box.ts'
import { voxelsAbove } from '../../core/image/threshold.ts'
import { add, distance } from '../../core/math/vector.ts'
import { noProgress } from '../../core/progress.ts'
import type { Volume } from '../../core/volume.ts'
import type { Network } from '../model.ts'
import type { AnalyzeOptions } from '../options.ts'
import { componentMask, type LabyrinthComponent, labyrinthComponents } from '../predict/labyrinth-components.ts'
import { firstPass, windowsWithBone } from './first-pass.ts'
import { planWindows } from './plan-windows.ts'
import { createWindowMap, type WindowMap } from './window-map.ts'

/** Hounsfield units above which a voxel is taken for bone. */
const boneThreshold = 300

/** Smallest component (mm³) that is a place: part of an ear. */
const minVolume = 20

/** Smallest component (mm³) in one window's prediction for which the windows around it are evaluated. */
const minSeen = 5

/** Margin (voxels) around a component that must be evaluated for it to count as complete, and by how much it grows until it is. */
const room = { known: 2, growth: 4 }

/** Places nearer to each other than this (mm) are the same one, found in two windows. */
const samePlace = 0.01

/**
 * The places where a detector predicts a labyrinth, in the order they are found, by a sliding window that skips windows where it
 * can. A first pass evaluates only as many windows as cover all bone. Where one shows a labyrinth, all windows around it are evaluated too,
 * so that their mean there is that of the full sliding window.
 * @param image Hounsfield units, at least as large as the detector's window
 */
export async function* findPlaces(
  detector: Network,
  image: Volume<Float32Array>,
  { progress = noProgress, signal }: AnalyzeOptions = {}
): AsyncGenerator<LabyrinthComponent> {
  const { geometry, data } = image
  const bone = voxelsAbove(data, boneThreshold)
  const windows = windowsWithBone(planWindows(geometry.size, detector.metadata.grid.size), bone, geometry)
  const map = createWindowMap(detector, image, [...windows.keys()], () => signal?.throwIfAborted())
  const pass = firstPass(windows, bone, geometry)
  const found: LabyrinthComponent[] = []
  for (const [done, window] of pass.entries()) {
    progress({ stage: 'detecting ears', done, total: pass.length })
    const seen = componentsIn(window.box, await map.probabilityIn(window), geometry)
    for (const { box } of seen.filter(({ volume }) => volume >= minSeen)) {
      for (const whole of await wholeComponents(box, map, geometry)) {
        if (whole.volume < minVolume || found.some(({ center }) => distance(center, whole.center) < samePlace)) continue
        found.push(whole)
        yield whole
      }
    }
  }
  progress({ stage: 'detecting ears', done: pass.length, total: pass.length })
}

interface SeenComponent extends LabyrinthComponent {
  /** Of the image's voxels, around the component. */
  readonly box: VoxelBox
}

/** @param probability in a box of the image's grid */
function componentsIn(box: VoxelBox, probability: Float32Array, grid: Geometry): SeenComponent[] {
  const components = labyrinthComponents(cropGeometry(grid, box.start, box.size), probability)
  return components.all.map((component) => {
    const within = boxAround(componentMask(components, component), box.size, 0) ?? box
    return { ...component, box: { start: add(within.start, box.start), size: within.size } }
  })
}

/** The components that reach into a box of the image, as all windows on them show them. */
async function wholeComponents(seen: VoxelBox, map: WindowMap, grid: Geometry): Promise<SeenComponent[]> {
  let known = enlargedBox(seen, room.growth, grid.size)
  for (;;) {
    const components = componentsIn(known, await map.meanIn(known), grid).filter(({ box }) => boxesOverlap(box, seen))
    const all = components.reduce((hull, { box }) => hullOf(hull, box), seen)
    if (holds(known, enlargedBox(all, room.known, grid.size))) return components
    known = hullOf(known, enlargedBox(all, room.growth, grid.size))
  }
}

function holds(outer: VoxelBox, inner: VoxelBox): boolean {
  return inner.start.every((first, axis) => {
    const [from, end] = [outer.start[axis] as number, (outer.start[axis] as number) + (outer.size[axis] as number)]
    return first >= from && first + (inner.size[axis] as number) <= end
  })
}

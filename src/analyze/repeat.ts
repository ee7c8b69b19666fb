import type { EarFrame } from '../core/ear-frame.ts'
import type { Landmark } from '../core/landmark.ts'
import { noProgress } from '../core/progress.ts'
import { add, multiply, rotationAbout, transform, type Vector3 } from '../core/vector.ts'
import type { Scan } from '../core/volume.ts'
import type { Network } from './model.ts'
import { type Occupancy, occupancyOf } from './occupancy.ts'
import type { AnalyzeOptions } from './options.ts'
import { look, type Outline } from './outline.ts'

/** An ear as one look shows it: what measurements are taken from. */
export interface Sighting {
  readonly frame: EarFrame
  /** One for each landmark kind, in the order of the anatomy table. */
  readonly landmarks: readonly Landmark[]
  /** What the outliner saw, on its own grid. */
  readonly occupancy: Occupancy
}

/** Corners of a tetrahedron: the fewest directions that vary all three axes alike. */
const corners: readonly Vector3[] = [
  [1, 1, 1],
  [1, -1, -1],
  [-1, 1, -1],
  [-1, -1, 1]
]

/** How far a frame is moved along (mm) and turned about (radians) each axis: what two looks at one ear may differ by. */
const variation = { shift: 0.25, turn: (4 * Math.PI) / 180 }

/**
 * Looks again at an outlined ear from frames moved and turned a little, to tell how much of what is measured rests on
 * the frame and the voxels that were seen (test-time augmentation; Wang et al. 2019).
 * @returns a sighting for each frame that shows the ear on the same side
 */
export async function repeatLooks(
  scan: Scan,
  outliner: Network,
  { frame }: Outline,
  { progress = noProgress, signal }: AnalyzeOptions = {}
): Promise<Sighting[]> {
  const sightings: Sighting[] = []
  for (const [done, corner] of corners.entries()) {
    signal?.throwIfAborted()
    progress({ stage: `looking again at the ${frame.side} ear`, done, total: corners.length })
    const outline = await look(scan, outliner, varied(frame, corner))
    if (outline !== undefined && outline.frame.side === frame.side) sightings.push(sightingOf(outline))
  }
  progress({ stage: `looking again at the ${frame.side} ear`, done: corners.length, total: corners.length })
  return sightings
}

export function sightingOf({ frame, reading, answer }: Outline): Sighting {
  return { frame, landmarks: reading.landmarks, occupancy: occupancyOf(answer, reading.mask) }
}

function varied(frame: EarFrame, [x, y, z]: Vector3): EarFrame {
  const { shift, turn } = variation
  // Turned about other axes than it is moved along, so that the two do not always come together.
  const turned = multiply(
    rotationAbout([1, 0, 0], y * turn),
    multiply(rotationAbout([0, 1, 0], z * turn), rotationAbout([0, 0, 1], x * turn))
  )
  const moved = transform(frame.direction, [x * shift, y * shift, z * shift])
  return { ...frame, origin: add(frame.origin, moved), direction: multiply(frame.direction, turned) }
}

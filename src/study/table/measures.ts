import type { CaseEvaluation } from '../../evaluate/evaluation.ts'
import { summarize } from '../../evaluate/summarize.ts'

/** A figure that variations are compared by. */
export interface Measure {
  readonly id: 'dice' | 'iou' | 'hausdorff' | 'assd' | 'landmarks' | 'found'
  readonly name: string
  readonly unit: string
  readonly digits: number
  readonly better: 'higher' | 'lower'
  /** Whether it judges the label head, or the landmark head. */
  readonly task: 'outline' | 'landmarks'
}

/** In the order of every table; the labyrinth's parts are merged, as in the paper. */
export const measures: readonly Measure[] = [
  { id: 'dice', name: 'Dice', unit: '', digits: 4, better: 'higher', task: 'outline' },
  { id: 'iou', name: 'IoU', unit: '', digits: 4, better: 'higher', task: 'outline' },
  { id: 'hausdorff', name: 'Average Hausdorff', unit: 'voxels', digits: 3, better: 'lower', task: 'outline' },
  { id: 'assd', name: 'ASSD', unit: 'mm', digits: 3, better: 'lower', task: 'outline' },
  { id: 'landmarks', name: 'Landmark error', unit: 'mm', digits: 3, better: 'lower', task: 'landmarks' },
  { id: 'found', name: 'Landmarks found', unit: '', digits: 3, better: 'higher', task: 'landmarks' }
]

/** Figures of one run on one set; undefined ones are left out. */
export type Figures = Readonly<Partial<Record<Measure['id'], number>>>

/**
 * Means over a set's cases. A missed labyrinth overlaps by 0 and has no distance; a landmark's error is that of those
 * found, and the share found stands beside it.
 */
export function figuresOf(cases: readonly CaseEvaluation[], tasks: { outline: boolean; landmarks: boolean }): Figures {
  const { outlines, landmarks } = summarize(cases)
  const merged = tasks.outline ? outlines.labyrinth : undefined
  const { error, found, known } = landmarks.all
  const figures = {
    dice: merged?.dice.mean,
    iou: merged?.intersectionOverUnion.mean,
    hausdorff: merged?.averageHausdorff?.mean,
    assd: merged?.averageSurfaceDistance?.mean,
    ...(tasks.landmarks && known > 0 && { landmarks: error?.mean, found: found / known })
  }
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined))
}

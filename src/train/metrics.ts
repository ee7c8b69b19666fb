import { z } from 'zod'
import { mean } from '../core/math/mean.ts'

const figure = z.number().nullable()

/** How well a network does on held-out cases, on its own grid. Null where no case allows a figure. */
export const validationMetrics = z.strictObject({
  cases: z.int().min(0),
  /** Mean Dice over the cases that show any of the part; `labyrinth` is all parts merged. */
  dice: z.strictObject({ cochlea: figure, vestibule: figure, semicircular_canals: figure, labyrinth: figure }),
  /** Means over the cases whose labyrinth was seen at all: ASSD and HD95 in mm, average Hausdorff in voxels of the grid. */
  labyrinth: z.strictObject({ averageSurfaceDistance: figure, hausdorff95: figure, averageHausdorff: figure }),
  /** Mean share of voxels called labyrinth where there is none. */
  falseShare: figure,
  /** Mean distance in mm from the truth, over the landmarks inside the grid that were found. */
  landmarkError: z.strictObject({ helicotrema: figure, oval_window: figure, round_window: figure, all: figure }),
  /** Share of the landmarks inside the grid that were found. */
  landmarksFound: figure,
  /** What the best weights are chosen by; see `scoreOf`. */
  score: figure
})

export type ValidationMetrics = z.infer<typeof validationMetrics>

/** What a mm of landmark error costs in Dice, and what a landmark that was not found counts for, mm. */
const landmarkCost = { perMillimetre: 0.1, missed: 5 }

/**
 * One figure for both tasks, to choose the best weights by: the mean Dice of the parts, less 0.1 for each mm of mean
 * landmark error, where a landmark that was not found counts as 5 mm off. 1 is perfect.
 * @param partDice of the parts of which there is any; none without a label head
 * @param landmarkErrors mm, undefined where missed; none without a landmark head
 */
export function scoreOf(partDice: readonly number[], landmarkErrors: readonly (number | undefined)[]): number | null {
  if (partDice.length + landmarkErrors.length === 0) return null
  const { perMillimetre, missed } = landmarkCost
  const errors = landmarkErrors.map((error) => Math.min(error ?? missed, missed))
  return (meanOf(partDice) ?? 1) - perMillimetre * (meanOf(errors) ?? 0)
}

/** Null when there is none. */
export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values)
}

/** Figures by dotted name, such as `dice.cochlea`; those that could not be taken are left out. */
export function flattenMetrics({ cases, ...metrics }: ValidationMetrics): Record<string, number> {
  const named = Object.entries(metrics).flatMap(([name, value]): [string, number | null][] =>
    value === null || typeof value === 'number'
      ? [[name, value]]
      : Object.entries(value).map(([key, inner]): [string, number | null] => [`${name}.${key}`, inner])
  )
  const known = named.filter((entry): entry is [string, number] => entry[1] !== null)
  return Object.fromEntries([['validation.cases', cases], ...known])
}

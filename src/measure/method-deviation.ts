/**
 * What each measurement is off by (SD, its own unit) even where all looks at an ear agree: found on generated ears with
 * known truth by `npx tsx studies/measurements/uncertainty.ts`, which prints this table.
 */
export const methodDeviation: Readonly<Record<string, number>> = {}

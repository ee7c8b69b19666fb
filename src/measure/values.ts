/** Values by the quantity's id; a text says why there is none. */
export type Values = Readonly<Record<string, number | string>>

/** A value, or why there is none. */
export function valueOr(value: number | undefined, reason: string): number | string {
  return value !== undefined && Number.isFinite(value) ? value : reason
}

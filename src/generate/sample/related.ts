/**
 * A copy of `own` with every number moved towards the corresponding one of `other` by a share, because the two sides of a body are
 * similar, not equal. Where the two differ in structure, and for values that are not numbers, the result is `own`.
 */
export function related<T>(own: T, other: T, share: number): T {
  if (typeof own === 'number' && typeof other === 'number') return (own + share * (other - own)) as T
  if (Array.isArray(own) && Array.isArray(other)) {
    return own.length === other.length ? (own.map((item, n) => related(item, other[n], share)) as T) : own
  }
  if (isRecord(own) && isRecord(other)) {
    return Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, key in other ? related(value, other[key], share) : value])
    ) as T
  }
  return own
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Plain data like `own`, every number of it moved towards the same one of `other` by a share: two sides of one body are
 * alike, not the same. Where the two are built differently, and in all that is no number, it is `own`.
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

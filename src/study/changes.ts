import { isObject } from './merge-patch.ts'

/** A field that differs between two JSON values; undefined where it is absent. */
export interface Change {
  /** Keys with dots between, such as `network.levels`. */
  readonly path: string
  readonly from: unknown
  readonly to: unknown
}

/** The fields in which two JSON values differ. Lists are compared as a whole. */
export function changesBetween(from: unknown, to: unknown, path = ''): Change[] {
  if (isObject(from) && isObject(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)])
    return [...keys].flatMap((key) => changesBetween(from[key], to[key], path === '' ? key : `${path}.${key}`))
  }
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from, to }]
}

/** A change for people: `network.levels 4 → 3`. */
export function describeChange({ path, from, to }: Change): string {
  const text = (value: unknown): string =>
    value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value)
  return `${path} ${text(from)} → ${text(to)}`
}

import type { z } from 'zod'

type Issue = z.core.$ZodRawIssue

/** What JSON calls kinds of values, in words. */
const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object with keys and values',
  record: 'an object with keys and values'
}

/** What the length of a value is counted in. */
const counted: Readonly<Record<string, string>> = { string: 'letters', array: 'entries' }

/**
 * What is wrong with a value that a schema refuses, for messages: `arrays[0].maker: is missing`. What the schema itself says of a fault
 * stays as it is.
 * @returns none where the value is right
 */
export function schemaFaults(schema: z.ZodType, value: unknown): string[] {
  const issues = schema.safeParse(value, { error: describe }).error?.issues ?? []
  return issues.map(({ path, message }) => (path.length === 0 ? message : `${placeOf(path)}: ${message}`))
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`)).join('')
}

function describe(issue: Issue): string {
  if (issue.input === undefined) return 'is missing'
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${issue.values[0] as string}`
        : `must be one of ${issue.values.join(', ')}`
    case 'too_big':
      return `must ${limit(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum)}`
    case 'too_small':
      return `must ${limit(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum)}`
    case 'invalid_union':
      return Array.isArray(issue.options)
        ? `must be one of ${issue.options.join(', ')}`
        : 'matches none of the allowed forms'
    case 'unrecognized_keys':
      return `has unknown keys: ${issue.keys.join(', ')}`
    default:
      return 'is not valid'
  }
}

function limit(origin: string, bound: string, size: number | bigint): string {
  const unit = counted[origin]
  return unit === undefined ? `be ${bound} ${size}` : `have ${bound} ${size} ${unit}`
}

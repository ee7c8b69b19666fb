import type { Random } from '../../../src/core/math/random.ts'
import { oddWords } from './text.ts'

const oddValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  0.5,
  1,
  2,
  3,
  7,
  255,
  256,
  65536,
  1e6,
  2 ** 31,
  2 ** 53,
  1e20,
  1e308,
  -1e308,
  5e-324,
  [],
  {},
  [[]],
  [0, 0, 0],
  [1e308, 1e308, 1e308],
  { a: 1 }
]

/** A JSON value changed in one to four places. */
export function mutateJson(value: unknown, random: Random): unknown {
  let changed = value
  const times = random.chance(0.6) ? 1 : random.integer(2, 4)
  for (let n = 0; n < times; n++) changed = changeSomewhere(changed, random)
  return changed
}

function changeSomewhere(value: unknown, random: Random): unknown {
  const isBranch = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  if (!isBranch || random.chance(0.12)) return changeHere(value, random)
  if (Array.isArray(value)) {
    const at = random.integer(0, value.length - 1)
    return value.map((one, n) => (n === at ? changeSomewhere(one, random) : one))
  }
  const key = random.pick(Object.keys(value))
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === key ? changeSomewhere(one, random) : one])
  )
}

function changeHere(value: unknown, random: Random): unknown {
  if (random.chance(0.4)) return random.pick([...oddValues, ...oddWords])
  if (typeof value === 'number') {
    return random.pick([-value, value * 1000, value / 1000, value + 1, value - 1, value + 0.5, String(value), [value]])
  }
  if (typeof value === 'string') {
    return random.pick([value + value, value.slice(1), value.toUpperCase(), [value], value + random.pick(oddWords)])
  }
  if (Array.isArray(value)) {
    return random.pick([
      value.slice(1),
      [...value, ...value],
      [...value, random.pick(oddValues)],
      nested(value, random),
      value[0]
    ])
  }
  if (typeof value !== 'object' || value === null) return random.pick(oddValues)
  const entries = Object.entries(value)
  const at = entries.length === 0 ? 0 : random.integer(0, entries.length - 1)
  return random.pick([
    Object.fromEntries(entries.filter((_, n) => n !== at)),
    { ...value, [random.pick(oddWords)]: random.pick(oddValues) },
    Object.fromEntries(entries.map(([name, one], n) => [n === at ? random.pick(oddWords) : name, one])),
    nested(value, random)
  ])
}

/** Deeper than recursion likes, at times. */
function nested(value: unknown, random: Random): unknown {
  let deep = value
  for (let n = random.pick([1, 2, 300, 1000]); n > 0; n--) deep = [deep]
  return deep
}

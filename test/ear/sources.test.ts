import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'

/** Where a table of anatomy comes from. */
const source = z.strictObject({
  dataset: z.string().min(20),
  /** Ears; none only where what is published is no series. */
  n: z.int().positive().nullable(),
  /** A DOI, a public address, or a citation with its year. */
  origin: z.union([z.url({ protocol: /^https$/ }), z.string().regex(/ \d{4}/)]),
  /** The script that makes it, or how it was taken from there. */
  madeBy: z.string().min(12)
})
const table = z.union([
  z.looseObject({ source }),
  z.looseObject({ sources: z.record(z.string(), source).refine((all) => Object.keys(all).length > 0) })
])

const files = ['ear/population', 'ear/mean-ear', 'ear/mean-canals', 'ear/mean-cochlea']
  .concat(['measure/reference', 'generate/comparison/reference'])
  .map((name) => `src/${name}.json`)

test.each(files)('%s says from which ears, how many, where they are published and how it was made', async (file) => {
  const parsed = table.parse(JSON.parse(await readFile(file, 'utf8')))
  const sources =
    'sources' in parsed
      ? Object.values(parsed.sources as Record<string, z.infer<typeof source>>)
      : [parsed.source as z.infer<typeof source>]
  for (const { madeBy, n } of sources) {
    if (madeBy.startsWith('studies/')) expect(existsSync(madeBy), madeBy).toBe(true)
    if (n === null) expect(madeBy).toMatch(/no series/)
  }
})

test('every number that names a source names one of its table', async () => {
  for (const file of files) {
    const data = JSON.parse(await readFile(file, 'utf8')) as { sources?: Record<string, unknown> }
    for (const name of namedSources(data)) expect(Object.keys(data.sources ?? {}), `${file}: ${name}`).toContain(name)
  }
})

test('no table of anatomy is left out here', () => {
  const found = ['ear', 'measure', 'generate'].flatMap((module) =>
    readdirSync(`src/${module}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => `src/${module}/${name.replaceAll('\\', '/')}`)
  )
  expect(found.sort()).toEqual([...files].sort())
})

function namedSources(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'source' && typeof inner === 'string' ? [inner] : namedSources(inner)
  )
}

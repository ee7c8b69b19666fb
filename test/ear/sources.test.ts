import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'

/** Where a table of anatomy comes from. */
const oneSource = z.strictObject({
  dataset: z.string().min(20),
  /** Ears; none only where what is published is no series. */
  n: z.int().positive().nullable(),
  /** A DOI, a public address, or a citation with its year. */
  origin: z.union([z.url({ protocol: /^https$/ }), z.string().regex(/ \d{4}/)]),
  /** The script that makes it, or how it was taken from there. */
  madeBy: z.string().min(12)
})
const table = z.union([
  z.looseObject({ source: oneSource }),
  z.looseObject({ sources: z.record(z.string(), oneSource).refine((all) => Object.keys(all).length > 0) })
])

const files = ['ear/population', 'ear/mean-ear', 'ear/mean-canals', 'ear/mean-cochlea', 'ear/head-pose']
  .concat(['measure/reference', 'generate/comparison/reference'])
  .map((name) => `src/${name}.json`)

test.each(files)('%s says from which ears, how many, where they are published and how it was made', async (file) => {
  const parsed = table.parse(JSON.parse(await readFile(file, 'utf8')))
  const sources =
    'sources' in parsed
      ? Object.values(parsed.sources as Record<string, z.infer<typeof oneSource>>)
      : [parsed.source as z.infer<typeof oneSource>]
  for (const { madeBy, n } of sources) {
    if (madeBy.startsWith('studies/')) expect(existsSync(madeBy), madeBy).toBe(true)
    if (n === null) expect(madeBy).toMatch(/no series/)
  }
})

test('a table says which script of this repository makes it, or that none repeats it here', async () => {
  for (const file of files) {
    const { source, sources } = z
      .looseObject({ source: oneSource.optional(), sources: z.record(z.string(), oneSource).optional() })
      .parse(JSON.parse(await readFile(file, 'utf8')))
    for (const { madeBy } of source === undefined ? Object.values(sources ?? {}) : [source]) {
      expect(madeBy, file).toMatch(/studies\/[\w/-]+\.ts|no script of this repository|published/)
      for (const [script] of madeBy.matchAll(/studies\/[\w/-]+\.ts/g)) expect(existsSync(script), script).toBe(true)
    }
  }
})

test('every electrode array names a public source of its table', async () => {
  const catalogue = z
    .strictObject({ sources: z.record(z.string(), z.string()), arrays: z.array(z.looseObject({ source: z.string() })) })
    .parse(JSON.parse(await readFile('src/electrode/catalogue.json', 'utf8')))
  for (const text of Object.values(catalogue.sources)) expect(text).toMatch(/https?:\/\/|clinical trial NCT\d{8}/)
  const known = Object.keys(catalogue.sources)
  for (const { source } of catalogue.arrays) expect(known).toContain(source)
  const written = JSON.stringify(catalogue.arrays)
  expect(known.filter((name) => !written.includes(`"${name}"`))).toEqual([])
})

test('every number that names a source names one of its table', async () => {
  for (const file of files) {
    const data = JSON.parse(await readFile(file, 'utf8')) as { sources?: Record<string, unknown> }
    for (const name of namedSources(data)) expect(Object.keys(data.sources ?? {}), `${file}: ${name}`).toContain(name)
  }
})

test('no table of anatomy is left out here', () => {
  const found = ['ear', 'measure', 'generate', 'electrode'].flatMap((module) =>
    readdirSync(`src/${module}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => `src/${module}/${name.replaceAll('\\', '/')}`)
  )
  expect(found.sort()).toEqual([...files, 'src/electrode/catalogue.json'].sort())
})

function namedSources(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'source' && typeof inner === 'string' ? [inner] : namedSources(inner)
  )
}

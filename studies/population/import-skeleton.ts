/**
 * Writes src/ear/population.json: `npx tsx studies/population/import-skeleton.ts labyrinth-skeleton.json`, the table of
 * parametric skeletons fitted to 42 labyrinths (mean, and eight principal modes at +1 SD).
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface SkeletonTable {
  readonly n: number
  readonly average_skeleton: Readonly<Record<string, { readonly mean: readonly (readonly number[])[] }>>
  readonly modes: {
    readonly layout: readonly { readonly name: string; readonly shape: readonly [number, number] }[]
    readonly vectors_mm_at_plus_1_sd: readonly (readonly number[])[]
  }
}

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('name the table, labyrinth-skeleton.json')
const table = JSON.parse(readFileSync(file, 'utf8')) as SkeletonTable
/** The table says anterior where this project says superior. */
const currentName = (name: string): string => (name === 'anterior' ? 'superior' : name)
const layout = table.modes.layout.map(({ name, shape: [rows, columns] }) => ({
  name: currentName(name),
  rows,
  columns
}))
const mean = table.modes.layout.flatMap(({ name }) => table.average_skeleton[name]?.mean.flat() ?? [])
const source = {
  dataset: '42 of 73 bony labyrinths in CT, one template fitted to each, a parametric skeleton to each template',
  n: table.n,
  origin: 'https://github.com/Daniel-Nicolae/Modelling-the-Human-Semicircular-Canals',
  madeBy: 'studies/population/import-skeleton.ts'
}
const modes = table.modes.vectors_mm_at_plus_1_sd
writeFileSync('src/ear/population.json', `${JSON.stringify({ source, layout, mean, modes })}\n`)

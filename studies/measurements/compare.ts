/**
 * The errors of several runs beside each other, as a Markdown table:
 * `npx tsx studies/measurements/compare.ts TRUE.json[,TRUE.json…] PREDICTED.json[,…]`.
 */
import { readFileSync } from 'node:fs'
import type { ErrorRow } from './errors.ts'

const sets = process.argv
  .slice(2)
  .map((files) => files.split(',').flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as ErrorRow[]))
const ids = [...new Set(sets.flat().map(({ id }) => id))]
const cells = ids.map((id) => {
  const columns = sets.flatMap((rows) => {
    const all = rows.filter((row) => row.id === id)
    const errors = all.map(({ error }) => error).filter((error) => error !== null)
    const mean = (values: readonly number[]): string =>
      (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2)
    const sizes = errors.map(Math.abs)
    const greatest = Math.max(...sizes).toFixed(2)
    return [`${mean(sizes)} ${all[0]?.unit ?? ''}`, mean(errors), greatest, `${errors.length} of ${all.length}`]
  })
  return `| ${id.replaceAll('_', ' ')} | ${columns.join(' | ')} |`
})
const head = sets.map(() => 'mean absolute | mean | greatest | measured').join(' | ')
process.stdout.write(`| quantity | ${head} |\n|---|${'---|'.repeat(4 * sets.length)}\n${cells.join('\n')}\n`)

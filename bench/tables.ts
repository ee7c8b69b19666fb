import { cpus } from 'node:os'
import { type Row, written } from './rows.ts'

/** Rows as a Markdown page of tables, with what they were measured on. */
export function tablesOf(rows: readonly Row[], threads: number): string {
  const [{ model } = { model: 'an unknown processor' }] = cpus()
  const units = [...new Set(rows.map(({ unit }) => unit))]
  const tables = units.map((unit) => tableOf(rows.filter((row) => row.unit === unit)))
  return `# Measured
${model.trim()}, ${threads} threads, ${new Date().toISOString().slice(0, 10)}. In brackets ours / theirs, below 1 where otomark is faster or smaller;
[README.md](README.md) says what was run and how.

${tables.join('\n\n')}
`
}

/** Rows as a Markdown table: one line for each thing measured, one column for each peer, ratios in brackets. */
function tableOf(rows: readonly Row[]): string {
  const kinds = [...new Set(rows.map(({ peerName }) => peerName))]
  const lines = [...new Set(rows.map(({ name }) => name))].map((name) => {
    const found = rows.filter((other) => other.name === name)
    const cells = kinds.map((kind) => {
      const match = found.find(({ peerName }) => peerName === kind)
      return match?.peer == null ? '' : `${written(match.peer, match.unit)} (${match.ratio?.toFixed(2)})`
    })
    return [`\`${name}\``, written(found[0]?.ours ?? Number.NaN, found[0]?.unit ?? 's'), ...cells]
  })
  const head = [`${rows[0]?.unit ?? ''}`, 'otomark', ...kinds]
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/**
 * Errors as a strip plot, in shares of what is allowed from true labels:
 * `npx tsx studies/measurements/errors-picture.ts OUT.svg TRUE.json[,TRUE.json…] [PREDICTED.json[,…]]`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import type { ErrorRow } from './errors.ts'

/** Mean absolute errors allowed from true labels, in the rows' units. */
const allowed: Readonly<Record<string, number>> = {
  cochlea_volume: 2,
  vestibule_volume: 2,
  semicircular_canals_volume: 2,
  labyrinth_volume: 2,
  a_value: 0.15,
  b_value: 0.15,
  cochlear_height: 0.15,
  duct_length_traced: 3,
  modiolar_axis: 3,
  superior_canal_radius: 0.1,
  posterior_canal_radius: 0.1,
  lateral_canal_radius: 0.1,
  superior_canal_normal: 3,
  posterior_canal_normal: 3,
  lateral_canal_normal: 3
}
const [out, ...sets] = process.argv.slice(2)
if (out === undefined) throw new Error('name the picture to write and the files to read')
const series = sets.map((files) =>
  files.split(',').flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as ErrorRow[])
)
const colours = ['#1f5fa8', '#c2571a']
const [left, wide, line] = [190, 420, 22]
const middle = left + wide / 2
/** Three times what is allowed is the plot's edge; farther errors lie on it. */
const place = (share: number): string => (middle + (Math.max(-3, Math.min(3, share)) * wide) / 6).toFixed(1)
const ids = Object.keys(allowed)
const height = line * ids.length + 46
const rows = ids.flatMap((id, row) => {
  const y = 34 + line * row
  const dots = series.flatMap((all, n) =>
    all
      .filter((one) => one.id === id && one.error !== null)
      .map(({ error }, at) => {
        const cy = y - 4 + 8 * n + (at % 4) - 1.5
        return `<circle cx="${place((error ?? 0) / (allowed[id] ?? 1))}" cy="${cy}" r="2" fill="${colours[n]}" fill-opacity=".6"/>`
      })
  )
  return [`<text x="${left - 8}" y="${y + 4}" text-anchor="end">${id.replaceAll('_', ' ')}</text>`, ...dots]
})
const rules = [-3, -2, -1, 0, 1, 2, 3].map(
  (share) =>
    `<path d="M${place(share)} 22V${height - 20}" stroke="#888" stroke-opacity="${Math.abs(share) === 1 ? 1 : 0.3}"/><text x="${place(share)}" y="${height - 6}" text-anchor="middle">${share}</text>`
)
const head = `<text x="${left}" y="14">error ÷ allowed mean error: <tspan fill="${colours[0]}">true labels</tspan>${series.length > 1 ? `, <tspan fill="${colours[1]}">predicted</tspan>` : ''}</text>`
writeFileSync(
  out,
  `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="${height}" font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>${head}${rules.join('')}${rows.join('')}</svg>\n`
)

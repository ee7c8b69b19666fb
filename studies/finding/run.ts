/**
 * How surely ears are found, and nothing else: `npx tsx studies/finding/run.ts FILE [MODEL]`. Generated heads, temporal
 * bones and scans without an ear are analysed; each adds a line to FILE (JSON), and a stopped run goes on after those it
 * holds. The tables are printed at the end. One process on one thread; SET=heads, say, runs one of the sets alone,
 * MOST=20 the first 20 cases of each.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { distance } from '../../src/core/math/vector.ts'
import { generateCase } from '../../src/generate/case.ts'
import { analyze, closeModel, openModel } from '../../src/index.ts'
import { defaultModelFolder, nodeRuntime, readModelFolder } from '../../src/node.ts'
import { type CaseSetName, caseSets, optionsOf } from './case-sets.ts'
import { report } from './report.ts'
import type { CaseRow } from './row.ts'

const [file, modelFolder = defaultModelFolder] = process.argv.slice(2)
if (file === undefined) throw new Error('give the file that gets a line for each case')
const most = Number(process.env.MOST ?? Number.POSITIVE_INFINITY)
const rows = existsSync(file) ? readRows(file) : []
const model = await openModel(await readModelFolder(modelFolder), nodeRuntime, { threads: 1 })
for (const set of caseSets) {
  if (process.env.SET !== undefined && process.env.SET !== set.name) continue
  for (let index = 0; index < Math.min(set.count, most); index++) {
    if (rows.some((row) => row.set === set.name && row.index === index)) continue
    const row = await analyzeCase(set.name, set.seed, index)
    rows.push(row)
    appendFileSync(file, `${JSON.stringify(row)}\n`)
    process.stderr.write(`\r${set.name}: ${index + 1} of ${set.count} `)
  }
}
await closeModel(model)
process.stderr.write('\n')
report(rows)

async function analyzeCase(set: CaseSetName, seed: number, index: number): Promise<CaseRow> {
  const { scan, ears, parameters } = generateCase(seed, index, optionsOf(set, index))
  const began = performance.now()
  const found = (await analyze(scan, model, { augmentTestTime: false })).ears
  const seconds = (performance.now() - began) / 1000
  return {
    set,
    index,
    kind: parameters.body?.kind ?? parameters.protocol.kind,
    size: scan.geometry.size,
    spacing: scan.geometry.spacing,
    seconds,
    ears: ears.map(({ frame }) => {
      const nearest = found.filter((ear) => distance(ear.frame.origin, frame.origin) < 5)
      return { side: frame.side, found: nearest[0]?.side ?? null, confidence: nearest[0]?.sideConfidence ?? null }
    }),
    falseEars: found.filter((ear) => ears.every(({ frame }) => distance(ear.frame.origin, frame.origin) >= 5)).length,
    peakMemory: process.resourceUsage().maxRSS / 1024
  }
}

function readRows(path: string): CaseRow[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as CaseRow)
}

/**
 * How often the flags of implausible results fire: `npx tsx studies/plausibility/run.ts FILE CASES [EVERY]` generates CASES
 * normal ears, analyses them with the default model and judges them as they are and with their predictions spoiled; of
 * one in EVERY (4) the scan is spoiled too, and the ear malformed in each way. FILE gets a line for each case, and a
 * stopped run goes on; then the table is printed.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { closeModel, openModel } from '../../src/index.ts'
import { defaultModelFolder, nodeRuntime, readModelFolder } from '../../src/node.ts'
import { type Judged, judgeCase } from './judge-case.ts'

const [file, cases = '100', every = '4'] = process.argv.slice(2)
if (file === undefined) throw new Error('name a file for what is found')
const done = existsSync(file) ? readJudged(file).length : 0
const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime, { threads: 1 })
for (let index = done; index < Number(cases); index++) {
  const judged = await judgeCase(index, model, index % Number(every) === 0)
  appendFileSync(file, `${JSON.stringify(judged)}\n`)
}
await closeModel(model)
const all = readJudged(file).flat()
process.stdout.write(
  '| ears | n | expected flag | fires, % | any warning, % | no ear found |\n|---|---|---|---|---|---|\n'
)
for (const name of new Set(all.map((one) => one.name)))
  process.stdout.write(`${row(all.filter((one) => one.name === name))}\n`)

function readJudged(from: string): Judged[][] {
  const lines = readFileSync(from, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Judged[])
}

/** @param ears of one kind */
function row(ears: readonly Judged[]): string {
  const [{ name, expected } = { name: '' }] = ears
  const found = ears.flatMap(({ flags }) => (flags === undefined ? [] : [flags]))
  const percent = (count: number): string => ((100 * count) / found.length).toFixed(0)
  const fired = found.filter((flags) => flags.some(({ id }) => id === expected)).length
  const warned = found.filter((flags) => flags.some(({ severity }) => severity === 'warning')).length
  const fires = expected === undefined ? ['–', '–'] : [expected, percent(fired)]
  return `| ${[name, found.length, ...fires, percent(warned), ears.length - found.length].join(' | ')} |`
}

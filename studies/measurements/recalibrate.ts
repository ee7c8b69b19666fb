/**
 * Everything that hangs on the weights, found anew: `npx tsx studies/measurements/recalibrate.ts FOLDER [CASES] [WORKERS]`
 * analyses 80 generated scans in two processes (FOLDER holds what they found; a stopped run goes on), prints how often
 * the truth lies in the 90 % interval, writes the errors to FOLDER/errors.json for compare.ts, and writes
 * src/measure/method-deviation.ts and src/measure/plausibility/volume-ratios.ts.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { calibratedDeviation } from '../../src/measure/uncertainty.ts'
import { defaultModelFolder } from '../../src/node/model-folder.ts'
import { type AnalysedEar, readAnalysed } from './analysed-ear.ts'

const [folder, cases = '80', workers = '2'] = process.argv.slice(2)
if (folder === undefined) throw new Error('name a folder for what is found')
mkdirSync(folder, { recursive: true })
const parts = Array.from({ length: Number(workers) }, (_, n) => join(folder, `part-${n}-of-${workers}.jsonl`))
await Promise.all(parts.map((file, n) => analyse([file, String(n), cases, workers])))
const segmenter = createHash('sha256')
  .update(readFileSync(join(defaultModelFolder, 'segmenter.onnx')))
  .digest('hex')
const ears = parts.flatMap((file) => readAnalysed(file, segmenter)).sort((a, b) => a.index - b.index)
writeFileSync(join(folder, 'errors.json'), `${JSON.stringify(ears.flatMap(({ errors }) => errors))}\n`)
const missed = ears.filter(({ volumes }) => volumes === undefined).length
process.stdout.write(`${ears.length} scans, ${missed} without its ear found on its side\n`)
reportIntervals()
writeDeviations()
writeRatios()

async function analyse(args: readonly string[]): Promise<void> {
  const child = spawn('npx', ['tsx', join(import.meta.dirname, 'analyse.ts'), ...args], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`analyse.ts ${args.join(' ')} ended with ${code}`)
}

function rowsOf(id: string, among: readonly AnalysedEar[]) {
  return among.flatMap(({ quantities }) => quantities.filter((row) => row.id === id))
}

function ids(): string[] {
  return [...new Set(ears.flatMap(({ quantities }) => quantities.map(({ id }) => id)))]
}

/** Each half of the ears is checked with the deviation found on the other. */
function reportIntervals(): void {
  const halves = [0, 1].map((parity) => ears.filter((_, n) => n % 2 === parity))
  process.stdout.write('| quantity | ears | truths in the 90 % interval | half width |\n|---|---|---|---|\n')
  let [inside, total] = [0, 0]
  for (const id of ids()) {
    const checked = halves.flatMap((half, n) => {
      const deviation = calibratedDeviation(rowsOf(id, halves[1 - n] ?? []))
      return rowsOf(id, half).map(({ error, spread }) => ({ error, width: 1.645 * Math.hypot(spread, deviation) }))
    })
    const hits = checked.filter(({ error, width }) => Math.abs(error) <= width).length
    const width = checked.reduce((sum, row) => sum + row.width, 0) / checked.length
    const share = ((100 * hits) / checked.length).toFixed(0)
    process.stdout.write(`| ${id} | ${checked.length} | ${share} % | ± ${width.toPrecision(2)} |\n`)
    inside += hits
    total += checked.length
  }
  process.stdout.write(`\nOf all, ${((100 * inside) / total).toFixed(1)} % lie inside.\n`)
}

function writeDeviations(): void {
  const lines = ids().map((id) => `  ${id}: ${Number(calibratedDeviation(rowsOf(id, ears)).toPrecision(2))}`)
  writeFileSync(
    'src/measure/method-deviation.ts',
    `/**
 * What each measurement is off by (SD, its own unit) even where all looks at an ear agree: found on ${ears.length - missed} generated ears
 * with known truth, seen by the segmenter ${segmenter.slice(0, 8)}, by \`npx tsx studies/measurements/recalibrate.ts\`, which writes
 * this file. Lengths by formula: how far the A value they are taken from is off; what a formula is off by is not in it.
 */
export const methodDeviation: Readonly<Record<string, number>> = {
${lines.join(',\n')}
}
`
  )
}

function writeRatios(): void {
  const volumes = ears.flatMap((ear) => (ear.volumes === undefined ? [] : [ear.volumes]))
  const spread = (ratio: (volumes: readonly [number, number, number]) => number): string => {
    const logs = volumes.map((all) => Math.log(ratio(all))).filter(Number.isFinite)
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
    const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1)
    return `{ mean: ${Number(mean.toFixed(3))}, sd: ${Number(Math.sqrt(variance).toFixed(3))} }`
  }
  writeFileSync(
    'src/measure/plausibility/volume-ratios.ts',
    `/**
 * Natural logarithms of the ratios of two parts' volumes, as the segmenter ${segmenter.slice(0, 8)} sees ${volumes.length} ears generated from
 * population statistics of 42 real ears; \`npx tsx studies/measurements/recalibrate.ts\` writes this file.
 */
export const volumeRatios = {
  cochleaToVestibule: ${spread(([cochlea, vestibule]) => cochlea / vestibule)},
  canalsToVestibule: ${spread(([, vestibule, canals]) => canals / vestibule)},
  canalsToCochlea: ${spread(([cochlea, , canals]) => canals / cochlea)}
} as const
`
  )
}

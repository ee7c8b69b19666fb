/**
 * How far a measurement's 90 % interval is to be trusted: generated scans are analysed with the default model; the
 * method's deviations are found on half of them, and the share of truths inside the intervals on the other, both ways.
 * `npx tsx studies/measurements/uncertainty.ts CASES FILE` appends each case to FILE (JSON lines; a stopped run goes on
 * after the cases it holds), then prints the table for src/measure/method-deviation.ts and the shares.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { analyze } from '../../src/analyze/analyze.ts'
import { closeModel, openModel } from '../../src/analyze/open-model.ts'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/options.ts'
import { defaultModelFolder, readModelFolder } from '../../src/io/node/model-folder.ts'
import { measureEar } from '../../src/measure/measure-ear.ts'
import { calibratedDeviation, spreadAbout } from '../../src/measure/uncertainty.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import { trueValues } from './true-values.ts'

interface Row {
  readonly id: string
  readonly error: number
  readonly spread: number
}

/** Other seeds than those the networks were trained and validated on. */
const seed = 4242

const [count, file] = [Number(process.argv[2] ?? 100), process.argv[3] ?? 'uncertainty.jsonl']
const rows = existsSync(file) ? readRows() : []
if (rows.length < count) await extend()
report()

function readRows(): Row[][] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row[])
}

async function extend(): Promise<void> {
  const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime, {})
  for (let index = rows.length; index < count; index++) {
    const generated = generateCase(seed, index, caseOptions.parse({ withoutEar: 0, field: [26, 30] }))
    const { ears } = await analyze(generated.scan, model)
    const [known] = generated.ears
    const ear = ears.find(({ side }) => side === known?.frame.side)
    const measured: Row[] = []
    if (ear !== undefined && known !== undefined) {
      const truth = trueValues(known.shape, known.frame)
      const others = ear.repeats.map(measureEar)
      measureEar(ear).forEach(({ id, value }, n) => {
        const values = others.map((one) => one[n]?.value ?? null).filter((other) => other !== null)
        const expected = truth[id]
        if (value === null || expected === undefined || values.length < 2) return
        measured.push({ id, error: value - expected, spread: spreadAbout(value, values) })
      })
    }
    rows.push(measured)
    appendFileSync(file, `${JSON.stringify(measured)}\n`)
  }
  await closeModel(model)
}

function report(): void {
  const all = rows.slice(0, count)
  const half = (id: string, parity: number): Row[] =>
    all.filter((_, index) => index % 2 === parity).flatMap((ear) => ear.filter((row) => row.id === id))
  const ids = [...new Set(all.flatMap((ear) => ear.map(({ id }) => id)))]
  for (const id of ids) {
    const deviation = calibratedDeviation([...half(id, 0), ...half(id, 1)])
    process.stdout.write(`  ${id}: ${Number(deviation.toPrecision(2))},\n`)
  }
  process.stdout.write('\n| quantity | ears | truths in the 90 % interval | half width |\n|---|---|---|---|\n')
  let [inside, total] = [0, 0]
  for (const id of ids) {
    // Each half is checked with the deviation found on the other.
    const checked = [0, 1].flatMap((parity) => {
      const deviation = calibratedDeviation(half(id, 1 - parity))
      return half(id, parity).map(({ error, spread }) => ({ error, width: 1.645 * Math.hypot(spread, deviation) }))
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

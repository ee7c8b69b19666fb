/**
 * How often the truth of real ears lies in the 90 % intervals: `npx tsx studies/real-ct/coverage.ts CASES FILE [MODEL]`.
 * The truth is what is measured of the label of the labyrinth, divided into the parts as they were found, and of the
 * landmarks that people clicked.
 * Each ear and variant adds a line to FILE (JSON); a stopped run goes on after those it holds.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { labelledValues } from '../../src/calibrate/labelled-ear.ts'
import { findCases } from '../../src/cases/find-cases.ts'
import { readTruth } from '../../src/cases/read-truth.ts'
import { mean } from '../../src/core/math/mean.ts'
import { analyze, closeModel, measureWithUncertainty, openModel } from '../../src/index.ts'
import { acceptScan } from '../../src/io/accept-scan.ts'
import { diskFiles } from '../../src/node/file-access.ts'
import { defaultModelFolder, nodeRuntime, readModelFolder, readScan } from '../../src/node.ts'
import type { LabelledScan } from './labelled-scan.ts'
import { variants } from './variants.ts'

/** The ear whose label is too small (README.md). */
const leftOut = 'F11'

interface Reported {
  readonly id: string
  readonly value: number
  readonly low: number
  readonly high: number
}

/** One ear in one variant: what is reported of it and, of the ear as it is, what its truth is measured as. */
interface CoverageRow {
  readonly ear: string
  readonly variant: string
  readonly reported: readonly Reported[]
  readonly truth?: Readonly<Record<string, number>>
}

const [cases, file, modelFolder = defaultModelFolder] = process.argv.slice(2)
if (cases === undefined || file === undefined)
  throw new Error('give the folder of cases and the file that gets a line for each')
const rows: CoverageRow[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as CoverageRow)
  : []
const model = await openModel(await readModelFolder(modelFolder), nodeRuntime)
const found = (await findCases(diskFiles, cases)).cases
for (const variant of ['as it is', 'clinical']) {
  for (const one of found) {
    if (one.id === leftOut || rows.some((row) => row.variant === variant && row.ear === one.id)) continue
    if (one.scan === null) throw new Error(`the scan of ${one.id} is missing`)
    const { scan } = await readScan(one.scan, { asStored: true })
    const truth = await readTruth(diskFiles, one)
    if (truth.labels === null) throw new Error(`the labels of ${one.id} are missing`)
    const row = await measureOne(one.id, variant, { scan, truth: { ...truth, labels: truth.labels } })
    rows.push(row)
    appendFileSync(file, `${JSON.stringify(row)}\n`)
    process.stderr.write(`\r${variant}: ${one.id}            `)
  }
}
await closeModel(model)
process.stderr.write('\n')
printCoverage()

async function measureOne(ear: string, variant: string, plain: LabelledScan): Promise<CoverageRow> {
  const change = variants[variant]
  if (change === undefined) throw new Error(`there is no variant ${variant}`)
  const stored = change(plain)
  const { scan } = acceptScan(ear, { scan: stored.scan, source: { path: ear, format: 'nifti', notes: [] } })
  const [finding] = (await analyze(scan, model)).ears
  const { labels, outlined, ears } = plain.truth
  const labelledEar = { labels, outlined, landmarks: ears[0]?.landmarks ?? [] }
  if (finding === undefined) return { ear, variant, reported: [] }
  const reported = measureWithUncertainty(finding, finding.repeats).flatMap(({ id, value, uncertainty }) =>
    value !== null && uncertainty !== undefined ? [{ id, value, low: uncertainty.low, high: uncertainty.high }] : []
  )
  return { ear, variant, reported, ...(variant === 'as it is' && { truth: labelledValues(finding, labelledEar) }) }
}

function printCoverage(): void {
  console.log('| variant | quantity | ears | inside | mean error | SD of the error | half width |')
  console.log(`|${'---|'.repeat(7)}`)
  const ids = [...new Set(rows.flatMap(({ reported }) => reported.map(({ id }) => id)))]
  for (const variant of new Set(rows.map((row) => row.variant))) {
    let [inside, all] = [0, 0]
    for (const id of ids) {
      const pairs = rows
        .filter((row) => row.variant === variant)
        .flatMap((row) => {
          const value = row.reported.find((one) => one.id === id)
          const truth = rows.find((other) => other.ear === row.ear && other.truth !== undefined)?.truth?.[id]
          return value === undefined || truth === undefined ? [] : [{ ...value, truth }]
        })
      const errors = pairs.map(({ value, truth }) => value - truth)
      const off = mean(errors)
      const within = pairs.filter(({ low, high, truth }) => low <= truth && truth <= high).length
      inside += within
      all += pairs.length
      const cells = [off, Math.sqrt(mean(errors.map((error) => (error - off) ** 2)))]
      const width = mean(pairs.map(({ low, high }) => (high - low) / 2))
      const numbers = [...cells, width].map((value) => value.toFixed(2)).join(' | ')
      console.log(`| ${variant} | ${id} | ${pairs.length} | ${within} | ${numbers} |`)
    }
    console.log(`| ${variant} | all | ${all} | ${((100 * inside) / all).toFixed(0)} % | | | |`)
  }
}

/**
 * Ears of clinical CT as they are, padded, turned, stored another way, blurred, and in other greys:
 * `npx tsx studies/real-ct/run.ts CASES FILE [MODEL]`. CASES is a folder of cases with their truth, one ear each; each
 * ear and variant adds a line to FILE (JSON), and a stopped run goes on after those it holds. The tables are printed at
 * the end. VARIANT="padded, air" runs one variant alone, EAR=F01 one ear.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { findCases } from '../../src/cases/find-cases.ts'
import { readTruth } from '../../src/cases/read-truth.ts'
import { evaluateCase } from '../../src/evaluate/evaluate-case.ts'
import { analyze, closeModel, type Model, measureFindings, openModel } from '../../src/index.ts'
import { acceptScan } from '../../src/io/accept-scan.ts'
import { diskFiles } from '../../src/node/file-access.ts'
import { defaultModelFolder, nodeRuntime, readModelFolder, readScan } from '../../src/node.ts'
import type { LabelledScan } from './labelled-scan.ts'
import { type EarRow, printTables } from './tables.ts'
import { variants } from './variants.ts'

const [cases, file, modelFolder = defaultModelFolder] = process.argv.slice(2)
if (cases === undefined || file === undefined)
  throw new Error('give the folder of cases and the file that gets a line for each')
const rows = existsSync(file) ? readRows(file) : []
const model = await openModel(await readModelFolder(modelFolder), nodeRuntime)
const found = (await findCases(diskFiles, cases)).cases
for (const [variant, change] of Object.entries(variants)) {
  if (process.env.VARIANT !== undefined && process.env.VARIANT !== variant) continue
  for (const one of found) {
    if (process.env.EAR !== undefined && process.env.EAR !== one.id) continue
    if (rows.some((row) => row.variant === variant && row.ear === one.id)) continue
    if (one.scan === null) throw new Error(`the scan of ${one.id} is missing`)
    const { scan } = await readScan(one.scan, { asStored: true })
    const truth = await readTruth(diskFiles, one)
    if (truth.labels === null) throw new Error(`the labels of ${one.id} are missing`)
    const row = await analyzeEar(one.id, variant, change({ scan, truth: { ...truth, labels: truth.labels } }), model)
    rows.push(row)
    appendFileSync(file, `${JSON.stringify(row)}\n`)
    process.stderr.write(`\r${variant}: ${one.id}            `)
  }
}
await closeModel(model)
process.stderr.write('\n')
printTables(rows)

async function analyzeEar(
  ear: string,
  variant: string,
  { scan: stored, truth }: LabelledScan,
  by: Model
): Promise<EarRow> {
  const began = performance.now()
  const row = { ear, variant, seconds: 0, refusal: null, flags: [], notes: [], topology: null, measurements: [] }
  try {
    const { scan, source } = acceptScan(ear, { scan: stored, source: { path: ear, format: 'nifti', notes: [] } })
    const findings = await analyze(scan, by)
    const seconds = (performance.now() - began) / 1000
    const measured = measureFindings(findings, { scan, source })
    const [first] = measured.ears
    return {
      ...row,
      seconds,
      flags: measured.flags.map(({ id, text }) => `${id}: ${text}`),
      notes: [...(source.notes ?? []), ...(findings.notes ?? [])],
      sideConfidence: first?.sideConfidence ?? null,
      topology: first?.topology.labyrinth ?? null,
      measurements:
        first?.measurements.map(({ id, value, uncertainty }) => ({ id, value, uncertainty: uncertainty ?? null })) ??
        [],
      evaluation: evaluateCase(
        ear,
        {
          labels: findings.labels,
          outlined: 'parts',
          ears: findings.ears.map(({ side, frame, landmarks }) => ({ side, place: frame.origin, landmarks }))
        },
        truth
      )
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const nothing = { labels: null, outlined: 'parts' as const, ears: [] }
    return { ...row, refusal: error.message, sideConfidence: null, evaluation: evaluateCase(ear, nothing, truth) }
  }
}

function readRows(path: string): EarRow[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as EarRow)
}

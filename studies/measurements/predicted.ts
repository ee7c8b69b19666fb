/**
 * Accuracy of the whole way: generated scans, analysed with the default model, their measurements against the parametric
 * anatomy. `npx tsx studies/measurements/predicted.ts [FROM] [TO] [FILE]` prints the table of the cases from FROM up to
 * TO; the errors go to FILE (JSON).
 */
import { analyze } from '../../src/analyze/analyze.ts'
import { closeModel, openModel } from '../../src/analyze/open-model.ts'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/options.ts'
import { defaultModelFolder, readModelFolder } from '../../src/io/node/model-folder.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import { type ErrorRow, errorsOf, report } from './errors.ts'

/** Not a seed of the networks' training. */
const seed = 42
const [from, to] = [Number(process.argv[2] ?? 0), Number(process.argv[3] ?? 10)]
const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime, {})
const rows: ErrorRow[] = []
let missed = 0
for (let index = from; index < to; index++) {
  const { scan, ears: truths } = generateCase(seed, index, caseOptions.parse({ withoutEar: 0, field: [26, 30] }))
  const { ears } = await analyze(scan, model)
  for (const { frame, shape } of truths) {
    const ear = ears.find(({ side }) => side === frame.side)
    if (ear === undefined) missed++
    else rows.push(...errorsOf(ear, shape, frame, Math.max(...scan.geometry.spacing)))
  }
}
await closeModel(model)
process.stdout.write(`${to - from} scans, ${missed} without its ear found on its side\n`)
report(rows, process.argv[4])

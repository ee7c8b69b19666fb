/**
 * Analyses generated scans with the default model and compares them with their truth; started by predicted.ts:
 * `npx tsx studies/measurements/analyse.ts FILE FIRST COUNT STEP` appends cases FIRST, FIRST + STEP, … below COUNT to
 * FILE; a stopped run goes on after the cases it holds.
 */
import { appendFileSync, existsSync } from 'node:fs'
import { analyze } from '../../src/analyze/analyze.ts'
import { closeModel, openModel } from '../../src/analyze/open-model.ts'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { defaultModelFolder, readModelFolder } from '../../src/node/model-folder.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import { type AnalysedEar, readAnalysed } from './analysed-ear.ts'
import { errorsOf } from './errors.ts'

/** Not a seed of the networks' training. */
const seed = 4242
const options = caseOptions.parse({ withoutEar: 0, field: [26, 30] })

const [file = '', ...numbers] = process.argv.slice(2)
const [first = 0, count = 0, step = 1] = numbers.map(Number)
const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime, { threads: 1 })
const segmenter = model.segmenter.sha256
const done = existsSync(file) ? readAnalysed(file, segmenter).length : 0
for (let index = first + step * done; index < count; index += step) {
  const { scan, ears } = generateCase(seed, index, options)
  const [known] = ears
  const found = (await analyze(scan, model)).ears.find(({ side }) => side === known?.frame.side)
  const errors =
    known === undefined || found === undefined
      ? []
      : errorsOf(found, known.shape, known.frame, Math.max(...scan.geometry.spacing))
  appendFileSync(file, `${JSON.stringify({ index, segmenter, errors } satisfies AnalysedEar)}\n`)
}
await closeModel(model)

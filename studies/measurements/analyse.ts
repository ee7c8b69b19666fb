/**
 * Analyses generated scans with the default model and compares them with their truth; started by recalibrate.ts:
 * `npx tsx studies/measurements/analyse.ts FILE FIRST COUNT STEP` appends cases FIRST, FIRST + STEP, … below COUNT to
 * FILE; a stopped run goes on after the cases it holds.
 */
import { appendFileSync, existsSync } from 'node:fs'
import { analyze } from '../../src/analyze/analyze.ts'
import type { EarFinding } from '../../src/analyze/findings.ts'
import { closeModel, openModel } from '../../src/analyze/open-model.ts'
import { partLabel } from '../../src/core/anatomy.ts'
import { voxelVolume } from '../../src/core/geometry/geometry.ts'
import { truthOf } from '../../src/generate/anatomy/truth.ts'
import { generateCase } from '../../src/generate/case.ts'
import type { GeneratedEar } from '../../src/generate/ear.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { measureEar } from '../../src/measure/measure-ear.ts'
import { spreadAbout } from '../../src/measure/uncertainty.ts'
import { defaultModelFolder, readModelFolder } from '../../src/node/model-folder.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import { type AnalysedEar, readAnalysed } from './analysed-ear.ts'
import { errorsOf } from './errors.ts'
import { trueValues } from './true-values.ts'

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
  const compared =
    known === undefined || found === undefined
      ? { quantities: [], errors: [] }
      : compare(found, known, Math.max(...scan.geometry.spacing))
  appendFileSync(file, `${JSON.stringify({ index, segmenter, ...compared } satisfies AnalysedEar)}\n`)
}
await closeModel(model)

function compare(found: EarFinding, { shape, frame }: GeneratedEar, spacing: number) {
  const shapeTruth = truthOf(shape)
  const truth = trueValues(shape, frame, shapeTruth)
  const others = found.repeats.map(measureEar)
  const quantities = measureEar(found).flatMap(({ id, value }, n) => {
    const values = others.map((one) => one[n]?.value ?? null).filter((other) => other !== null)
    const expected = truth[id]
    if (value === null || expected === undefined || values.length < 2) return []
    return [{ id, error: value - expected, spread: spreadAbout(value, values) }]
  })
  return { quantities, errors: errorsOf(found, shape, frame, spacing, shapeTruth), volumes: labelledVolumes(found) }
}

function labelledVolumes({ labels }: EarFinding): [number, number, number] {
  const volume = (label: number): number =>
    labels.data.reduce((voxels, one) => voxels + (one === label ? 1 : 0), 0) * voxelVolume(labels.geometry)
  return [volume(partLabel.cochlea), volume(partLabel.vestibule), volume(partLabel.semicircular_canals)]
}

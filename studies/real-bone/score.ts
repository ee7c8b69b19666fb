/**
 * Scores a model on scans with known truth, one row per scan: `npx tsx studies/real-bone/score.ts FOLDER [MODEL]`.
 * FOLDER holds cases of one ear, outlined and marked (docs/reference/cases.md).
 */
import { type CaseFiles, scanOf } from '../../src/cases/case-files.ts'
import { findCases } from '../../src/cases/find-cases.ts'
import type { ObservedEar } from '../../src/cases/observed-ear.ts'
import { readTruth } from '../../src/cases/read-truth.ts'
import { mean } from '../../src/core/math/mean.ts'
import { distance } from '../../src/core/math/vector.ts'
import {
  analyze,
  closeModel,
  type EarFinding,
  type Landmark,
  landmarkKinds,
  type Model,
  openModel,
  type Volume
} from '../../src/index.ts'
import { diskFiles } from '../../src/node/file-access.ts'
import { defaultModelFolder, nodeRuntime, readModelFolder, readScan } from '../../src/node.ts'

interface Score {
  readonly dice: number
  /** mm, in the order of the anatomy table; NaN for a landmark that was not found. */
  readonly errors: readonly number[]
}

const [folder, modelFolder = defaultModelFolder] = process.argv.slice(2)
if (folder === undefined) throw new Error('give the folder that holds the scans')
const model = await openModel(await readModelFolder(modelFolder), nodeRuntime)
const { cases } = await findCases(diskFiles, folder)
console.log(`| scan | side | Dice | ${landmarkKinds.map(({ name }) => `${name}, mm`).join(' | ')} | seconds |`)
console.log(`|---|---|---|${landmarkKinds.map(() => '---').join('|')}|---|`)
const scores: Score[] = []
for (const one of cases) scores.push(await scoreScan(one, model))
const errors = scores.flatMap((score) => score.errors)
console.log(`Mean Dice ${mean(scores.map(({ dice }) => dice)).toFixed(3)}, landmarks ${mean(errors).toFixed(2)} mm off`)
await closeModel(model)

async function scoreScan(one: CaseFiles, model: Model): Promise<Score> {
  const truth = await readTruth(diskFiles, one)
  const [known] = truth.ears
  if (known === undefined || truth.labels === null) throw new Error(`${one.id} shows no ear`)
  const { scan } = await readScan(scanOf(one))
  const began = performance.now()
  const { labels, ears } = await analyze(scan, model)
  const seconds = (performance.now() - began) / 1000
  const ear = ears.find(({ side }) => side === known.side)
  const score = {
    dice: dice(labels, truth.labels),
    errors: landmarkKinds.map(({ id }) => landmarkError(ear, known, id))
  }
  const sides = ears.map(({ side }) => side).join(' and ') || 'none'
  const cells = [one.id, `${sides} (${known.side?.[0]?.toUpperCase() ?? '?'})`, score.dice.toFixed(3)]
  console.log(`| ${[...cells, ...score.errors.map((mm) => mm.toFixed(2)), seconds.toFixed(1)].join(' | ')} |`)
  return score
}

/** 2 |A ∩ B| / (|A| + |B|) of the voxels that are not 0. */
function dice(a: Volume, b: Volume): number {
  let [both, sum] = [0, 0]
  for (let n = 0; n < a.data.length; n++) {
    const [inA, inB] = [a.data[n] !== 0, b.data[n] !== 0]
    if (inA && inB) both++
    sum += Number(inA) + Number(inB)
  }
  return (2 * both) / sum
}

/** NaN where one of the two shows no such landmark. */
function landmarkError(ear: EarFinding | undefined, known: ObservedEar, id: Landmark['id']): number {
  const [landmark, truth] = [ear, known].map((one) => one?.landmarks.find((mark) => mark.id === id))
  if (landmark?.status !== 'defined' || truth?.status !== 'defined') return Number.NaN
  return distance(landmark.position, truth.position)
}

/**
 * Scores a model on scans with known truth, one row per scan: `npx tsx studies/real-bone/score.ts FOLDER [MODEL]`.
 * FOLDER holds, for each scan, NAME.nii.gz, NAME_truth.nii.gz (the labyrinth on the scan's grid, not 0) and
 * NAME_truth.json ({ side: 'L' | 'R', landmarks: { helicotrema, oval_window, round_window } in LPS mm }).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { distance } from '../../src/core/math/vector.ts'
import {
  analyze,
  closeModel,
  type EarFinding,
  type Landmark,
  landmarkKinds,
  type Model,
  openModel,
  type Vector3,
  type Volume
} from '../../src/index.ts'
import { decodeNifti } from '../../src/io/nifti/decode.ts'
import { defaultModelFolder, nodeRuntime, readModelFolder, readScan } from '../../src/node.ts'

interface Truth {
  readonly side: 'L' | 'R'
  readonly landmarks: Readonly<Record<string, Vector3>>
}

interface Score {
  readonly dice: number
  /** mm, in the order of the anatomy table; NaN for a landmark that was not found. */
  readonly errors: readonly number[]
}

const [folder, modelFolder = defaultModelFolder] = process.argv.slice(2)
if (folder === undefined) throw new Error('give the folder that holds the scans')
const model = await openModel(await readModelFolder(modelFolder), nodeRuntime)
const names = readdirSync(folder).filter((name) => name.endsWith('_truth.json'))
console.log(`| scan | side | Dice | ${landmarkKinds.map(({ name }) => `${name}, mm`).join(' | ')} | seconds |`)
console.log(`|---|---|---|${landmarkKinds.map(() => '---').join('|')}|---|`)
const scores: Score[] = []
for (const name of names) scores.push(await scoreScan(join(folder, name.replace('_truth.json', '')), model))
const errors = scores.flatMap((score) => score.errors)
console.log(`Mean Dice ${mean(scores.map(({ dice }) => dice)).toFixed(3)}, landmarks ${mean(errors).toFixed(2)} mm off`)
await closeModel(model)

async function scoreScan(path: string, model: Model): Promise<Score> {
  const truth = JSON.parse(readFileSync(`${path}_truth.json`, 'utf8')) as Truth
  const { scan } = await readScan(`${path}.nii.gz`)
  const began = performance.now()
  const { labels, ears } = await analyze(scan, model)
  const seconds = (performance.now() - began) / 1000
  const trueLabels = await decodeNifti(readFileSync(`${path}_truth.nii.gz`), `${path}_truth.nii.gz`)
  const ear = ears.find(({ side }) => side === (truth.side === 'L' ? 'left' : 'right'))
  const score = {
    dice: dice(labels, trueLabels),
    errors: landmarkKinds.map(({ id }) => landmarkError(ear, id, truth.landmarks[id] as Vector3))
  }
  const sides = ears.map(({ side }) => side).join(' and ') || 'none'
  const cells = [basename(path), `${sides} (${truth.side})`, score.dice.toFixed(3)]
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

function landmarkError(ear: EarFinding | undefined, id: Landmark['id'], truth: Vector3): number {
  const landmark = ear?.landmarks.find((found) => found.id === id)
  return landmark?.status === 'defined' ? distance(landmark.position, truth) : Number.NaN
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

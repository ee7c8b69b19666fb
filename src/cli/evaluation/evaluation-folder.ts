import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { CaseFiles } from '../../cases/case-files.ts'
import type { LabelNumbers } from '../../cases/label-numbers.ts'
import { softwareVersion } from '../../core/version.ts'
import { caseEvaluation, type Evaluation } from '../../evaluate/evaluation.ts'
import { evaluationPage } from '../../evaluate/markdown.ts'
import { landmarkPlot } from '../../evaluate/plots/landmark-plot.ts'
import { outlinePlot } from '../../evaluate/plots/outline-plot.ts'
import { casesTable, landmarksTable } from '../../evaluate/tables.ts'
import { nameOf } from '../../io/file-access.ts'
import { readJson } from '../../io/json.ts'
import { diskFiles } from '../../node/file-access.ts'
import { lockOutput } from '../../node/folder-lock.ts'
import { makeFolder, sweepTemporary, writeFileAtomically } from '../../node/write-file.ts'
import { inputState } from '../cohort/input-state.ts'
import { assertOnlyResults } from '../output-folder.ts'
import type { Predictor } from './predictor.ts'

const resultFile = 'evaluation.json'
const otherFiles = ['evaluation.md', 'cases.csv', 'landmarks.csv', 'outlines.svg', 'landmarks.svg', 'cases']

const fileState = z.strictObject({ name: z.string(), files: z.int(), bytes: z.number(), modified: z.number() })
const meaning = z
  .strictObject({ outlined: z.enum(['parts', 'labyrinth']), table: z.record(z.string(), z.int()) })
  .nullable()
  .describe('what the numbers of labels mean; null where they are those of the anatomy table')

/** What makes a case's evaluation what it is: where it is all the same, it is not made again. */
const provenance = z.strictObject({
  software: z.string(),
  predictor: z.string(),
  scan: fileState.nullable().describe('null where there is none'),
  truth: z.array(fileState),
  prediction: z.array(fileState),
  labelNumbers: z.strictObject({ truth: meaning, prediction: meaning })
})

/** What `cases/ID.json` holds. */
const caseRecord = z.strictObject({
  format: z.literal('otomark-case-evaluation'),
  version: z.literal(1),
  provenance,
  notes: z.array(z.string()).describe('what to know of how its files were read'),
  evaluation: caseEvaluation
})

/** A case's evaluation, and what to know of how its files were read. */
export type EvaluatedCase = Pick<z.infer<typeof caseRecord>, 'evaluation' | 'notes'>

export type Provenance = z.infer<typeof provenance>

/** @throws InputError when a file the evaluation rests on cannot be read */
export async function provenanceOf(one: CaseFiles, predictor: Predictor): Promise<Provenance> {
  const { labels, markups, truth, scan, labelNumbers } = one
  const prediction = await predictor.inputs(one)
  return {
    software: softwareVersion,
    predictor: predictor.version,
    // Predictions can be compared without the scan, which then is missing in the record, too.
    scan: scan === null ? null : await stateOf(scan).catch(() => null),
    truth: await statesOf([labels, markups, truth].filter((path) => path !== null)),
    prediction: await statesOf(prediction.files),
    labelNumbers: { truth: meaningOf(labelNumbers), prediction: meaningOf(prediction.labelNumbers) }
  }
}

async function statesOf(paths: readonly string[]): Promise<z.infer<typeof fileState>[]> {
  const states = []
  for (const path of paths) states.push(await stateOf(path))
  return states
}

async function stateOf(path: string): Promise<z.infer<typeof fileState>> {
  return { name: nameOf(path), ...(await inputState(path)) }
}

/** Label numbers as they are read back from JSON, whose keys are text. */
function meaningOf(numbers: LabelNumbers | null): z.infer<typeof meaning> {
  return numbers && { outlined: numbers.outlined, table: Object.fromEntries(Object.entries(numbers.table)) }
}

/**
 * Makes a folder for an evaluation, or takes up the one that an earlier run left, and clears it of what a killed run left.
 * @returns lets other processes write there again
 * @throws InputError when something else lies there, ResourceError when it cannot be written
 */
export async function openEvaluationFolder(folder: string, begun: Evaluation): Promise<() => void> {
  await assertOnlyResults(folder, resultFile, otherFiles)
  await makeFolder(join(folder, 'cases'))
  const release = lockOutput(folder)
  try {
    await sweepTemporary(folder)
    await sweepTemporary(join(folder, 'cases'))
    await writeFileAtomically(join(folder, resultFile), encode(begun))
    return release
  } catch (error) {
    release()
    throw error
  }
}

/** What an earlier run made of a case; undefined when there is nothing or it would come out otherwise now. */
export async function readEvaluatedCase(
  folder: string,
  id: string,
  wanted: Provenance
): Promise<EvaluatedCase | undefined> {
  const value = await readJson(diskFiles, caseFile(folder, id)).catch(() => undefined)
  const record = caseRecord.safeParse(value).data
  return isDeepStrictEqual(record?.provenance, wanted) ? record : undefined
}

export async function writeEvaluatedCase(
  folder: string,
  { evaluation, notes }: EvaluatedCase,
  from: Provenance
): Promise<void> {
  const record = { format: 'otomark-case-evaluation', version: 1, provenance: from, notes, evaluation }
  await writeFileAtomically(caseFile(folder, evaluation.id), encode(record))
}

/** Writes the tables and plots, each whole or not at all. */
export async function writeEvaluation(folder: string, result: Evaluation): Promise<void> {
  const files = {
    [resultFile]: encode(result),
    'evaluation.md': evaluationPage(result),
    'cases.csv': casesTable(result.cases),
    'landmarks.csv': landmarksTable(result.cases),
    'outlines.svg': outlinePlot(result),
    'landmarks.svg': landmarkPlot(result)
  }
  for (const [name, content] of Object.entries(files)) await writeFileAtomically(join(folder, name), content)
}

function caseFile(folder: string, id: string): string {
  return join(folder, 'cases', `${id}.json`)
}

function encode(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`
}

import { stat } from 'node:fs/promises'
import { type CaseFiles, scanOf } from '../../cases/case-files.ts'
import { findCases } from '../../cases/find-cases.ts'
import { readTruth } from '../../cases/read-truth.ts'
import { InputError } from '../../core/errors.ts'
import { readError } from '../../io/file-error.ts'
import { diskFiles } from '../../node/file-access.ts'
import { type EarTruth, earTruth } from './labelled-ear.ts'

/** A labelled scan: where its files are, and what is known of its ears. Plain data, to be copied to other threads. */
export interface LabelledCase {
  readonly name: string
  readonly files: CaseFiles & { readonly scan: string }
  readonly ears: readonly EarTruth[]
  /** Sizes of the files, by which a changed case is noticed. */
  readonly bytes: readonly number[]
}

/** The labelled cases of a folder or list. */
export interface LabelledSet {
  readonly cases: readonly LabelledCase[]
  /** What a reader should know of how they were understood. */
  readonly notes: readonly string[]
}

/**
 * Surveys a folder or list of labelled cases (docs/reference/cases.md) and reads the truth of each.
 * @param names of the cases that are wanted; all without it
 * @throws InputError naming the first case that nothing, or nothing right, can be learned from, or that is not there
 */
export async function surveyFolder(path: string, names?: readonly string[]): Promise<LabelledSet> {
  const { cases, notes } = await findCases(diskFiles, path)
  const missing = names?.find((name) => cases.every(({ id }) => id !== name))
  if (missing !== undefined) throw new InputError(path, `holds no case ${missing}`)
  const labelled: LabelledCase[] = []
  for (const one of cases) {
    if (names === undefined || names.includes(one.id)) labelled.push(await surveyCase(one, path))
  }
  return { cases: labelled, notes }
}

async function surveyCase(one: CaseFiles, folder: string): Promise<LabelledCase> {
  const { id, labels, markups, truth } = one
  const scan = scanOf(one)
  const { outlined, ears } = await readTruth(diskFiles, one)
  if (outlined === 'labyrinth') {
    throw new InputError(
      labels ?? folder,
      'outlines the labyrinth as one label, which cannot be used to train the parts; outline cochlea, vestibule and canals apart'
    )
  }
  const source = labels ?? markups ?? truth ?? folder
  const present = [scan, labels, markups, truth].filter((path) => path !== null)
  return {
    name: id,
    files: { ...one, scan },
    ears: ears.map((ear) => earTruth(ear, source)),
    bytes: await Promise.all(present.map(sizeOf))
  }
}

async function sizeOf(path: string): Promise<number> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw readError(path, error)
  })
  return size
}

import { createHash } from 'node:crypto'
import { type CaseFiles, scanOf } from '../../cases/case-files.ts'
import { findCases } from '../../cases/find-cases.ts'
import { InputError } from '../../core/errors.ts'
import type { Geometry } from '../../core/geometry/geometry.ts'
import { reachesBeyond } from '../../core/geometry/half-space.ts'
import type { Volume, VoxelArray } from '../../core/volume.ts'
import { nameOf } from '../../io/file-access.ts'
import { diskFiles } from '../../node/file-access.ts'
import { type ReadCase, readCase } from '../../node/read-case.ts'
import { type EarTruth, earTruth } from './labelled-ear.ts'
import { isAsWellKnown, otherEarSpace } from './other-ear.ts'

/** A labelled scan: where its files are, and what is known of its ears. Plain data, to be copied to other threads. */
export interface LabelledCase {
  readonly name: string
  readonly files: CaseFiles & { readonly scan: string }
  readonly ears: readonly EarTruth[]
  /** SHA-256 of its voxels and their grid, by which the same scan under two names, or another one, is noticed. */
  readonly scan: string
  /** The same of the labels; null where there are none. */
  readonly labels: string | null
}

/** The labelled cases of a folder or list. */
export interface LabelledSet {
  readonly cases: readonly LabelledCase[]
  /** What a reader should know of how they were understood and read. */
  readonly notes: readonly string[]
}

/**
 * Surveys a folder or list of labelled cases (docs/reference/cases.md): reads scan and truth of each, so that what is no use
 * is known before anything is learned.
 * @param names of the cases that are wanted; all without it
 * @throws InputError naming the first case that nothing, or nothing right, can be learned from, or that is not there
 */
export async function surveyFolder(path: string, names?: readonly string[]): Promise<LabelledSet> {
  const { cases, notes } = await findCases(diskFiles, path)
  const missing = names?.find((name) => cases.every(({ id }) => id !== name))
  if (missing !== undefined) throw new InputError(path, `holds no case ${missing}`)
  const labelled: LabelledCase[] = []
  const all = new Set(notes)
  for (const one of cases) {
    if (names !== undefined && !names.includes(one.id)) continue
    const surveyed = await surveyCase(one, path, (file, text) => all.add(`${one.id}: ${nameOf(file)}: ${text}`))
    const twin = labelled.find(({ scan }) => scan === surveyed.scan)
    if (twin !== undefined) all.add(`${one.id} has the same scan as ${twin.name}: both are trained on, or neither`)
    labelled.push(surveyed)
  }
  return { cases: labelled, notes: [...all] }
}

async function surveyCase(
  one: CaseFiles,
  folder: string,
  note: (file: string, text: string) => void
): Promise<LabelledCase> {
  const { id, labels, markups, truth: sides } = one
  const { scan, truth } = await readCase(one, note)
  if (truth.outlined === 'labyrinth') {
    throw new InputError(
      labels ?? folder,
      'outlines the labyrinth as one label, which cannot be used to train the parts; outline cochlea, vestibule and canals apart'
    )
  }
  const source = labels ?? markups ?? sides ?? folder
  return {
    name: id,
    files: { ...one, scan: scanOf(one) },
    ears: earsOf(truth, scan.geometry, source),
    scan: hashOf(scan),
    labels: truth.labels && hashOf(truth.labels)
  }
}

/** The ears of a truth, and of each where another one may be that is not as well known. */
function earsOf({ ears, labels, isOtherOpen }: ReadCase['truth'], scan: Geometry, source: string): EarTruth[] {
  const known = ears.map((ear): EarTruth => {
    const truth = earTruth(ear, source)
    return labels !== null && !ear.isOutlined ? { ...truth, isOutlined: false } : truth
  })
  return known.map((ear) => {
    const hidden = otherEarSpace(ear)
    const isOpen = isOtherOpen || known.some((other) => !isAsWellKnown(other, ear))
    return isOpen && reachesBeyond(scan, hidden) ? { ...ear, hidden } : ear
  })
}

function hashOf({ geometry, data }: Volume<VoxelArray>): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return createHash('sha256').update(JSON.stringify(geometry)).update(bytes).digest('hex')
}

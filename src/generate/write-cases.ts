import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { caseFileNames } from '../cases/case-files.ts'
import { encodeCase } from '../cases/encode-case.ts'
import { InputError } from '../core/errors.ts'
import { noProgress, type ProgressListener } from '../core/progress.ts'
import { softwareVersion } from '../core/version.ts'
import { createVolume } from '../core/volume.ts'
import { readJson } from '../io/json.ts'
import { exists } from '../node/exists.ts'
import { diskFiles } from '../node/file-access.ts'
import { lockUnlessHeld } from '../node/folder-lock.ts'
import { makeFolder, sweepTemporary, writeFileAtomically } from '../node/write-file.ts'
import { type GeneratedCase, generateCase } from './case.ts'
import { type CaseOptions, caseOptions } from './sample/options.ts'

/** The cases 0 to `count` − 1 of a seed. */
export interface GeneratedCases {
  readonly seed: number
  readonly count: number
  readonly options: CaseOptions
  /** Is done with the folder of each case that is whole, also of one that was there. */
  readonly eachCase?: (folder: string) => Promise<void>
}

/** Time between two looks at cases that other processes write, ms. */
const pause = 200

/**
 * Writes generated cases with their truth, a folder for each; those that are there, whole, stay. Several processes may
 * write the same cases together: each takes those that no other is at, and all end when every case is whole.
 * @throws InputError where a case of other options is there; ResourceError where the folder cannot be written
 */
export async function writeGeneratedCases(
  folder: string,
  { seed, count, options, eachCase }: GeneratedCases,
  progress: ProgressListener = noProgress
): Promise<void> {
  await makeFolder(folder)
  let left = Array.from({ length: count }, (_, index) => index)
  let done = 0
  while (left.length > 0) {
    const elsewhere: number[] = []
    for (const index of left) {
      progress({ stage: 'generating cases', done, total: count })
      const caseFolder = join(folder, `case-${seed}-${String(index).padStart(4, '0')}`)
      if (
        await isMadeWhole(caseFolder, options, () => writeCase(caseFolder, generateCase(seed, index, options), options))
      ) {
        done++
        await eachCase?.(caseFolder)
      } else elsewhere.push(index)
    }
    left = elsewhere
    if (left.length > 0) await setTimeout(pause)
  }
  progress({ stage: 'generating cases', done: count, total: count })
}

/** @returns whether the case is whole now; false where another process writes it */
async function isMadeWhole(caseFolder: string, options: CaseOptions, make: () => Promise<void>): Promise<boolean> {
  if (await isWhole(caseFolder, options)) return true
  await makeFolder(caseFolder)
  const release = lockUnlessHeld(caseFolder)
  if (release === undefined) return false
  try {
    // Another process may have ended between the look and the lock.
    if (!(await isWhole(caseFolder, options))) await make()
  } finally {
    release()
  }
  return true
}

const madeWith = z.looseObject({ options: caseOptions })

/** Whether a case is there: truth.json is written last, so that a stopped run goes on after it. @throws InputError for one of other options */
async function isWhole(caseFolder: string, wanted: CaseOptions): Promise<boolean> {
  const truth = join(caseFolder, caseFileNames.truth)
  if (!(await exists(truth))) return false
  const made: Partial<CaseOptions> = madeWith.safeParse(await readJson(diskFiles, truth)).data?.options ?? {}
  const names = Object.keys(caseOptions.shape) as (keyof CaseOptions)[]
  const other = names.filter((name) => JSON.stringify(made[name]) !== JSON.stringify(wanted[name]))
  if (other.length === 0) return true
  throw new InputError(
    caseFolder,
    `holds a case that was not generated with these options (${other.join(', ')} differ); choose another folder or remove it`
  )
}

async function writeCase(folder: string, generated: GeneratedCase, options: CaseOptions): Promise<void> {
  const { scan, parameters, ears } = generated
  const files = encodeCase({
    scan,
    labels: createVolume(scan.geometry, generated.labels(scan.geometry)),
    ears: ears.map((ear) => ({
      side: ear.frame.side,
      landmarks: ear.landmarks,
      more: {
        ...(ear.malformation !== undefined && { malformation: ear.malformation }),
        ...(ear.electrode !== undefined && { electrode: ear.electrode }),
        measurements: ear.measurements()
      }
    })),
    description: 'otomark: generated, not a patient',
    more: { generated: true, software: `otomark ${softwareVersion}`, options, parameters }
  })
  await sweepTemporary(folder)
  for (const [name, content] of Object.entries(files)) await writeFileAtomically(join(folder, name), content)
}

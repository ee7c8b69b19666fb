import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { caseFileNames } from '../cases/case-files.ts'
import { encodeCase } from '../cases/encode-case.ts'
import { noProgress, type ProgressListener } from '../core/progress.ts'
import { softwareVersion } from '../core/version.ts'
import { createVolume } from '../core/volume.ts'
import { makeFolder, sweepTemporary, writeFileAtomically } from '../node/write-file.ts'
import { type GeneratedCase, generateCase } from './case.ts'
import type { CaseOptions } from './sample/options.ts'

/** The cases 0 to `count` − 1 of a seed. */
export interface GeneratedCases {
  readonly seed: number
  readonly count: number
  readonly options: CaseOptions
  /** Is done with the folder of each case that is whole, also of one that was there. */
  readonly eachCase?: (folder: string) => Promise<void>
}

/** Writes generated cases with their truth, a folder for each; those that are there, whole, stay. */
export async function writeGeneratedCases(
  folder: string,
  { seed, count, options, eachCase }: GeneratedCases,
  progress: ProgressListener = noProgress
): Promise<void> {
  await makeFolder(folder)
  for (let index = 0; index < count; index++) {
    progress({ stage: 'generating cases', done: index, total: count })
    const caseFolder = join(folder, `case-${seed}-${String(index).padStart(4, '0')}`)
    // truth.json is written last: a folder that has it is whole, and a stopped run goes on after it.
    const isWhole = await exists(join(caseFolder, caseFileNames.truth))
    if (!isWhole) await writeCase(caseFolder, generateCase(seed, index, options), options)
    await eachCase?.(caseFolder)
  }
  progress({ stage: 'generating cases', done: count, total: count })
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
  await makeFolder(folder)
  await sweepTemporary(folder)
  for (const [name, content] of Object.entries(files)) await writeFileAtomically(join(folder, name), content)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false
  )
}

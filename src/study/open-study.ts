import { createHash } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { findCases } from '../cases/find-cases.ts'
import { UsageError } from '../core/errors.ts'
import { readJson } from '../io/json.ts'
import { diskFiles } from '../node/file-access.ts'
import { makeFolder, writeFileAtomically } from '../node/write-file.ts'
import { configurationHash } from '../train/configuration.ts'
import { readStart } from '../train/start.ts'
import { expand, type PlannedRun, type Variation, variationsOf } from './expand.ts'
import { type GeneratedSet, parseStudy, type StudySpecification } from './specification.ts'
import { type Split, splitCases } from './splits.ts'

/** Where labelled cases lie, by the name a study knows them by. */
export type CaseFolders = Readonly<Record<string, string>>

/** A run and the hash of all that decides its weights, which names its folder. */
export interface StudyRun extends PlannedRun {
  readonly hash: string
}

/** A study's file with everything it stands for. */
export interface OpenStudy {
  readonly source: string
  readonly specification: StudySpecification
  /** Holds the runs, the generated cases and the table. */
  readonly folder: string
  readonly caseFolders: CaseFolders
  readonly variations: readonly Variation[]
  readonly splits: readonly Split[]
  readonly runs: readonly StudyRun[]
}

const foldersFile = z.record(z.string(), z.string())

/**
 * Reads a study and expands it to its runs. Nothing is written.
 * @param output the study's folder; `runs/` and its name when left out
 * @param given folders of labelled cases; those of an earlier call are known from the study's folder
 * @throws UsageError or InputError for a study that cannot be run as it is
 */
export async function openStudy(
  source: string,
  output: string | undefined,
  given: CaseFolders = {}
): Promise<OpenStudy> {
  const specification = parseStudy(await readJson(diskFiles, source), source)
  const folder = resolve(output ?? join('runs', specification.name))
  const caseFolders = { ...(await rememberedFolders(folder)), ...absolute(given) }
  const beside = (path: string | null): string | null => (path === null ? null : resolve(dirname(source), path))
  const variations = variationsOf(specification, source).map((one) => ({ ...one, start: beside(one.start) }))
  const splits = await splitsOf(specification, caseFolders, source)
  const starts = new Map<Variation, string>()
  for (const variation of variations) {
    const { start, configuration } = variation
    if (start !== null) starts.set(variation, (await readStart(start, configuration)).sha256)
  }
  const runs = expand(specification, variations, splits).map((run) => ({
    ...run,
    hash: hashOf(run, specification, starts.get(run.variation) ?? '')
  }))
  return { source, specification, folder, caseFolders, variations, splits, runs }
}

/** Writes down where the labelled cases are, so that later commands need no --cases. */
export async function rememberFolders({ folder, caseFolders }: OpenStudy): Promise<void> {
  await makeFolder(folder)
  await writeFileAtomically(join(folder, 'cases.json'), `${JSON.stringify(caseFolders, null, 2)}\n`)
}

async function rememberedFolders(folder: string): Promise<CaseFolders> {
  const value = await readJson(diskFiles, join(folder, 'cases.json')).catch(() => undefined)
  return foldersFile.safeParse(value).data ?? {}
}

function absolute(folders: CaseFolders): CaseFolders {
  return Object.fromEntries(Object.entries(folders).map(([name, path]) => [name, resolve(path)]))
}

async function splitsOf({ splits }: StudySpecification, folders: CaseFolders, source: string): Promise<Split[]> {
  if (splits === undefined) return []
  const path = folders[splits.cases]
  if (path === undefined) {
    throw new UsageError(
      `${source}: splits the cases ${splits.cases}; say where they are: --cases ${splits.cases}=FOLDER`
    )
  }
  const { cases } = await findCases(diskFiles, path)
  return splitCases(
    cases.map(({ id }) => id),
    splits
  )
}

/** SHA-256 of what decides a run's weights. Its name, its group and how it is judged do not. */
function hashOf({ configuration, split }: PlannedRun, study: StudySpecification, start: string): string {
  const { training, splits } = study
  const labelled = split && { cases: split.training, share: splits?.share }
  const inputs = [start, training && setKey(training), labelled && JSON.stringify(labelled)].map((text) => text ?? '')
  return configurationHash(configuration, inputs).slice(0, 16)
}

/** A key of a generated set, which is also part of its folder's name. */
export function setKey({ seed, count, options }: GeneratedSet): string {
  return createHash('sha256').update(JSON.stringify({ seed, count, options })).digest('hex').slice(0, 12)
}

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { CaseFiles } from '../cases/case-files.ts'
import { findCases } from '../cases/find-cases.ts'
import { InputError } from '../core/errors.ts'
import type { ProgressListener } from '../core/progress.ts'
import { writeGeneratedCases } from '../generate/write-cases.ts'
import { contentHash } from '../node/content-hash.ts'
import { diskFiles } from '../node/file-access.ts'
import { type OpenStudy, type StudyRun, setKey } from './open-study.ts'
import type { GeneratedSet, StudySpecification } from './specification.ts'

/** Cases that a run is judged by. */
export interface JudgedSet {
  readonly name: string
  /** Where they lie, or will be generated. */
  readonly folder: string
  /** Names of those that are used; null for all. */
  readonly cases: readonly string[] | null
  /** Changes when the cases do, or how they are looked at. */
  readonly key: string
}

/** Where a generated set lies in a study's folder. */
export function generatedFolder({ folder }: Pick<OpenStudy, 'folder'>, set: GeneratedSet): string {
  return join(folder, 'cases', setKey(set))
}

/** Generates what of a study's generated cases is not there yet. */
export async function generateSets(study: OpenStudy, progress: ProgressListener): Promise<void> {
  const { training, evaluation } = study.specification
  const sets: GeneratedSet[] = [...(training === undefined ? [] : [training]), ...evaluation]
  for (const set of sets) await writeGeneratedCases(generatedFolder(study, set), set, progress)
}

/** The labelled folders of a study by name, each with hashes of its cases' files by id. */
export type KnownFolders = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Checks once the folders that were given to a study. @throws InputError for one that holds no case */
export async function surveyFolders({ caseFolders }: OpenStudy): Promise<KnownFolders> {
  const known = new Map<string, Map<string, string>>()
  for (const [name, folder] of Object.entries(caseFolders)) {
    const states = new Map<string, string>()
    for (const one of (await findCases(diskFiles, folder)).cases) states.set(one.id, await contentOf(one))
    known.set(name, states)
  }
  return known
}

/** What a run is judged by: the study's generated sets, the folders given, and of split cases those of its split. */
export function judgedSets(study: OpenStudy, known: KnownFolders, run: StudyRun): JudgedSet[] {
  const { evaluation, splits, pose } = study.specification
  const generated = evaluation.map(({ name, ...set }) => ({
    name,
    folder: generatedFolder(study, set),
    cases: null,
    key: keyOf(pose, setKey(set), null)
  }))
  const given = [...known].map(([name, states]) => {
    const state = JSON.stringify([...states])
    const cases = splits?.cases === name ? (run.split?.judged ?? null) : null
    return { name, folder: study.caseFolders[name] as string, cases, key: keyOf(pose, state, cases) }
  })
  const double = given.find(({ name }) => generated.some((set) => set.name === name))
  if (double !== undefined) {
    throw new InputError(
      double.folder,
      `is called ${double.name}, as a generated set of ${study.source}; name it otherwise`
    )
  }
  return [...generated, ...given]
}

function keyOf(pose: StudySpecification['pose'], state: string, cases: readonly string[] | null): string {
  return createHash('sha256').update(JSON.stringify({ pose, state, cases })).digest('hex').slice(0, 16)
}

/** Changes when the labelled cases do that a run is trained on; null where it is trained on none. */
export function trainingKey(study: OpenStudy, known: KnownFolders, { split }: StudyRun): string | null {
  const { splits } = study.specification
  const states = splits && known.get(splits.cases)
  if (split === null || states === undefined) return null
  const used = split.training.map((id) => [id, states.get(id)])
  return createHash('sha256').update(JSON.stringify(used)).digest('hex').slice(0, 16)
}

async function contentOf({ scan, labels, markups, truth }: CaseFiles): Promise<string> {
  const paths = [scan, labels, markups, truth].filter((path) => path !== null)
  return (await Promise.all(paths.map(contentHash))).join(' ')
}

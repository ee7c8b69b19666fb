import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { judgedSets } from '../case-sets.ts'
import { baseName, type Variation } from '../expand.ts'
import type { OpenStudy, StudyRun } from '../open-study.ts'
import { readEvaluation, readTraining, runFolderOf, type TrainingRecord } from '../run-folder.ts'
import { type Figures, figuresOf, type Measure } from './measures.ts'

/** What a run's files say. */
export interface RunResult {
  readonly run: StudyRun
  readonly training: TrainingRecord
  /** By the name of the set. */
  readonly figures: ReadonlyMap<string, Figures>
  /** Cases that could not be judged, by the name of the set. */
  readonly failed: ReadonlyMap<string, number>
}

/** What lies on the disk of a study. */
export interface StudyResults {
  readonly study: OpenStudy
  readonly sets: readonly string[]
  readonly runs: readonly RunResult[]
}

/** Reads what there is of a study's runs; those that are not trained are left out. */
export async function readResults(study: OpenStudy): Promise<StudyResults> {
  const runs: RunResult[] = []
  const sets = new Set(study.specification.evaluation.map(({ name }) => name))
  for (const run of study.runs) {
    const folder = runFolderOf(study, run)
    const training = await readTraining(folder, run.hash)
    if (training === undefined) continue
    const { classes, landmarks } = run.configuration.network
    const figures = new Map<string, Figures>()
    const failed = new Map<string, number>()
    // Those of other generated cases, or of another error of the pose, are no figures of this study. Labelled folders may be elsewhere.
    const keys = new Map(judgedSets(study, new Map(), run).map(({ name, key }) => [name, key]))
    for (const name of await namesOfSets(folder)) {
      const record = await readEvaluation(folder, run.hash, name, keys.get(name))
      if (record === undefined) continue
      sets.add(name)
      figures.set(name, figuresOf(record.cases, { outline: classes > 0, landmarks: landmarks > 0 }))
      failed.set(name, record.failed.length)
    }
    runs.push({ run, training, figures, failed })
  }
  return { study, sets: [...sets], runs }
}

/**
 * The figures of a variation by one measure, one for each seed: over the splits of a seed they are averaged, of which
 * all must be there.
 */
export function valuesOf({ study, runs }: StudyResults, variation: Variation, set: string, measure: Measure): number[] {
  const { seeds } = study.specification
  const wanted = Math.max(1, study.splits.length)
  const own = runs.filter(({ run }) => run.variation === variation)
  return (variation.name === baseName ? seeds.base : seeds.variations).flatMap((seed) => {
    const values = own
      .filter(({ run }) => run.seed === seed)
      .flatMap(({ figures }) => figures.get(set)?.[measure.id] ?? [])
    return values.length === wanted ? [values.reduce((sum, value) => sum + value, 0) / wanted] : []
  })
}

async function namesOfSets(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'evaluation')).catch(() => [])
  return names
    .filter((name) => /^[^.].*\.json$/.test(name))
    .map((name) => name.slice(0, -'.json'.length))
    .sort()
}

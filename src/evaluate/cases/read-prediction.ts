import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { InputError } from '../../core/errors.ts'
import { readError } from '../../io/file-error.ts'
import { readLabelMap } from '../../node/read-scan.ts'
import { imageNamed } from './find-cases.ts'
import { type Observation, observe } from './observed-ear.ts'
import { parseJson, readMarkedEars, readText } from './read-truth.ts'

/** The files of one prediction; null where there is none. */
export interface PredictionFiles {
  readonly labels: string | null
  readonly markups: string | null
  /** `result.json`, which tells the sides. */
  readonly result: string | null
}

/**
 * Where the prediction of a case lies in a folder: what `otomark analyze` writes in `ID/` or, for a cohort, in
 * `cases/ID/`; or the files `ID.*` (labels) and `ID.mrk.json` of any other program.
 * @throws InputError when there is none
 */
export async function findPrediction(folder: string, id: string): Promise<PredictionFiles> {
  for (const place of [join(folder, id), join(folder, 'cases', id)]) {
    const names = await readdir(place).catch(() => [])
    const files = select(place, names, { labels: 'labels', markups: 'landmarks.mrk.json', result: 'result.json' })
    if (files.labels !== null || files.markups !== null) return files
  }
  const names = await readdir(folder).catch((error: unknown) => {
    throw readError(folder, error)
  })
  const files = select(folder, names, { labels: id, markups: `${id}.mrk.json`, result: `${id}.json` })
  if (files.labels !== null || files.markups !== null) return files
  throw new InputError(folder, `holds no prediction of ${id}: ${id}/labels.*, ${id}/landmarks.mrk.json or ${id}.nii.gz`)
}

function select(
  folder: string,
  names: readonly string[],
  wanted: { readonly labels: string; readonly markups: string; readonly result: string }
): PredictionFiles {
  const path = (name: string | undefined): string | null => (name === undefined ? null : join(folder, name))
  return {
    labels: path(imageNamed(names, wanted.labels)),
    markups: path(names.find((name) => name === wanted.markups)),
    result: path(names.find((name) => name === wanted.result))
  }
}

const sides = z.looseObject({ ears: z.array(z.looseObject({ side: z.enum(['left', 'right']) })) })

/** @throws InputError naming the file that cannot be read or understood */
export async function readPrediction({ labels, markups, result }: PredictionFiles): Promise<Observation> {
  const marked = markups === null ? [] : await readMarkedEars(markups)
  const parsed = result === null ? undefined : sides.safeParse(parseJson(await readText(result)))
  if (parsed?.success === false) throw new InputError(result ?? '', 'does not tell the sides of the ears')
  const told = parsed?.data.ears ?? []
  // The lists of a result's markups are in the order of its ears.
  const ears = told.length === 0 ? marked : told.map(({ side }, n) => ({ side, landmarks: marked[n]?.landmarks ?? [] }))
  return observe(labels === null ? null : await readLabelMap(labels), ears)
}

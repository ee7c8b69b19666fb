import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { Side } from '../../core/anatomy.ts'
import { InputError } from '../../core/errors.ts'
import type { Landmark } from '../../core/landmark.ts'
import { distance } from '../../core/math/vector.ts'
import { decodeMarkups } from '../../io/decode-markups.ts'
import { readError } from '../../io/file-error.ts'
import type { MarkupsList } from '../../io/markups.ts'
import { readLabelMap } from '../../node/read-scan.ts'
import { type EarTruth, frameOf, labelledEars } from './labelled-ear.ts'

/** A labelled scan: where its files are, and what is known of its ears. Plain data, to be copied to other threads. */
export interface LabelledCase {
  readonly name: string
  readonly scan: string
  /** The label map; null where the scan is not outlined. */
  readonly labels: string | null
  readonly ears: readonly EarTruth[]
  /** Sizes of the files, by which a changed case is noticed. */
  readonly bytes: readonly number[]
}

const imageEnding = /\.(nii|nii\.gz|nrrd|nhdr|mha|mhd)$/i

/**
 * Looks through a folder of labelled cases, one folder each: `ct.*` (any scan that can be analysed; `ct` may be a folder
 * with a DICOM series), `labels.*`, `landmarks.mrk.json`, `truth.json`. What `otomark generate` writes is such a folder;
 * beside what `otomark analyze` wrote, corrected by hand, only the scan is missing.
 * @returns the cases in the order of their names
 * @throws InputError naming the first case that is no use
 */
export async function readLabelledFolder(folder: string): Promise<LabelledCase[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw readError(folder, error)
  })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  if (names.length === 0) throw new InputError(folder, 'holds no folder with a labelled case')
  const cases: LabelledCase[] = []
  for (const name of names.sort()) cases.push(await readCase(join(folder, name)))
  return cases
}

async function readCase(folder: string): Promise<LabelledCase> {
  const names = await readdir(folder)
  const find = (fits: (name: string) => boolean): string | null => {
    const found = names.filter(fits)
    if (found.length > 1) throw new InputError(folder, `holds ${found.join(' and ')}, of which only one can be meant`)
    return found[0] === undefined ? null : join(folder, found[0])
  }
  const isImage = (name: string, stem: string): boolean =>
    name.startsWith(`${stem}.`) && imageEnding.test(name) && name.replace(imageEnding, '') === stem
  const scan = find((name) => name === 'ct' || isImage(name, 'ct'))
  if (scan === null) throw new InputError(folder, 'holds no scan; put it there as ct.nii.gz, ct.nrrd, ct.mha or ct/')
  const labels = find((name) => isImage(name, 'labels'))
  const landmarks = find((name) => name === 'landmarks.mrk.json')
  const truth = find((name) => name === 'truth.json')
  if (labels === null && landmarks === null) {
    throw new InputError(folder, 'holds neither labels (labels.nii.gz) nor landmarks (landmarks.mrk.json)')
  }
  const files = [scan, labels, landmarks, truth].filter((path) => path !== null)
  const lists = landmarks === null ? [] : decodeMarkups(await readText(landmarks), landmarks)
  return {
    name: basename(folder),
    scan,
    labels,
    ears: await earsOf(folder, labels, lists, truth === null ? undefined : await readSide(truth)),
    bytes: await Promise.all(files.map(async (path) => (await stat(path)).size))
  }
}

/** Brings together the ears of the label map and those of the landmark lists. */
async function earsOf(
  folder: string,
  labels: string | null,
  lists: readonly MarkupsList[],
  side: Side | undefined
): Promise<EarTruth[]> {
  const outlined = labels === null ? [] : labelledEars(await readLabelMap(labels), labels)
  const marked = lists.filter(({ landmarks }) => landmarks.some(({ status }) => status === 'defined'))
  const count = Math.max(outlined.length, marked.length)
  if (count > 2) throw new InputError(folder, `shows ${count} ears; a scan has at most two`)
  if (count === 2 && side !== undefined) throw new InputError(folder, 'shows two ears, but truth.json names one side')
  const ears: EarTruth[] = []
  const left = [...marked]
  for (const centers of outlined) {
    const middle = [...centers.values()][0]
    const at = left.findIndex(({ landmarks }) =>
      landmarks.some((landmark) => landmark.status === 'defined' && middle && distance(landmark.position, middle) < 30)
    )
    const [list] = at < 0 ? [] : left.splice(at, 1)
    ears.push(earOf(folder, centers, list, side))
  }
  for (const list of left) ears.push(earOf(folder, new Map(), list, side))
  return ears
}

function earOf(
  folder: string,
  centers: ReturnType<typeof labelledEars>[number],
  list: MarkupsList | undefined,
  side: Side | undefined
): EarTruth {
  const landmarks: readonly Landmark[] = list?.landmarks ?? []
  const points = new Map(centers)
  for (const landmark of landmarks) if (landmark.status === 'defined') points.set(landmark.id, landmark.position)
  return { landmarks, frame: frameOf(points, side ?? sideNamed(list?.name), folder) }
}

function sideNamed(name = ''): Side | undefined {
  return (['left', 'right'] as const).find((side) => name.toLowerCase().includes(side))
}

async function readSide(path: string): Promise<Side | undefined> {
  const schema = z.looseObject({ side: z.enum(['left', 'right']).nullish() })
  let value: unknown
  try {
    value = JSON.parse(await readText(path))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new InputError(path, 'is no JSON that names a side, "left" or "right"')
  return parsed.data.side ?? undefined
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw readError(path, error)
  })
}

import { z } from 'zod'
import { InputError } from '../../core/errors.ts'
import { type FileAccess, type FolderEntry, pathIn } from '../../io/file-access.ts'
import { readJson } from '../../io/json.ts'
import type { CaseSet } from '../case-set.ts'
import { imageNamed, imageStem } from '../image-names.ts'
import { labelNumbersOf } from '../label-numbers.ts'

const description = 'dataset.json'
const folders = { images: 'imagesTr', labels: 'labelsTr' } as const

const datasetFile = z.looseObject({
  labels: z.record(z.string(), z.unknown()),
  channel_names: z.record(z.string(), z.string()).optional(),
  modality: z.record(z.string(), z.string()).optional()
})

/** Whether a folder is a dataset as nnU-Net reads it. */
export function isNnunetDataset(entries: readonly FolderEntry[]): boolean {
  const holds = (wanted: string): boolean => entries.some(({ name }) => name === wanted)
  return holds(description) && holds(folders.labels)
}

/**
 * The training cases of an nnU-Net dataset (versions 1 and 2): `imagesTr/NAME_0000.nii.gz` or any other image format,
 * `labelsTr/NAME.nii.gz`, and the labels' names in `dataset.json`. Of several channels the one called CT is read. Those
 * to test on (`imagesTs`) have no labels and are left out.
 * @throws InputError if it cannot be read, if labels are not named as they must be, or if it is no CT
 */
export async function nnunetDataset(files: FileAccess, folder: string): Promise<CaseSet> {
  const source = pathIn(folder, description)
  const dataset = datasetFile.safeParse(await readJson(files, source))
  if (!dataset.success) throw new InputError(source, 'names no labels; see documentation/dataset_format.md of nnU-Net')
  const { labels, channel_names, modality } = dataset.data
  const { numbers, note } = labelNumbersOf(labels, source)
  const channel = ctChannel(channel_names ?? modality ?? { 0: 'CT' }, source)
  const [imageNames, labelFiles] = [
    await filesIn(files, folder, folders.images),
    await filesIn(files, folder, folders.labels)
  ]
  const ids = new Set(labelFiles.flatMap((name) => imageStem(name) ?? []))
  const cases = [...ids].map((id) => {
    const [images, outlines] = [pathIn(folder, folders.images), pathIn(folder, folders.labels)]
    const path = (place: string, name: string | undefined) => (name === undefined ? null : pathIn(place, name))
    const scan = imageNamed(images, imageNames, `${id}_${channel}`) ?? imageNamed(images, imageNames, id)
    return {
      id,
      scan: path(images, scan),
      scanPlace: pathIn(images, `${id}_${channel}.nii.gz`),
      labels: path(outlines, imageNamed(outlines, labelFiles, id)),
      labelNumbers: numbers,
      markups: null,
      truth: null
    }
  })
  return { cases, notes: [note] }
}

async function filesIn(files: FileAccess, folder: string, name: string): Promise<string[]> {
  const entries = await files.list(pathIn(folder, name))
  return entries.filter(({ isFolder }) => !isFolder).map((entry) => entry.name)
}

/** The four digits by which the CT's files are distinguished from those of other channels. */
function ctChannel(channels: Readonly<Record<string, string>>, source: string): string {
  const all = Object.entries(channels)
  const named = all.filter(([, name]) => /^ct$/i.test(name.trim()))
  const [only] = named.length === 1 ? named : all.length === 1 ? all : []
  if (only !== undefined) return only[0].padStart(4, '0')
  throw new InputError(
    source,
    `has the channels ${all.map(([, name]) => name).join(', ')}; exactly one must be called CT`
  )
}

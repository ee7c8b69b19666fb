import { z } from 'zod'
import { InputError } from '../../core/errors.ts'
import { type FileAccess, folderOf, nameOf, pathIn } from '../../io/file-access.ts'
import { readJson } from '../../io/json.ts'
import type { CaseSet } from '../case-set.ts'
import { imageStem } from '../image-names.ts'
import { labelNumbersOf } from '../label-numbers.ts'

const onePath = z.union([z.string(), z.tuple([z.string()]).transform(([path]) => path)])
const listFile = z.looseObject({
  training: z.array(z.looseObject({ image: onePath, label: onePath })),
  labels: z.record(z.string(), z.unknown()).optional()
})

/**
 * The cases of a list as MONAI's `load_decathlon_datalist` reads it: `{"training": [{"image": …, "label": …}]}`, with
 * paths relative to the list. Where it has `labels` as the Medical Segmentation Decathlon does, they say what the numbers
 * mean; otherwise they are those of the anatomy table. Other sections than `training` are left out.
 * @throws InputError if it cannot be read or is no such list
 */
export async function monaiList(files: FileAccess, path: string): Promise<CaseSet> {
  const list = listFile.safeParse(await readJson(files, path))
  if (!list.success) {
    throw new InputError(path, 'is no list of cases: {"training": [{"image": "a.nii.gz", "label": "b.nii.gz"}]}')
  }
  const { training, labels } = list.data
  const named = labels === undefined ? undefined : labelNumbersOf(labels, path)
  const stems = training.map(({ image }) => stemOf(image))
  const cases = training.map(({ image, label }, at) => ({
    id: stems.filter((stem) => stem === stems[at]).length === 1 ? (stems[at] as string) : longName(image),
    scan: pathIn(folderOf(path), image),
    scanPlace: pathIn(folderOf(path), image),
    labels: pathIn(folderOf(path), label),
    labelNumbers: named?.numbers ?? null,
    markups: null,
    truth: null
  }))
  return { cases, notes: named === undefined ? [] : [named.note] }
}

/** `imagesTr/ear_7_0000.nii.gz` is the case `ear_7`. */
function stemOf(image: string): string {
  const name = nameOf(image)
  return (imageStem(name) ?? name).replace(/_0000$/, '')
}

/** A name for a case whose file is called as another's is: `p01/ct.nii.gz` is the case `p01_ct`. */
function longName(image: string): string {
  return (imageStem(image) ?? image).replace(/^[./\\]+/, '').replaceAll(/[^A-Za-z0-9.-]+/g, '_')
}

import { InputError } from '../core/errors.ts'

const imageEnding = /\.(nii|nii\.gz|hdr|hdr\.gz|nrrd|nhdr|mha|mhd)$/i

/** The endings for people. */
export const imageEndings = '.nii, .nii.gz, .hdr with its .img, .nrrd, .nhdr, .mha, .mhd'

/** An image file's name without the ending of its format; undefined for any other file, such as the .img of a pair. */
export function imageStem(name: string): string | undefined {
  return imageEnding.test(name) ? name.replace(imageEnding, '') : undefined
}

/**
 * The one image called `stem` among the names in a folder; undefined where there is none.
 * @throws InputError where there are several, such as ct.nii.gz and ct.nrrd
 */
export function imageNamed(folder: string, names: readonly string[], stem: string): string | undefined {
  return onlyOne(
    folder,
    names.filter((name) => imageStem(name) === stem)
  )
}

/** @throws InputError where there are several */
export function onlyOne(folder: string, names: readonly string[]): string | undefined {
  if (names.length < 2) return names[0]
  throw new InputError(folder, `holds ${names.join(' and ')}, of which only one can be meant; move the others away`)
}

import { InputError } from '../../core/errors.ts'
import type { DicomContent } from './slice.ts'

type Directory = Extract<DicomContent, { lists: readonly string[] }>

/**
 * What a DICOMDIR lists among the contents of its folder and the folders in it; nothing else is read, so that a
 * path in it cannot lead out of the folder. Names are compared without case, since copies of discs may have names in lower case.
 * @throws InputError if none of the files that it lists is there
 */
export function listedFiles(source: string, contents: readonly DicomContent[], directory: string): DicomContent[] {
  const found = contents.find((content): content is Directory => content.file === directory && 'lists' in content)
  if (found === undefined) throw new InputError(source, `${directory} is a damaged or truncated DICOMDIR`)
  const listed = new Set(pathsOf(found))
  const there = contents.filter(({ file }) => listed.has(plain(file)))
  if (there.length > 0) return there
  throw new InputError(
    source,
    `none of the ${listed.size} files that ${directory} lists is there; give the folder that holds the DICOM files`
  )
}

/** Notes of files that a DICOMDIR lists and that are not there. */
export function missingFiles(contents: readonly DicomContent[]): readonly string[] {
  const there = new Set(contents.map(({ file }) => plain(file)))
  return contents.flatMap((content) => {
    if (!('lists' in content)) return []
    const missing = pathsOf(content).filter((path) => !there.has(path))
    return missing.length === 0 ? [] : [`${missing.length} files that ${content.file} lists are not there`]
  })
}

function pathsOf({ file, lists }: Directory): readonly string[] {
  const folder = file.replaceAll('\\', '/').replace(/[^/]*$/, '')
  return lists.map((path) => plain(folder + path))
}

function plain(path: string): string {
  return path.replaceAll('\\', '/').toLowerCase()
}

import { basename, dirname, isAbsolute } from 'node:path'

/**
 * A path as results may hold it: as it was given, without the folders of an absolute one, which often hold names of
 * users and patients.
 */
export function givenPath(path: string): string {
  return isAbsolute(path) ? basename(path) : path
}

/** A text, such as an error's, without the folders above paths that were given. */
export function withoutFolders(text: string, paths: readonly string[]): string {
  const folders = paths.filter((path) => isAbsolute(path) && basename(path) !== '').map((path) => dirname(path))
  return folders.reduce((left, folder) => left.replaceAll(folder.endsWith('/') ? folder : `${folder}/`, ''), text)
}

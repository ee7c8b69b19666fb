/** A file or folder in a folder. */
export interface FolderEntry {
  readonly name: string
  readonly isFolder: boolean
}

/**
 * Files wherever they lie: on a disk, or dropped onto a page. Paths have slashes between their names; what they are
 * relative to is the giver's choice.
 */
export interface FileAccess {
  /**
   * What lies in a folder, in the order of the names, without what is passed over everywhere (`isPassedOver`).
   * @throws InputError if it cannot be read
   */
  list(folder: string): Promise<FolderEntry[]>
  /**
   * @param maxBytes more than this is refused before it is read
   * @throws InputError if it cannot be read or is larger, ResourceError if there is not enough memory
   */
  read(path: string, maxBytes?: number): Promise<Uint8Array>
  /** The first bytes of a file, at most so many. @throws InputError if it cannot be read */
  readStart(path: string, bytes: number): Promise<Uint8Array>
}

/** The path of a file beside or below a folder; one that is absolute already stays. */
export function pathIn(folder: string, name: string): string {
  if (/^([/\\]|[A-Za-z]:[/\\])/.test(name)) return name
  const below = name.replace(/^(\.\/)+/, '')
  return folder === '' || folder === '.' ? below : `${folder.replace(/[/\\]+$/, '')}/${below}`
}

/** The folder of a path; `.` of a bare name. */
export function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return end < 0 ? '.' : path.slice(0, Math.max(end, 1))
}

/** The last name of a path. */
export function nameOf(path: string): string {
  return /([^/\\]*)[/\\]*$/.exec(path)?.[1] ?? path
}

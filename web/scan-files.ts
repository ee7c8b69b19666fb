/** A file that was dropped or chosen, under the path it has in its folder. */
export interface ScanFile {
  readonly path: string
  readonly file: File
}

/** What a person dropped or chose, as one input: its name, and every file in it, or the id of a session that is kept. */
export interface ScanInput {
  readonly name: string
  readonly content: readonly ScanFile[] | string
}

/** All files of a drop, folders looked through. */
export async function filesOfDrop({ items }: DataTransfer): Promise<ScanInput> {
  // The list is emptied as soon as the event is over, so that all entries are taken before the first await.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const files: ScanFile[] = []
  for (const entry of entries) await collect(entry, files)
  return { name: entries.length === 1 ? (entries[0]?.name ?? '') : nameOf(files), content: files }
}

/** The files of a file chooser; of a whole folder when it asked for one. */
export function filesOfInput(list: FileList): ScanInput {
  const files = [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }))
  const folder = files[0]?.path.includes('/') ? files[0].path.split('/')[0] : undefined
  return { name: folder ?? nameOf(files), content: files }
}

function nameOf(files: readonly ScanFile[]): string {
  return files.length === 1 ? (files[0]?.path ?? '') : `${files.length} files`
}

async function collect(entry: FileSystemEntry, into: ScanFile[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '')
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    into.push({ path, file })
  } else if (isFolder(entry)) {
    const reader = entry.createReader()
    const read = (): Promise<FileSystemEntry[]> => new Promise((resolve, reject) => reader.readEntries(resolve, reject))
    // A reader hands out a hundred entries at a time, then none.
    for (let batch = await read(); batch.length > 0; batch = await read()) {
      for (const child of batch) await collect(child, into)
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

/** One scan of a cohort. */
export interface CohortScan {
  /** The user's name for it, or one made from its path. */
  readonly id: string
  readonly path: string
  /** Its path as the user wrote it, from the list or folder that was given; results name it so. */
  readonly given: string
  /** Which DICOM series, where there are several. */
  readonly series?: string
}

/** A scan and the name of its folder in the cohort. */
export interface NamedScan extends CohortScan {
  readonly folder: string
}

/** Longest name of a case's folder; file systems hold 255 bytes. */
const longestName = 100

/** Gives every scan a folder of its own, named after its id in letters that every file system holds. */
export function nameFolders(scans: readonly CohortScan[]): NamedScan[] {
  const taken = new Set<string>()
  return scans.map((scan) => {
    const name =
      scan.id
        .replace(/[^A-Za-z0-9._-]+/g, '_')
        .replace(/^[._]+/, '')
        .slice(0, longestName) || 'scan'
    let folder = name
    // Some file systems do not distinguish capitals from small letters.
    for (let n = 2; taken.has(folder.toLowerCase()); n++) folder = `${name}-${n}`
    taken.add(folder.toLowerCase())
    return { ...scan, folder }
  })
}

/** Bytes that {@link isDicom} looks at. */
export const dicomStartBytes = 144

/** Value representations that a first element of group 0002 or 0008 may have. */
const firstRepresentations: ReadonlySet<string> = new Set(['UL', 'OB', 'UI', 'CS', 'SH', 'DA', 'TM', 'DT', 'LO', 'UR'])

/** The first element is a short one: a group length, a character set, an image type or a UID. */
const longestFirstElement = 1024

/**
 * Whether bytes start as DICOM does: a preamble of 128 bytes and `DICM`, or, where a file was written without them, a
 * first element of group 0002 or 0008 with a plausible length. For files, folders, archives and the page alike.
 * @param bytes the file, or at least its first {@link dicomStartBytes}
 */
export function isDicom(bytes: Uint8Array): boolean {
  return hasPreamble(bytes) || bareStart(bytes) !== undefined
}

/**
 * Which of the files of a folder or archive a DICOM series is read from: those that hold DICOM, and those that should by
 * their name, which are then reported as damaged: called `.dcm`, or empty and named as the others are.
 * @param files with their first {@link dicomStartBytes}, or all they have
 */
export function dicomAmong<File extends { readonly name: string; readonly start: Uint8Array }>(
  files: readonly File[]
): readonly File[] {
  const endings = new Set(files.filter(({ start }) => isDicom(start)).map(({ name }) => endingOf(name)))
  const isMeant = ({ name, start }: File): boolean =>
    /^\.(dcm|dicom|ima)$/.test(endingOf(name)) || (start.length === 0 && endings.has(endingOf(name)))
  return files.filter((file) => isDicom(file.start) || isMeant(file))
}

/** A name's ending in small letters; a number, as in names that are UIDs, is none. */
function endingOf(name: string): string {
  const ending = /\.[^./\\]*$/.exec(name)?.[0].toLowerCase() ?? ''
  return /^\.\d*$/.test(ending) ? '' : ending
}

export function hasPreamble(bytes: Uint8Array): boolean {
  return [...'DICM'].every((letter, n) => bytes[128 + n] === letter.charCodeAt(0))
}

/** How a file without a preamble starts. */
export interface BareStart {
  /** The first element is of the file meta information (group 0002). */
  readonly meta: boolean
  readonly explicit: boolean
  readonly littleEndian: boolean
}

/** How bytes without a preamble start, if they are DICOM. */
export function bareStart(bytes: Uint8Array): BareStart | undefined {
  if (bytes.length < 16) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const littleEndian = bytes[0] !== 0
  const [group, element] = [view.getUint16(0, littleEndian), view.getUint16(2, littleEndian)]
  if ((group !== 2 && group !== 8) || element > 0x20) return undefined
  const explicit = firstRepresentations.has(String.fromCharCode(bytes[4] as number, bytes[5] as number))
  const length = explicit ? shortLength(view, littleEndian) : view.getUint32(4, littleEndian)
  const plausible = length > 0 && length <= longestFirstElement && (element !== 0 || length === 4)
  return plausible ? { meta: group === 2, explicit, littleEndian } : undefined
}

/** The length of an explicit element; OB has it four bytes further on. */
function shortLength(view: DataView, littleEndian: boolean): number {
  return view.getUint8(4) === 0x4f ? view.getUint32(8, littleEndian) : view.getUint16(6, littleEndian)
}

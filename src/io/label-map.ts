import { InputError } from '../core/errors.ts'
import type { Volume } from '../core/volume.ts'
import { coarsestSpacing } from './check-scan.ts'
import { decodeImage } from './image-file.ts'
import { decodeSegments, type Segment } from './nrrd-segments.ts'
import type { DataFileReader } from './stored-voxels.ts'
import type { Note } from './units.ts'

/** Labels on their grid. */
export interface LabelMap extends Volume<Uint8Array> {
  /** What the file itself calls its labels; left out where it does not say. */
  readonly segments?: readonly Segment[]
}

/**
 * The label map in a NIfTI, NRRD or MetaImage file.
 * @param path the file's name, by which the format is recognised; also for messages
 * @param readDataFile reads a file that the header names, beside the file
 * @param note is told what a reader should know of how it was read
 * @throws InputError if it cannot be read or holds anything but whole numbers from 0 to 255
 */
export async function decodeLabelMap(
  path: string,
  bytes: Uint8Array,
  readDataFile?: DataFileReader,
  note?: Note
): Promise<LabelMap> {
  const decoded = await decodeImage(path, bytes, readDataFile)
  if (decoded === undefined) throw new InputError(path, 'is of no known kind; give NIfTI, NRRD or MetaImage labels')
  for (const text of decoded.notes) note?.(text)
  const { geometry, data } = decoded.image
  const widest = Math.max(...geometry.spacing)
  if (widest > coarsestSpacing + 1e-3) {
    throw new InputError(
      path,
      `has voxels of ${Number(widest.toPrecision(4))} mm, too coarse for labels of an ear; at most ${coarsestSpacing} mm`
    )
  }
  if (data.some((value) => !(Number.isInteger(value) && value >= 0 && value <= 255))) {
    throw new InputError(path, 'holds values that are no labels, which are whole numbers from 0 to 255')
  }
  const segments = decoded.format === 'nrrd' ? decodeSegments(bytes, path) : []
  return { geometry, data: Uint8Array.from(data), ...(segments.length > 0 && { segments }) }
}

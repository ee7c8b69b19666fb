import { InputError } from '../../core/errors.ts'
import { norm, subtract } from '../../core/math/vector.ts'
import { readAhead } from '../read-ahead.ts'
import type { LoadedScan } from '../scan-source.ts'
import { namesOf, strayKind } from './alike.ts'
import { arrangeSlices, type Stack } from './arrange.ts'
import { checkGreys } from './check-greys.ts'
import { checkCopies } from './copies.ts'
import { decodeSlices, type FrameDecoders } from './decode.ts'
import { listedFiles, missingFiles } from './directory.ts'
import { readDicomHeader } from './header.ts'
import { originOf } from './origin.ts'
import { parseDicom } from './parse.ts'
import {
  chooseStack,
  noDicom,
  notesOf,
  type SeriesChoice,
  SeveralSeriesError,
  type SortedContents,
  sortContents
} from './series.ts'
import { type SeriesPicture, seriesPicture } from './series-picture.ts'
import type { CtSlice, DamagedDicom, DicomContent } from './slice.ts'
import { sparseNotes } from './sparse.ts'
import type { CtStack } from './stacks.ts'
import { straighten } from './straighten.ts'

/** A DICOM file: what messages call it, and how its bytes are had. */
export interface DicomFile {
  readonly name: string
  read(): Promise<Uint8Array>
}

/** Which of the files to read. */
export interface DicomChoice {
  /** A SeriesInstanceUID or series number, with `/` and a part where the series holds several stacks. */
  readonly series?: string | undefined
  /** The name of a DICOMDIR among the files: only what it lists is read. */
  readonly directory?: string | undefined
  /**
   * Asks a person where several series could be read and `series` names none.
   * @param picture decodes the middle slice of one of them; rejects where that cannot be decoded
   * @returns the `uid` of the choice
   */
  readonly ask?: (
    choices: readonly SeriesChoice[],
    picture: (choice: SeriesChoice) => Promise<SeriesPicture>
  ) => Promise<string>
}

/**
 * The one CT series among DICOM files. Headers are read and checked first; then the pixels are decoded.
 * @param source the file, folder or archive they come from
 */
export async function readDicomSeries(
  source: string,
  files: readonly DicomFile[],
  decoders: FrameDecoders,
  { series, directory, ask }: DicomChoice = {}
): Promise<LoadedScan> {
  if (files.length === 0) throw new InputError(source, noDicom)
  const contents: DicomContent[] = []
  for await (const [{ name }, bytes] of readAhead(files, ({ read }) => read())) {
    contents.push(await readDicomHeader(bytes, name))
  }
  const sorted = sortContents(directory === undefined ? contents : listedFiles(source, contents, directory))
  const readers = new Map(files.map(({ name, read }) => [name, read]))
  const read = async (file: string): Promise<Uint8Array> => (await readers.get(file)?.()) ?? new Uint8Array(0)
  const chosen = await chooseOrAsk(source, sorted, series, async (choices) => {
    return ask?.(choices, ({ uid }) => seriesPicture(source, chooseStack(source, sorted, uid), read, decoders))
  })
  await checkCopies(
    source,
    sorted.copies.filter(([copy]) => copy.seriesUid === chosen.uid),
    read
  )
  const stack = arrange(source, chosen, sorted)
  const slices = stack.slices.map(({ slice }) => slice)
  const lost = sorted.damaged.find((content) => isMissing(content, slices))
  if (lost !== undefined) throw new InputError(source, `${lost.file} ${lost.damage}`)
  const greyNotes = checkGreys(source, slices)
  const { data: header } = await parseDicom(await read(slices[0]?.file ?? ''))
  const { data, notes } = await decodeSlices(source, slices, read, decoders)
  return {
    scan: stack.regular ? { geometry: stack.geometry, data } : straighten(source, stack, data),
    origin: originOf(header, slices),
    source: {
      path: source,
      format: 'dicom',
      series: describeSeries(chosen, slices),
      notes: [
        ...notesOf(sorted, chosen),
        ...missingFiles(contents),
        ...sparseNotes(slices, besides(chosen, sorted)),
        ...stack.notes,
        ...greyNotes,
        ...notes
      ]
    }
  }
}

/** @param ask undefined where nobody is there to be asked */
async function chooseOrAsk(
  source: string,
  sorted: SortedContents,
  series: string | undefined,
  ask: (choices: readonly SeriesChoice[]) => Promise<string | undefined>
): Promise<CtStack> {
  try {
    return chooseStack(source, sorted, series)
  } catch (error) {
    const uid = error instanceof SeveralSeriesError ? await ask(error.choices) : undefined
    if (uid === undefined) throw error
    return chooseStack(source, sorted, uid)
  }
}

/** @throws as `arrangeSlices`; the message also names objects that were left out and may be the missing slices */
function arrange(source: string, { slices, strays }: CtStack, { damaged }: SortedContents): Stack {
  try {
    return arrangeSlices(source, slices)
  } catch (error) {
    if (!(error instanceof InputError) || strays.length + damaged.length === 0) throw error
    const hints = [
      ...(strays.length === 0 ? [] : [`of ${strayKind(slices, strays)}: ${namesOf(strays)}`]),
      ...damaged.slice(0, 3).map(({ file, damage }) => `${file} ${damage}`)
    ]
    const problem = error.message.slice(source.length + 2)
    throw new InputError(source, `${problem} (${hints.join('; ')})`, { cause: error })
  }
}

/** Slices of its series that are not in a stack. */
function besides({ uid, slices, strays }: CtStack, { stacks }: SortedContents): readonly CtSlice[] {
  const others = stacks.filter((other) => other.uid === uid && other.slices !== slices)
  return [...strays, ...others.flatMap((other) => other.slices)]
}

/**
 * Whether a damaged object is a slice that the series lacks: its header gives a place where there is no other slice. An object
 * that was cut off before its place may be anything; if it was a slice, the series has a gap.
 */
function isMissing({ seriesUid, position }: DamagedDicom, slices: readonly CtSlice[]): boolean {
  if (position === undefined || seriesUid !== slices[0]?.seriesUid) return false
  return !slices.some((slice) => norm(subtract(slice.position, position)) < 0.01)
}

function describeSeries({ uid, number, description }: CtStack, [first]: readonly CtSlice[]) {
  return {
    uid,
    number,
    description,
    ...(first?.thickness !== undefined && { sliceThickness: first.thickness }),
    ...(first?.laterality !== undefined && { laterality: first.laterality })
  }
}

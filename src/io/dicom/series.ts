import { InputError, UsageError } from '../../core/errors.ts'
import type { CtSlice, DicomContent } from './header.ts'

/** The CT slices that share a SeriesInstanceUID, in the order they were found. */
export interface CtSeries {
  readonly uid: string
  readonly number: string
  readonly description: string
  readonly slices: readonly CtSlice[]
}

/** What a person chooses a series by. */
export interface SeriesChoice {
  readonly uid: string
  readonly number: string
  readonly description: string
  readonly slices: number
}

/** Several series, of which nobody has said which to read. */
export class SeveralSeriesError extends UsageError {
  readonly choices: readonly SeriesChoice[]

  constructor(message: string, series: readonly CtSeries[]) {
    super(message)
    this.choices = series.map(({ uid, number, description, slices }) => ({
      uid,
      number,
      description,
      slices: slices.length
    }))
  }
}

/** The CT series among the files of a folder, and how many objects of each kind were left out. */
export interface SortedContents {
  readonly series: readonly CtSeries[]
  readonly others: ReadonlyMap<string, number>
}

export function sortContents(contents: readonly DicomContent[]): SortedContents {
  const others = new Map<string, number>()
  const slices = new Map<string, CtSlice[]>()
  for (const content of contents) {
    if ('other' in content) others.set(content.other, (others.get(content.other) ?? 0) + 1)
    else slices.set(content.slice.seriesUid, [...(slices.get(content.slice.seriesUid) ?? []), content.slice])
  }
  const series = [...slices].map(([uid, members]) => ({
    uid,
    number: members[0]?.seriesNumber ?? '',
    description: members[0]?.seriesDescription ?? '',
    slices: members
  }))
  return { series: series.sort((a, b) => Number(a.number) - Number(b.number) || (a.uid < b.uid ? -1 : 1)), others }
}

/**
 * The one series to read.
 * @param wanted a SeriesInstanceUID or a series number; may be left out where there is one series
 * @throws InputError if there is no CT series, UsageError if `wanted` names none or more than one
 */
export function chooseSeries(source: string, { series, others }: SortedContents, wanted?: string): CtSeries {
  if (series.length === 0) throw new InputError(source, withoutCt(others))
  const matching =
    wanted === undefined ? series : series.filter(({ uid, number }) => uid === wanted || number === wanted)
  const [only, ...more] = matching
  if (only !== undefined && more.length === 0) return only
  if (only === undefined) {
    throw new UsageError(`${source}: no CT series is called ${wanted}; there are ${series.map(describe).join('; ')}`)
  }
  throw new SeveralSeriesError(
    `${source}: holds ${matching.length} CT series; choose one with --series and its number or UID: ` +
      matching.map(describe).join('; '),
    matching
  )
}

/** What else was found, such as `3 × CT localizer`. */
export function describeOthers(others: ReadonlyMap<string, number>): string {
  return [...others].map(([kind, count]) => `${count} × ${kind}`).join(', ')
}

function withoutCt(others: ReadonlyMap<string, number>): string {
  if (others.size === 0) return 'holds no DICOM file'
  const hint = others.has('multi-frame CT')
    ? 'multi-frame CT is not supported; convert it to single-frame slices or NIfTI'
    : 'only CT can be analysed'
  return `holds no CT slices, only ${describeOthers(others)}; ${hint}`
}

function describe({ uid, number, description, slices }: CtSeries): string {
  const thickness = slices[0]?.thickness
  const slicesText = `${slices.length} slices${thickness === undefined ? '' : ` of ${thickness} mm`}`
  return `${number || 'no number'} "${description}" (${slicesText}, UID ${uid})`
}

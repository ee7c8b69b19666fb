import { InputError, UsageError } from '../../core/errors.ts'
import { namesOf, strayKind } from './alike.ts'
import { type WithoutCopies, withoutCopies } from './copies.ts'
import type { CtSlice, DamagedDicom, DicomContent } from './slice.ts'
import { alternatingAcquisitions, type CtStack, canBeScan, stacksOf } from './stacks.ts'
import { stepOf } from './step.ts'

/** What a person chooses a series by. */
export interface SeriesChoice {
  /** Its name for `--series`: the SeriesInstanceUID, with `/` and its part where a series holds several stacks. */
  readonly uid: string
  readonly number: string
  readonly description: string
  readonly slices: number
  /** What else distinguishes it, such as `0.6 mm, every 0.3 mm, kernel H70h, acquisition 2`. */
  readonly details: string
  readonly recommended: boolean
}

/** Several series, of which nobody has said which to read. */
export class SeveralSeriesError extends UsageError {
  readonly choices: readonly SeriesChoice[]

  constructor(source: string, stacks: readonly CtStack[]) {
    const thinnest = thinnestOf(stacks)
    const advice = thinnest === undefined ? '' : `; the thinnest is ${nameOf(thinnest, stacks)}`
    const problem = `${source}: holds ${stacks.length} CT series; choose one with --series and its number or UID: `
    super(`${problem}${listed(stacks)}${advice}`, { unidentified: `${problem}${stacks.map(outline).join('; ')}` })
    this.choices = stacks.map((stack) => ({
      uid: `${stack.uid}${stack.part === undefined ? '' : `/${stack.part.value}`}`,
      number: stack.number,
      description: stack.description,
      slices: stack.slices.length,
      details: detailsOf(stack),
      recommended: stack === thinnest
    }))
  }
}

/** What the files of a folder hold. */
export interface SortedContents {
  readonly stacks: readonly CtStack[]
  /** How many objects of each kind a scan cannot be read from. */
  readonly others: ReadonlyMap<string, number>
  readonly damaged: readonly DamagedDicom[]
  readonly copies: WithoutCopies['copies']
}

export function sortContents(contents: readonly DicomContent[]): SortedContents {
  const others = new Map<string, number>()
  const series = new Map<string, CtSlice[]>()
  const damaged: DamagedDicom[] = []
  for (const content of contents) {
    if ('damage' in content) damaged.push(content)
    if ('slices' in content) damaged.push(...content.lost)
    if ('other' in content) others.set(content.other, (others.get(content.other) ?? 0) + 1)
    for (const slice of 'slices' in content ? content.slices : []) {
      const known = series.get(slice.seriesUid)
      if (known === undefined) series.set(slice.seriesUid, [slice])
      else known.push(slice)
    }
  }
  const single = [...series.values()].map(withoutCopies)
  const stacks = single.flatMap(({ slices }) => stacksOf(slices))
  return {
    stacks: stacks.sort((a, b) => Number(a.number) - Number(b.number) || (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0)),
    others,
    damaged,
    copies: single.flatMap(({ copies }) => copies)
  }
}

/**
 * The one stack to read. Only stacks that can show an ear are considered.
 * @param wanted a SeriesInstanceUID or a series number, with `/` and the part where the series holds several stacks; may
 * be left out where one can be read
 * @throws InputError if there is no CT series, UsageError if `wanted` names none or more than one
 */
export function chooseStack(source: string, sorted: SortedContents, wanted?: string): CtStack {
  const { stacks, damaged } = sorted
  const [broken] = damaged
  if (stacks.length === 0 && broken !== undefined) throw new InputError(source, `${broken.file} ${broken.damage}`)
  if (stacks.length === 0) throw new InputError(source, withoutCt(sorted.others))
  const matching = wanted === undefined ? stacks : stacks.filter((stack) => isCalled(stack, wanted))
  if (matching.length === 0) {
    const problem = `${source}: no CT series is called ${wanted}; there are `
    throw new UsageError(`${problem}${listed(stacks)}`, { unidentified: `${problem}${stacks.map(outline).join('; ')}` })
  }
  const [only, ...more] = matching.length === 1 ? matching : matching.filter(canBeScan)
  if (only !== undefined && more.length === 0) return only
  if (only !== undefined) throw new SeveralSeriesError(source, [only, ...more])
  const problem = `holds ${matching.length} CT series, none of which can show an inner ear (16 slices or more, at most 2 mm apart): `
  throw new InputError(source, `${problem}${matching.map((stack) => describe(stack, stacks)).join('; ')}`, {
    unidentified: `${problem}${matching.map(outline).join('; ')}`
  })
}

/** What was left out beside the stack that was chosen, for the reader of the result; nothing that identifies a patient. */
export function notesOf({ stacks, others, damaged, copies }: SortedContents, chosen: CtStack): readonly string[] {
  const unread = stacks.filter((stack) => stack !== chosen && !canBeScan(stack))
  const turns = alternatingAcquisitions(chosen)
  const mine = copies.filter(([copy]) => copy.seriesUid === chosen.uid)
  return [
    ...(others.size === 0 ? [] : [`left out: ${describeOthers(others)}`]),
    ...unread.map((stack) => `left out: the series ${outline(stack)}, which cannot show an ear`),
    ...(chosen.strays.length === 0
      ? []
      : [`left out: slices of ${strayKind(chosen.slices, chosen.strays)} in the series, ${namesOf(chosen.strays)}`]),
    ...(mine.length === 0 ? [] : [`left out: ${mine.length} copies of slices that are there already`]),
    ...damageNotes(damaged),
    ...(turns.length === 0
      ? []
      : [
          `slices of the acquisitions ${turns.join(' and ')} lie between each other; they are taken for one scan, because they are numbered through and each alone would leave gaps`
        ])
  ]
}

/** Many files that have one fault are one note. */
function damageNotes(damaged: readonly DamagedDicom[]): readonly string[] {
  const files = new Map<string, string[]>()
  for (const { file, damage } of damaged) {
    const known = files.get(damage)
    if (known === undefined) files.set(damage, [file])
    else known.push(file)
  }
  return [...files].flatMap(([damage, [first = '', ...more]]) =>
    more.length < 3
      ? [first, ...more].map((file) => `left out: ${file}, which ${damage}`)
      : [`left out: ${first} and ${more.length} more, each of which ${damage}`]
  )
}

/** What else was found, such as `3 × CT localizer`. */
function describeOthers(others: ReadonlyMap<string, number>): string {
  return [...others].map(([kind, count]) => `${count} × ${kind}`).join(', ')
}

/** What is wrong with a folder or archive in which there is no DICOM file. */
export const noDicom =
  'holds no DICOM file; give a folder or .zip with a DICOM series, or a NIfTI, NRRD or MetaImage file itself'

function withoutCt(others: ReadonlyMap<string, number>): string {
  if (others.size === 0) return noDicom
  return `holds no CT slices, only ${describeOthers(others)}; only CT can be analysed`
}

function isCalled({ uid, number, part }: CtStack, wanted: string): boolean {
  const names = [uid, number]
  return names.some((name) => name === wanted || (part !== undefined && `${name}/${part.value}` === wanted))
}

/** The shortest name for `--series` that is its own among others. */
function nameOf(stack: CtStack, among: readonly CtStack[]): string {
  const shared = among.some(({ uid, number }) => uid !== stack.uid && number === stack.number)
  const name = stack.number === '' || shared ? stack.uid : stack.number
  return stack.part === undefined ? name : `${name}/${stack.part.value}`
}

function thinnestOf(stacks: readonly CtStack[]): CtStack | undefined {
  const sorted = stacks.map((stack) => ({ stack, step: stepOf(stack.slices) })).sort((a, b) => a.step - b.step)
  const [first, second] = sorted
  return first !== undefined && second !== undefined && first.step < second.step - 1e-3 ? first.stack : undefined
}

function detailsOf({ slices, kernel, part }: CtStack): string {
  const thickness = slices[0]?.thickness
  const step = stepOf(slices)
  const apart = Number.isFinite(step) && (thickness === undefined || Math.abs(step - thickness) > 0.01)
  return [
    ...(thickness === undefined ? [] : [`${thickness} mm`]),
    ...(apart ? [`every ${Number(step.toFixed(2))} mm`] : []),
    ...(kernel === '' ? [] : [`kernel ${kernel}`]),
    ...(part === undefined || part.mark === 'kernel' ? [] : [`${part.mark} ${part.value}`])
  ].join(', ')
}

function listed(stacks: readonly CtStack[]): string {
  return stacks.map((stack) => describe(stack, stacks)).join('; ')
}

/** A short description of a stack, without texts and UID, which may identify the patient. */
function outline({ number, slices }: CtStack): string {
  return `${number || 'without a number'} (${counted(slices)})`
}

function counted(slices: readonly CtSlice[]): string {
  const thickness = slices[0]?.thickness
  return `${slices.length} ${slices.length === 1 ? 'slice' : 'slices'}${thickness === undefined ? '' : ` of ${thickness} mm`}`
}

function describe(stack: CtStack, among: readonly CtStack[]): string {
  const { number, description, slices, kernel, part, uid } = stack
  const details = [
    counted(slices),
    ...(kernel === '' ? [] : [`kernel ${kernel}`]),
    ...(part === undefined ? [] : [`${part.mark} ${part.value}, called ${nameOf(stack, among)}`]),
    `UID ${uid}`
  ]
  return `${number || 'no number'} "${description}" (${details.join(', ')})`
}

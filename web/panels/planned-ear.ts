import { arrayColor } from '../../src/report/plan/array-color.ts'
import type { PlannedEar } from '../../src/report/plan/plan-file.ts'
import { element } from '../element.ts'
import { flagList } from './flag-list.ts'
import { sideName } from './landmarks.ts'
import { table } from './table.ts'

type Planned = PlannedEar['arrays'][number]
type Contact = Planned['contacts'][number]

/**
 * Arrays in one ear: doubts about its numbers, arrays compared, what does not fit, the drawing, and each array's contacts.
 * @param isOpen keys of the contacts' tables that are open
 */
export function plannedEar(ear: PlannedEar, drawing: string, isOpen: ReadonlySet<string | null>): HTMLElement {
  const { side, flags, arrays } = ear
  return element(
    'section',
    {},
    element('h3', {}, `${sideName(side)} ear`),
    ...(flags.length === 0 ? [] : [flagList(flags, 'Warnings and notes about this ear')]),
    comparison(arrays),
    element('ul', { class: 'notes' }, ...remarksOf(arrays).map((text) => element('li', {}, text))),
    picture(ear, drawing),
    ...arrays.map((planned, n) => contactBox(side, planned, n, isOpen))
  )
}

function comparison(arrays: readonly Planned[]): HTMLElement {
  const hasTarget = arrays.some(({ target }) => target !== undefined)
  const heads = ['Array', 'Depth, mm', 'Angle, °', 'Duct, %', 'Lowest, Hz', ...(hasTarget ? ['Target, mm'] : [])]
  const hasIntervals = arrays.some((planned) => mostApical(planned)?.angleInterval !== undefined)
  const rows = arrays.map((planned, n) => {
    const { array, insertion, coverage, target } = planned
    const inside = mostApical(planned)
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, dot(n), array.model),
      number(insertion.toFixed(1)),
      number(coverage?.angle.toFixed(0) ?? '–', between(inside?.angleInterval)),
      number(coverage?.percent.toFixed(0) ?? '–'),
      number(inside?.frequency.toFixed(0) ?? '–', between(inside?.frequencyInterval)),
      ...(target === undefined ? [] : [targetCell(target)])
    )
  })
  return table(`Arrays compared${smallPrint(hasIntervals)}`, heads, rows)
}

function mostApical({ contacts }: Planned): Contact['inside'] {
  return contacts.find(({ inside }) => inside !== undefined)?.inside
}

/** How far in it takes, or that it is out of reach. */
function targetCell({ insertion, isReached }: NonNullable<Planned['target']>): HTMLElement {
  if (insertion === null) return number('–', 'beyond the turns')
  return number(insertion.toFixed(1), isReached === false ? 'too short' : undefined)
}

function smallPrint(hasIntervals: boolean): string {
  return hasIntervals ? '; small: 90 % intervals' : ''
}

/** What does not fit, or was not judged, each sentence once with the arrays that it is true of. */
function remarksOf(arrays: readonly Planned[]): string[] {
  const texts = [...new Set(arrays.flatMap(({ remarks }) => remarks))]
  return texts.map((text) => {
    const models = arrays.filter(({ remarks }) => remarks.includes(text)).map(({ array }) => array.model)
    return `${models.join(', ')}: ${text}`
  })
}

/** As an image, in which no script can run; what it shows stands in the tables, too. */
function picture({ side, arrays }: PlannedEar, drawing: string): HTMLElement {
  const reached = arrays.map((planned) => `${planned.array.model} to ${mostApical(planned)?.angle.toFixed(0) ?? 'no'}°`)
  return element('img', {
    src: `data:image/svg+xml,${encodeURIComponent(drawing)}`,
    alt: `Contacts in the ${side} ear along the modiolar axis and in the unrolled duct: ${reached.join(', ')}`
  })
}

function contactBox(
  side: PlannedEar['side'],
  { array, contacts }: Planned,
  n: number,
  isOpen: ReadonlySet<string | null>
): HTMLElement {
  const key = `${side}-${array.id}`
  const hasIntervals = contacts.some(({ inside }) => inside?.angleInterval !== undefined)
  const isNumbered = contacts.some((contact) => contact.number !== undefined)
  const heads = ['From apex', ...(isNumbered ? ["Maker's"] : []), 'mm', '°', 'Hz', 'to wall', 'to modiolus', 'clear']
  return element(
    'details',
    { 'data-key': key, open: isOpen.has(key) },
    element('summary', {}, dot(n), `Contacts of ${array.model}`),
    table(
      `${array.maker} ${array.model}, ${side} ear: depth (mm), angle (°), frequency (Hz), distances and clearance (mm)${smallPrint(hasIntervals)}`,
      heads,
      contacts.map((contact) => contactRow(contact, isNumbered))
    )
  )
}

function contactRow({ order, number: makers, depth, inside }: Contact, isNumbered: boolean): HTMLElement {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, String(order)),
    ...(isNumbered ? [number(makers === undefined ? '' : String(makers))] : []),
    number(depth.toFixed(1)),
    ...(inside === undefined
      ? [element('td', { class: 'number faint', colspan: 5 }, depth < 0 ? 'outside' : 'beyond the turns')]
      : [
          number(inside.angle.toFixed(0), between(inside.angleInterval)),
          number(inside.frequency.toFixed(0), between(inside.frequencyInterval)),
          number(inside.toLateralWall.toFixed(1)),
          number(inside.toModiolus.toFixed(1)),
          number(inside.clearance.toFixed(2))
        ])
  )
}

/** @param small what stands below it */
function number(text: string, small?: string): HTMLElement {
  // The space keeps apart what a screen reader reads.
  return element('td', { class: 'number' }, text, ...(small === undefined ? [] : [' ', element('small', {}, small)]))
}

function between(interval: readonly [number, number] | undefined): string | undefined {
  return interval && `${interval[0].toFixed(0)}–${interval[1].toFixed(0)}`
}

function dot(n: number): HTMLElement {
  const mark = element('i')
  mark.style.background = arrayColor(n)
  return mark
}

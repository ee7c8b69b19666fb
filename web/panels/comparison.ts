import { landmarkKinds, parts } from '../../src/core/anatomy.ts'
import { landmarkErrors } from '../../src/core/metrics/landmark-errors.ts'
import type { Agreement } from '../compare/agreement.ts'
import type { Comparing } from '../compare/compare.ts'
import type { ComparedEar, Comparison, Values } from '../compare/comparison.ts'
import { type Difference, differencesOf } from '../compare/differences.ts'
import type { Link } from '../compare/link.ts'
import { valuesOfEar } from '../compare/values-of-ear.ts'
import { earAt } from '../ear-id.ts'
import type { EarState } from '../ear-state.ts'
import { byId, element } from '../element.ts'
import { type State, shownEars } from '../state.ts'
import type { Store } from '../store.ts'
import { choice } from './choice.ts'
import { flagList } from './flag-list.ts'
import { table } from './table.ts'

const links: Readonly<Record<Link['by'], string>> = {
  scan: 'One crosshair, in the coordinates of the one scan.',
  world: 'One crosshair, linked by the world coordinates that both scans share.',
  frames: 'One crosshair, linked through the ears’ own frames: vestibule, lateral, anterior, superior.'
}

/** While something is compared: how the crosshairs are linked, which pane a phone shows, the differences, and the way back. */
export function showComparison(store: Store, comparing: Comparing): void {
  const bar = byId('comparison-bar')
  const link = element('p', { role: 'status' })
  const front = choice<'shown' | 'other'>('On show', { shown: 'Shown', other: 'Compared' }, (chosen) =>
    store.dispatch({ type: 'look', look: { front: chosen } })
  )
  front.group.classList.add('front')
  const end = (): void => {
    comparing.end()
    byId('compare').focus()
  }
  bar.append(link, front.group, element('button', { type: 'button', click: end }, 'End comparison'))
  const panel = byId('comparison')
  store.listen((state, before) => {
    const { comparison } = state
    bar.hidden = comparison === null
    byId('ready').classList.toggle('comparing', comparison !== null)
    front.show(state.look.front)
    const [ear] = shownEars(state)
    const other = ear && comparison?.ears[ear.id]
    const text = other === undefined ? '' : links[other.link.by]
    if (link.textContent !== text) link.textContent = text
    const isSame =
      comparison === before.comparison &&
      state.agreement === before.agreement &&
      state.result === before.result &&
      state.quick === before.quick &&
      state.look.ear === before.look.ear &&
      ear?.landmarks === shownEars(before)[0]?.landmarks &&
      ear?.labels === shownEars(before)[0]?.labels
    if (isSame) return
    panel.replaceChildren(...(comparison && ear && other ? tables(state, comparison, ear, other) : []))
  })
}

function tables(state: State, comparison: Comparison, ear: EarState, other: ComparedEar): HTMLElement[] {
  const { agreement } = state
  const regions = agreement?.ear === ear.id && agreement.labels === ear.labels ? agreement.regions : undefined
  const distances = landmarkErrors(ear.landmarks, other.ear.landmarks)
  return [
    element('h2', {}, `Compared with ${comparison.name}`),
    ...(other.flags.length === 0 ? [] : [flagList(other.flags)]),
    ...(other.labels === 'other grid' ? [] : [regions === undefined ? beingCompared() : agreementTable(regions)]),
    ...(distances.length === 0 ? [] : [landmarkTable(distances)]),
    ...(other.values === null ? [] : differenceTables(shownValues(state, ear), other.values)),
    ...notes(other).map((text) => element('p', { class: 'faint' }, text))
  ]
}

/** What a reader of the numbers must know. */
function notes({ values, link, labels }: ComparedEar): string[] {
  const hasIntervals = Object.values(values ?? {}).some(({ sd }) => sd !== undefined)
  return [
    ...(hasIntervals ? ['In brackets: no more than both intervals leave open (90 %).'] : []),
    ...(link.by === 'frames' ? ['Distances of landmarks hold what the frames differ by.'] : []),
    ...(labels === 'other grid' ? ['Outlines on another grid are compared by their volumes alone.'] : []),
    ...(labels === 'labyrinth' ? ['The labels do not distinguish the parts: only the whole is compared.'] : [])
  ]
}

function shownValues({ result, quick }: State, { id }: EarState): Values {
  const ear = result?.ears[earAt(id)]
  const values = ear === undefined ? {} : valuesOfEar(ear)
  const now = quick?.[earAt(id)] ?? {}
  return { ...values, ...Object.fromEntries(Object.entries(now).map(([key, value]) => [key, { value }])) }
}

/** In place of how outlines agree, until that is computed. */
function beingCompared(): HTMLElement {
  return element('p', { class: 'faint' }, 'Outlines are being compared…')
}

function agreementTable(regions: readonly Agreement[]): HTMLElement {
  const rows = regions.map(({ region, dice, shown, other, surfaceDistance }) => {
    const name = parts.find(({ id }) => id === region)?.name ?? 'Labyrinth'
    const percent = shown > 0 ? ` (${signed((100 * (other - shown)) / shown, 1)} %)` : ''
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      element('td', { class: 'number' }, dice.toFixed(3)),
      element('td', { class: 'number' }, `${signed(other - shown, 1)} mm³`, element('small', {}, percent)),
      element('td', { class: 'number' }, surfaceDistance === null ? '—' : `${surfaceDistance.toFixed(2)} mm`)
    )
  })
  return table('Outlines', ['Part', 'Dice', 'Volume', 'Surfaces'], rows)
}

function landmarkTable(errors: ReturnType<typeof landmarkErrors>): HTMLElement {
  const words = { missed: 'in the compared alone', invented: 'in the shown alone' }
  const rows = errors.map((error) => {
    const name = landmarkKinds.find(({ id }) => id === error.id)?.name ?? error.id
    const text = error.outcome === 'found' ? `${error.error.toFixed(2)} mm` : words[error.outcome]
    return element('tr', {}, element('th', { scope: 'row' }, name), element('td', { class: 'number' }, text))
  })
  return table('Landmarks', ['Landmark', 'Distance'], rows)
}

function differenceTables(shown: Values, other: Values): HTMLElement[] {
  return differencesOf(shown, other).map(({ name, rows }) =>
    table(name, ['Quantity', 'Shown', 'Compared', 'Difference'], rows.map(differenceRow))
  )
}

function differenceRow({
  quantity: { name, unit, definition },
  shown,
  other,
  difference,
  isOpen
}: Difference): HTMLElement {
  const digits = unit === 'mm' || unit === 'turns' ? 2 : 1
  const cell = (value: number | null): HTMLElement =>
    element('td', { class: 'number' }, value === null ? '—' : value.toFixed(digits))
  const change = difference === null ? '—' : `${signed(difference, digits)} ${unit}`
  return element(
    'tr',
    {},
    element('th', { scope: 'row', title: definition }, name),
    cell(shown),
    cell(other),
    element('td', { class: isOpen ? 'number faint' : 'number' }, isOpen ? `(${change})` : change)
  )
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits)
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`
}

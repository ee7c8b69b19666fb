import { quantityGroups } from '../../src/measure/catalogue.ts'
import type { Quantity } from '../../src/measure/measurement.ts'
import { rangeBar } from '../../src/report/html/range-bar.ts'
import { intervalBasis } from '../../src/report/interval-basis.ts'
import type { AnalysisResult, EarResult } from '../../src/report/result.ts'
import { earAt } from '../ear-id.ts'
import type { EarState } from '../ear-state.ts'
import { byId, element } from '../element.ts'
import { type State, shownEars } from '../state.ts'
import type { Store } from '../store.ts'
import { sideName } from './landmarks.ts'

type Measured = EarResult['measurements'][number]

/** What one ear's column shows of a quantity. */
interface Cell {
  readonly measured: Measured | undefined
  /** The value while a correction is being concluded. */
  readonly value: number | null
  readonly changing: boolean
}

/** Every measurement under its heading, two ears side by side; as in the report, but following the hand. */
export function showMeasurements(store: Store): void {
  const panel = byId('measurements')
  store.listen((state, before) => {
    const same =
      state.result === before.result &&
      state.concluded === before.concluded &&
      state.quick === before.quick &&
      state.look.ear === before.look.ear
    if (same) return
    panel.setAttribute('aria-busy', String(!state.concluded))
    panel.replaceChildren(
      ...(state.result === null ? [] : [element('h2', {}, 'Measurements'), table(state), ...basis(state.result)])
    )
  })
}

function basis(result: AnalysisResult): HTMLElement[] {
  const text = intervalBasis(result)
  return text === undefined ? [] : [element('p', { class: 'faint' }, text)]
}

function table(state: State): HTMLElement {
  const ears = shownEars(state)
  const head = element('tr', {}, element('th', { scope: 'col' }, 'Quantity'))
  for (const { side } of ears)
    head.append(element('th', { scope: 'col', class: 'number' }, ears.length > 1 ? sideName(side) : 'Value'))
  if (ears.length === 1) head.append(element('th', { scope: 'col' }, 'Among real ears'))
  const body = quantityGroups.map(({ name, quantities }) => {
    const columns = ears.length + (ears.length === 1 ? 2 : 1)
    const heading = element('tr', {}, element('th', { class: 'group-name', scope: 'rowgroup', colspan: columns }, name))
    return element('tbody', {}, heading, ...quantities.map((quantity) => row(state, quantity, ears)))
  })
  return element('table', { class: ears.length > 1 ? 'two' : 'one' }, element('thead', {}, head), ...body)
}

function row(state: State, quantity: Quantity, ears: readonly EarState[]): HTMLElement {
  const title = [quantity.definition, quantity.formula, quantity.source].filter(Boolean).join('. ')
  const result = element('tr', {}, element('th', { scope: 'row', title }, quantity.name))
  const cells = ears.map(({ id }) => cellOf(state, quantity.id, earAt(id)))
  for (const cell of cells) result.append(valueCell(cell, quantity))
  const [only] = cells
  if (cells.length === 1) {
    const bar = element('td', { class: 'bar' })
    const { measured, value, changing } = only as Cell
    if (measured?.reference && value !== null) {
      // The interval is that of the value before the change.
      bar.innerHTML = rangeBar(value, changing ? { ...measured, uncertainty: undefined } : measured, measured.reference)
    }
    result.append(bar)
  }
  return result
}

function cellOf({ result, concluded, quick }: State, id: string, at: number): Cell {
  const measured = result?.ears[at]?.measurements.find((one) => one.id === id)
  const value = quick?.[at]?.[id]
  return { measured, value: value === undefined ? (measured?.value ?? null) : value, changing: !concluded }
}

function valueCell({ measured, value, changing }: Cell, { unit }: Quantity): HTMLElement {
  if (value === null) return element('td', { class: 'number faint', title: measured?.reason ?? '' }, '—')
  const digits = unit === 'mm' || unit === 'turns' ? 2 : 1
  const { uncertainty } = measured ?? {}
  const cell = element('td', { class: 'number' }, element('b', {}, value.toFixed(digits)), ` ${unit}`)
  if (uncertainty && !changing) {
    const range = `${uncertainty.low.toFixed(digits)} – ${uncertainty.high.toFixed(digits)}`
    cell.append(element('small', { title: '90 % interval' }, range))
  }
  return cell
}

import type { ElectrodeArray } from '../../src/electrode/array.ts'
import { planLimits } from '../../src/report/plan/plan-limits.ts'
import { element } from '../element.ts'
import type { PlanChoice } from '../plan/planning.ts'
import type { Store } from '../store.ts'
import { byMaker } from './by-maker.ts'

/** Which arrays to plan, how far they go in, and where the most apical contact is to lie. */
export function planChoice(store: Store): HTMLElement[] {
  const choose = (part: Partial<PlanChoice>): void =>
    store.dispatch({ type: 'plan chosen', choice: { ...store.state.planning.choice, ...part } })
  const groups = byMaker(store.state.arrays).map(([maker, arrays]) =>
    element(
      'fieldset',
      { class: 'makers' },
      element('legend', {}, maker),
      ...arrays.map((array) => arrayBox(store, array, choose))
    )
  )
  return [...groups, insertionRow(store, choose), targetRow(store, choose)]
}

type Choose = (part: Partial<PlanChoice>) => void

function arrayBox(store: Store, { id, model, contacts, length }: ElectrodeArray, choose: Choose): HTMLElement {
  const box = element('input', { type: 'checkbox' })
  box.checked = store.state.planning.choice.arrays.includes(id)
  box.addEventListener('change', () => {
    const others = store.state.planning.choice.arrays.filter((other) => other !== id)
    choose({ arrays: box.checked ? [...others, id] : others })
  })
  const size = `${contacts} contacts${length === undefined ? '' : `, ${length} mm`}`
  return element('label', { class: 'check' }, box, model, element('span', { class: 'faint' }, size))
}

function insertionRow(store: Store, choose: Choose): HTMLElement {
  const { insertion } = store.state.planning.choice
  const number = numberField('Insertion, mm', planLimits.insertion, 20)
  const show = (): void => {
    number.hidden = select.value === 'whole'
    choose({ insertion: number.hidden ? null : number.valueAsNumber })
  }
  const options = { whole: 'as far as each array goes', mm: 'mm, tip included' }
  const select = selectOf('plan-insertion', options, insertion === null ? 'whole' : 'mm', show)
  if (insertion !== null) number.valueAsNumber = insertion
  number.hidden = insertion === null
  number.addEventListener('input', show)
  return element('div', { class: 'row' }, element('label', { for: select.id }, 'Insertion'), number, select)
}

function targetRow(store: Store, choose: Choose): HTMLElement {
  const { target } = store.state.planning.choice
  const number = numberField('Target angle, °', planLimits.angle, 450)
  const describe = (unit: string): void => {
    number.hidden = unit === 'none'
    number.max = String(unit === 'percent' ? planLimits.percent : planLimits.angle)
    number.setAttribute('aria-label', unit === 'percent' ? 'Target coverage, %' : 'Target angle, °')
  }
  const changed = (): void => {
    const unit = select.value
    const isGiven = unit === 'angle' || unit === 'percent'
    choose({ target: isGiven ? { unit, value: number.valueAsNumber } : null })
  }
  const options = { none: 'none', angle: '° to reach', percent: '% to cover' }
  const select = selectOf('plan-target', options, target?.unit ?? 'none', () => {
    number.value = select.value === 'percent' ? '65' : '450'
    describe(select.value)
    changed()
  })
  if (target !== null) number.valueAsNumber = target.value
  describe(select.value)
  number.addEventListener('input', changed)
  return element('div', { class: 'row' }, element('label', { for: select.id }, 'Target'), number, select)
}

function numberField(name: string, max: number, value: number): HTMLInputElement {
  return element('input', { type: 'number', min: 0, max, step: 'any', value, 'aria-label': name })
}

function selectOf(
  id: string,
  options: Readonly<Record<string, string>>,
  value: string,
  change: () => void
): HTMLSelectElement {
  const select = element(
    'select',
    { id, change },
    ...Object.entries(options).map(([key, text]) => element('option', { value: key }, text))
  )
  select.value = value
  return select
}

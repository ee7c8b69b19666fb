import type { ElectrodeArray } from '../../src/electrode/array.ts'
import { element } from '../element.ts'
import { requestedPlan } from '../plan/requested-plan.ts'
import type { Store } from '../store.ts'

/** Which planned array's contacts are drawn in the views. */
export function planDrawn(store: Store): HTMLElement {
  const change = (): void => store.dispatch({ type: 'plan drawn', array: select.value === '' ? null : select.value })
  const select = element('select', { id: 'plan-drawn', change })
  const row = element('div', { class: 'row' }, element('label', { for: select.id }, 'In views'), select)
  let offered: readonly ElectrodeArray[] | undefined
  store.listen((state) => {
    const arrays = requestedPlan(state).request?.arrays ?? []
    row.hidden = arrays.length === 0
    const { drawn } = state.planning
    const isSame = arrays.length === offered?.length && arrays.every((array, n) => array === offered?.[n])
    if (!isSame) {
      offered = arrays
      const options = arrays.map(({ id, model }) => element('option', { value: id }, `${model}, as diamonds`))
      select.replaceChildren(element('option', { value: '' }, 'none'), ...options)
    }
    // An array that is left out is not drawn.
    select.value = arrays.some(({ id }) => id === drawn) ? (drawn ?? '') : ''
  })
  return row
}

import { byId, element } from '../element.ts'
import { isPlanCurrent } from '../plan/planning.ts'
import { requestedPlan } from '../plan/requested-plan.ts'
import { type State, shownEars } from '../state.ts'
import type { Store } from '../store.ts'
import { planChoice } from './plan-choice.ts'
import { planDrawn } from './plan-drawn.ts'
import { plannedEar } from './planned-ear.ts'

/** Arrays to choose, and what each of them would reach in the ears on show. None is recommended. */
export function showPlan(store: Store): void {
  const panel = byId('plan')
  const choice = element('div')
  const status = element('p', { class: 'faint', role: 'status' })
  const made = element('div', { class: 'planned' })
  panel.append(
    element(
      'details',
      { class: 'plan' },
      element('summary', {}, element('h2', {}, 'Plan an electrode array')),
      element('p', { class: 'faint' }, 'What an array would reach in this cochlea. None is recommended.'),
      choice,
      planDrawn(store),
      status,
      made
    )
  )
  store.listen((state, before) => {
    panel.hidden = state.arrays.length === 0
    if (state.arrays !== before.arrays) choice.replaceChildren(...planChoice(store))
    if (isSame(state, before)) return
    const isCurrent = isPlanCurrent(state)
    const isWanted = requestedPlan(state).request !== null
    made.setAttribute('aria-busy', String(isWanted && !isCurrent))
    const text = statusOf(state, made.childElementCount > 0)
    if (status.textContent !== text) status.textContent = text
    if (!isWanted) made.replaceChildren()
    else if (isCurrent) made.replaceChildren(...results(state, [...made.querySelectorAll('details[open]')]))
  })
}

function isSame(state: State, before: State): boolean {
  return (
    state.planning.choice === before.planning.choice &&
    state.planning.made === before.planning.made &&
    state.result === before.result &&
    state.concluded === before.concluded &&
    state.look.ear === before.look.ear
  )
}

/** What a person should know of the plan as a whole. @param isShown whether one is on show, be it an old one */
function statusOf(state: State, isShown: boolean): string {
  const { request, remarks } = requestedPlan(state)
  if (request === null || isPlanCurrent(state)) return remarks.join(' ')
  return isShown ? 'Out of date: what is shown below is being planned anew…' : 'Planning…'
}

/** @param opened those of the contacts' tables that were open */
function results(state: State, opened: readonly Element[]): HTMLElement[] {
  const answer = state.planning.made?.answer
  if (answer === undefined) return []
  if (typeof answer === 'string') return [element('p', { class: 'missing' }, answer)]
  const { plan, drawings } = answer
  const isOpen = new Set(opened.map((box) => box.getAttribute('data-key')))
  const shown = shownEars(state).flatMap(({ side }) => {
    const at = plan.ears.findIndex((ear) => ear.side === side)
    const ear = plan.ears[at]
    return ear === undefined ? [] : [plannedEar(ear, drawings[at] ?? '', isOpen)]
  })
  const texts = [...plan.notes, `What an array would reach, no recommendation. ${plan.notice}`]
  return [...shown, ...texts.map((text) => element('p', { class: 'faint' }, text))]
}

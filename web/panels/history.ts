import { landmarkKinds, parts } from '../../src/core/anatomy.ts'
import { distance } from '../../src/core/math/vector.ts'
import type { Change, Entry } from '../corrections.ts'
import { byId, element } from '../element.ts'
import type { Store } from '../store.ts'

/** The record of corrections, the latest first. */
export function showHistory(store: Store): void {
  const panel = byId('history')
  store.listen(({ log }, before) => {
    if (log === before.log) return
    const items = log.toReversed().map(item)
    panel.replaceChildren(
      ...(items.length === 0 ? [] : [element('h2', {}, 'Corrections'), element('ol', { class: 'log' }, ...items)])
    )
  })
}

function item({ at, action, change }: Entry): HTMLElement {
  const words = { change: '', undo: 'Undone: ', redo: 'Again: ' }[action]
  const time = element('time', { datetime: at }, new Date(at).toLocaleTimeString())
  return element('li', {}, time, ` ${words}${describe(change)}`)
}

function describe(change: Change): string {
  if (change.what === 'landmark') {
    const { from, to, side } = change
    const name = `${landmarkKinds.find(({ id }) => id === to.id)?.name ?? to.id}, ${side} ear`
    if (from.status !== 'defined' || to.status !== 'defined') return `${name} placed`
    return `${name} moved by ${distance(from.position, to.position).toFixed(2)} mm`
  }
  const part = parts.find(({ label }) => label === change.to)?.name.toLowerCase()
  const voxels = `${change.voxels.length.toLocaleString('en')} voxels, ${change.side} ear`
  return part === undefined ? `${voxels}, erased` : `${voxels}, painted ${part}`
}

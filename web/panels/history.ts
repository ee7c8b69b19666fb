import { landmarkKinds, parts } from '../../src/core/anatomy.ts'
import { distance } from '../../src/core/math/vector.ts'
import type { Change, EditName, Entry } from '../corrections.ts'
import { earAt } from '../ear-id.ts'
import { byId, element } from '../element.ts'
import type { Store } from '../store.ts'

/** The record of corrections, the latest first. */
export function showHistory(store: Store): void {
  const panel = byId('history')
  store.listen(({ log, ears, kept, saved }, before) => {
    if (log === before.log && kept === before.kept && saved === before.saved) return
    const items = log.toReversed().map((entry) => item(entry, ears[earAt(entry.change.ear)]?.side ?? ''))
    const isKept = Math.max(kept, saved) >= log.length
    const where = element('p', { class: 'faint' }, isKept ? 'Kept in this browser or a file.' : 'Not kept yet.')
    panel.replaceChildren(
      ...(items.length === 0
        ? []
        : [element('h2', {}, 'Corrections'), where, element('ol', { class: 'log' }, ...items)])
    )
  })
}

function item({ at, action, change }: Entry, side: string): HTMLElement {
  const words = { change: '', undo: 'Undone: ', redo: 'Again: ' }[action]
  const time = element('time', { datetime: at }, new Date(at).toLocaleTimeString())
  return element('li', {}, time, ` ${words}${describe(change, side)}`)
}

function describe(change: Change, side: string): string {
  if (change.what === 'landmark') {
    const { from, to } = change
    const name = `${landmarkKinds.find(({ id }) => id === to.id)?.name ?? to.id}, ${side} ear`
    if (from.status !== 'defined' || to.status !== 'defined') return `${name} placed`
    return `${name} moved by ${distance(from.position, to.position).toFixed(2)} mm`
  }
  if (change.what === 'electrode') {
    const { contact, to } = change
    if (contact === null) return `Array, ${side} ear: ${to.array === null ? 'not named' : to.array.model}`
    const name = `Contact ${contact.order}, ${side} ear`
    return contact.from === null
      ? `${name} placed`
      : `${name} moved by ${distance(contact.from, contact.to).toFixed(2)} mm`
  }
  const voxels = `${change.voxels.length.toLocaleString('en')} voxels, ${side} ear`
  if (change.how !== undefined) return `${voxels}, ${editWords[change.how]}`
  const part = parts.find(({ label }) => label === change.to)?.name.toLowerCase()
  return part === undefined ? `${voxels}, erased` : `${voxels}, painted ${part}`
}

const editWords: Readonly<Record<EditName, string>> = {
  grow: 'part grown',
  shrink: 'part shrunk',
  fill: 'holes filled',
  islands: 'islands removed',
  restore: 'part restored'
}

import { applyAffine, indexFromIndex, voxelIndex } from '../../src/core/geometry/geometry.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { softwareVersion } from '../../src/core/version.ts'
import type { Scan } from '../../src/core/volume.ts'
import { type Change, type Entry, type LabelChange, labelAfter } from '../corrections.ts'
import { earAt } from '../ear-id.ts'
import type { EarView } from './ear-view.ts'

/** An ear that a record names by its side. */
interface RecordedEar {
  readonly side: string
}

/**
 * `corrections.json`: every change, what, when, from and to. Positions are LPS mm, voxels (i, j, k) of the scan.
 * @param views of the ears, in the same order
 */
export function correctionRecord(
  log: readonly Entry[],
  ears: readonly RecordedEar[],
  views: readonly EarView[],
  scan: Scan
): object {
  return {
    format: 'otomark-corrections',
    version: 1,
    software: { name: 'otomark', version: softwareVersion },
    changes: log.map(({ at, action, change }) => ({
      at,
      action,
      ear: ears[earAt(change.ear)]?.side,
      ...recorded(change, views, scan)
    }))
  }
}

function recorded(change: Change, views: readonly EarView[], scan: Scan): object {
  switch (change.what) {
    case 'landmark':
      return { what: 'landmark', landmark: change.to.id, from: placeOf(change.from), to: placeOf(change.to) }
    case 'electrode':
      return change.contact === null
        ? { what: 'array', from: change.from.array?.id ?? null, to: change.to.array?.id ?? null }
        : { what: 'contact', array: change.to.placed?.array.id, ...change.contact }
    case 'labels':
      return {
        what: 'labels',
        ...(change.how !== undefined && { how: change.how }),
        ...(typeof change.to === 'number' && { to: change.to }),
        runs: runsOf(change, views[earAt(change.ear)], scan)
      }
  }
}

/** What a reader of a result should know of corrections; undefined without any that stands. */
export function correctionNote(log: readonly Entry[]): string | undefined {
  const changes = standing(log)
  if (changes.length === 0) return undefined
  const landmarks = new Set(changes.flatMap((change) => (change.what === 'landmark' ? [landmarkKey(change)] : [])))
  const contacts = new Set(changes.flatMap((change) => (change.what === 'electrode' ? contactKey(change) : [])))
  const named = new Set(changes.flatMap((change) => (isNaming(change) ? [change.ear] : [])))
  const strokes = changes.filter(({ what }) => what === 'labels').length
  const counts = [
    counted(landmarks.size, 'landmark', 'landmarks'),
    counted(named.size, 'electrode array named', 'electrode arrays named'),
    counted(contacts.size, 'contact', 'contacts'),
    counted(strokes, 'change of labels', 'changes of labels')
  ]
  return `corrected by hand: ${counts.filter(Boolean).join(', ')}`
}

/** The changes that were not taken back, without those of an ear's array from before that was named anew or as not known. */
function standing(log: readonly Entry[]): Change[] {
  const done: Change[] = []
  for (const { action, change } of log) {
    if (action === 'undo') done.pop()
    else done.push(change)
  }
  return done.filter((change, n) => {
    if (change.what !== 'electrode') return true
    const isReplaced = done.slice(n + 1).some((later) => isNaming(later) && later.ear === change.ear)
    return !isReplaced && (change.contact !== null || change.to.array !== null)
  })
}

function landmarkKey({ ear, to }: Change & { readonly what: 'landmark' }): string {
  return `${ear} ${to.id}`
}

function contactKey({ ear, contact }: Change & { readonly what: 'electrode' }): string[] {
  return contact === null ? [] : [`${ear} ${contact.order}`]
}

function isNaming(change: Change): boolean {
  return change.what === 'electrode' && change.contact === null
}

function counted(count: number, one: string, several: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : several}`
}

function placeOf(landmark: Landmark): Vector3 | null {
  return landmark.status === 'defined' ? landmark.position : null
}

/** Painted voxels as runs along i that had one label, and got one where the change gives several. */
function runsOf(change: LabelChange, view: EarView | undefined, { geometry }: Scan): object[] {
  if (view === undefined) return []
  const { voxels, from, to: target } = change
  const toScan = indexFromIndex(view.grid, geometry)
  const painted = [...voxels].map((at, n) => {
    const place = applyAffine(toScan, voxelIndex(view.grid.size, at)).map(Math.round)
    return { place: place as [number, number, number], from: from[n] as number, to: labelAfter(change, n) }
  })
  painted.sort(({ place: a }, { place: b }) => a[2] - b[2] || a[1] - b[1] || a[0] - b[0])
  const runs: { start: [number, number, number]; length: number; from: number; to?: number }[] = []
  const isOne = typeof target === 'number'
  for (const { place, from: label, to } of painted) {
    const run = runs.at(-1)
    const follows =
      run?.from === label &&
      (isOne || run.to === to) &&
      run.start[0] + run.length === place[0] &&
      run.start[1] === place[1] &&
      run.start[2] === place[2]
    if (run !== undefined && follows) run.length++
    else runs.push({ start: place, length: 1, from: label, ...(!isOne && { to }) })
  }
  return runs
}

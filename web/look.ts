import type { LandmarkId, PartId } from '../src/core/anatomy.ts'
import type { EarId } from './ear-id.ts'
import type { View } from './viewer/viewer.ts'

/** How things are looked at and what a pointer does. */
export interface Look {
  readonly ear: 'both' | EarId
  readonly tool: Tool
  /** Label a stroke paints. */
  readonly label: number
  /** Diameter of the brush, mm. */
  readonly brush: number
  /** Whether a stroke is a disc in its slice or a ball. */
  readonly brushShape: 'disc' | 'ball'
  /** Hounsfield units to which painting, erasing, filling and growing keep; null for any. */
  readonly threshold: Window | null
  readonly window: Window
  readonly radiological: boolean
  readonly outlines: boolean
  /** Opacity of labels that are filled, 0 for none to 1. */
  readonly fill: number
  /** Parts and landmarks that are not drawn, and whether the contacts of electrode arrays are. */
  readonly hidden: readonly Hideable[]
  /** The one view that fills a pane; undefined for all four. */
  readonly full: View | undefined
  /** Of two that are compared, the one that is seen where there is room for one. */
  readonly front: 'shown' | 'other'
}

/** What may be left undrawn. */
export type Hideable = PartId | LandmarkId | 'contacts'

export type Tool = 'look' | 'distance' | 'angle' | 'paint' | 'fill' | 'erase' | 'contact'

/** Hounsfield units drawn black and white. */
export interface Window {
  readonly low: number
  readonly high: number
}

/** Windows by name: level and width as radiologists set them. */
export const windows = {
  bone: { name: 'Bone', low: -600, high: 2200 },
  temporal: { name: 'Temporal bone', low: -1300, high: 2700 },
  soft: { name: 'Soft tissue', low: -160, high: 240 }
} as const satisfies Record<string, Window & { readonly name: string }>
export type WindowName = keyof typeof windows

/** The preset that a window is; undefined for one of a person's own. */
export function windowName({ low, high }: Window): WindowName | undefined {
  const names = Object.keys(windows) as WindowName[]
  return names.find((name) => windows[name].low === low && windows[name].high === high)
}

/** A window at least this wide, HU, within what a CT can hold. */
export function windowOf(level: number, width: number): Window {
  const wide = Math.max(20, Math.min(8000, Math.round(width)))
  const middle = Math.max(-2000, Math.min(4000, Math.round(level)))
  return { low: middle - wide / 2, high: middle + wide / 2 }
}

export const initialLook: Look = {
  ear: 'both',
  tool: 'look',
  label: 1,
  brush: 0.8,
  brushShape: 'disc',
  threshold: null,
  window: { low: windows.bone.low, high: windows.bone.high },
  radiological: true,
  outlines: true,
  fill: 0,
  hidden: [],
  full: undefined,
  front: 'shown'
}

/** Whether a tool changes labels. */
export function isEditing({ tool }: Look): boolean {
  return tool === 'paint' || tool === 'fill' || tool === 'erase'
}

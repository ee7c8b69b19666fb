import type { Side } from '../src/core/anatomy.ts'

/** How things are looked at and what a pointer does. */
export interface Look {
  readonly ear: 'both' | Side
  readonly tool: Tool
  /** Label a stroke paints. */
  readonly label: number
  /** Diameter of the brush, mm. */
  readonly brush: number
  readonly window: WindowName
  readonly radiological: boolean
  readonly fill: boolean
  readonly labelsShown: boolean
}

export type Tool = 'look' | 'paint' | 'erase'

/** Hounsfield units drawn black and white. */
export const windows = {
  bone: { name: 'Bone', low: -600, high: 2200 },
  soft: { name: 'Soft tissue', low: -160, high: 240 }
} as const
export type WindowName = keyof typeof windows

export const initialLook: Look = {
  ear: 'both',
  tool: 'look',
  label: 1,
  brush: 0.8,
  window: 'bone',
  radiological: true,
  fill: false,
  labelsShown: true
}

import { element } from '../element.ts'

/** What stands in a pane in place of slices that could not be drawn; what was found needs none. */
export function undrawn(cause: unknown): HTMLElement {
  const hasWebGl = document.createElement('canvas').getContext('webgl2') !== null
  const why = hasWebGl
    ? `The slices could not be drawn: ${cause instanceof Error ? cause.message : String(cause)}.`
    : 'This browser cannot draw slices: it has no WebGL 2.'
  const advice = hasWebGl ? 'Open the scan again.' : 'Switch its hardware acceleration on, or take another browser.'
  return element(
    'p',
    { class: 'undrawn', role: 'alert' },
    `${why} ${advice} Numbers, report and export need no slices.`
  )
}

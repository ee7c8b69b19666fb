import { type CaseOptions, caseOptions } from '../../src/generate/sample/options.ts'

/** Not a seed that anything was fitted to. */
export const seed = 7401

/** @param kind `cone-beam` or `multi-slice`, with `-none` for ears without metal; with `-folded` the same ears as without */
export function optionsOf(kind: string): CaseOptions {
  const scanner = kind.startsWith('cone-beam') ? 'cone-beam' : 'multi-slice'
  return caseOptions.parse({
    scanners: [scanner],
    finest: scanner === 'cone-beam' ? 0.15 : 0.4,
    electrodes: kind.endsWith('none') ? 0 : 1,
    specimens: 0,
    field: [30, 32],
    anyOrientation: 0
  })
}

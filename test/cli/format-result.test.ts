import { expect, it } from 'vitest'
import { formatResult } from '../../src/cli/format-result.ts'
import { knownResult } from '../report/known-findings.ts'

it('shows landmarks, volumes, side, doubts and the notice in a short table', () => {
  expect(formatResult(knownResult(['right']))).toMatchInlineSnapshot(`
    "┌──────────────┬─────────────────────┬───────┐
    │ Right ear    │    x, y, z (LPS mm) │ score │
    ├──────────────┼─────────────────────┼───────┤
    │ Helicotrema  │ 8.00  17.00  -27.50 │  0.90 │
    │ Oval window  │ 7.13  16.00  -28.00 │  0.90 │
    │ Round window │           not found │  0.05 │
    └──────────────┴─────────────────────┴───────┘
    ┌─────────────────────┬─────┐
    │ Volume              │ mm³ │
    ├─────────────────────┼─────┤
    │ Cochlea             │ 1.0 │
    │ Vestibule           │ 0.5 │
    │ Semicircular canals │ 0.3 │
    │ Labyrinth           │ 1.8 │
    └─────────────────────┴─────┘
    ┌──────────────────────────────────────────────────┬──────────────┬───────────────┐
    │ Measurement                                      │        value │ 90 % interval │
    ├──────────────────────────────────────────────────┼──────────────┼───────────────┤
    │ A value                                          │ not measured │               │
    │ B value                                          │ not measured │               │
    │ Height of the cochlea, H                         │ not measured │               │
    │ Cochlear duct length, organ of Corti (Alexiades) │ not measured │               │
    │ Angle of all turns                               │ not measured │               │
    └──────────────────────────────────────────────────┴──────────────┴───────────────┘
    Side: right, 99 % certain
    Warning: The round window of the right ear was not found.
    Research software, not a medical device. Not for diagnosis or treatment."
  `)
})

it('shows one table for each ear', () => {
  const text = formatResult(knownResult(['right', 'left']))
  expect(text).toContain('Right ear')
  expect(text).toContain('Left ear')
})

import { expect, test } from 'vitest'
import type { EarFinding } from '../../../src/analyze/findings.ts'
import type { ScanBefore } from '../../../src/analyze/register/take-from-before.ts'
import type { Entry } from '../../../web/corrections.ts'
import { landmarkAt } from '../../../web/ear-state.ts'
import { received } from '../../../web/worker/received.ts'
import { trueEar, trueLabels } from '../../implant/known-ear.ts'
import { source } from '../../report/known-findings.ts'
import { openedSession } from './opened-session.ts'

test('a scan before surgery is handed on with how it was read, who corrected it and what is doubtful about it', async () => {
  const { service, analysis } = await openedSession({ source: { ...source, notes: ['values were converted'] } })
  const from = analysis.ears[0]?.landmarks[0] ?? expect.unreachable()
  const change = { what: 'landmark', ear: 'ear-1', from, to: landmarkAt(from.id, [8, 16, -28]) } as const
  const log: Entry[] = [{ at: '2026-01-02T03:04:05Z', action: 'change', change }]
  const { port1, port2 } = new MessageChannel()
  const sent = received<ScanBefore>(port1)
  service.sendBefore(port2, 'before.otomark', log)
  const { name, notes } = await sent
  port2.close()
  expect(name).toBe('before.otomark')
  expect(notes).toEqual([
    'values were converted',
    expect.stringMatching(/^corrected by hand: 1 landmark/),
    'The left ear is cut by the edge of the scan; its volumes are too small.',
    'Voxels of 1.00 mm are too coarse to outline the left ear well.'
  ])
})

/** A session of a whole ear whose round window was not found, and that place. */
function withoutRoundWindow() {
  const [known, labels] = [trueEar(), trueLabels()]
  const nothing = { vertices: new Float64Array(0), triangles: new Uint32Array(0) }
  const surfaces = { labyrinth: nothing, parts: { cochlea: nothing, vestibule: nothing, semicircular_canals: nothing } }
  const landmarks = known.landmarks.map((landmark) =>
    landmark.id === 'round_window' ? { id: landmark.id, status: 'undefined' as const, confidence: 0 } : landmark
  )
  const found = { ...known, landmarks, side: 'right' as const, sideConfidence: 1, residual: 0, score: 1 }
  const ear: EarFinding = { ...found, labels, surfaces, repeats: [] }
  const scan = { geometry: labels.geometry, data: Int16Array.from(labels.data, (label) => (label === 0 ? 1500 : 50)) }
  const session = { scan, found: { ears: [ear], timings: [] }, corrected: [{ landmarks, labels: null }] }
  return { session, complete: known.landmarks }
}

test('an oblique slice is the one of its name, also when a landmark that is placed brings others', async () => {
  const { session, complete } = withoutRoundWindow()
  const { service, analysis } = await openedSession(session)
  const [canal] = analysis.ears[0]?.planes ?? []
  const name = canal?.name ?? expect.unreachable()
  expect(canal?.of).toBe('superior canal')
  expect(await service.oblique(0, 'Along the modiolar axis, apex up', 0)).toBeUndefined()
  const { planes } = await service.conclude([{ landmarks: complete }], [])
  expect(planes[0]?.map(({ of }) => of)).toEqual(['cochlea', 'cochlea', 'superior canal', 'superior canal'])
  expect(await service.oblique(0, name, 0)).toContain(`<figcaption>${name}`)
  expect(await service.oblique(0, 'Along the modiolar axis, apex up', 0)).toContain('<figcaption>Along the modiolar')
})

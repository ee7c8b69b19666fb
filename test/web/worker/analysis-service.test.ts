import { expect, test } from 'vitest'
import type { ScanBefore } from '../../../src/analyze/register/take-from-before.ts'
import type { Entry } from '../../../web/corrections.ts'
import { landmarkAt } from '../../../web/ear-state.ts'
import { received } from '../../../web/worker/received.ts'
import { openedSession } from './opened-session.ts'

test('a scan before surgery is handed on with how it was read, who corrected it and what is doubtful about it', async () => {
  const { service, analysis } = await openedSession(['values were converted'])
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

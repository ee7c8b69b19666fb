import { encodeSession } from '../../../src/report/session/session-file.ts'
import { AnalysisService } from '../../../web/worker/analysis-service.ts'
import type { Analysis } from '../../../web/worker/analysis-worker.ts'
import { knownSession } from '../../report/session/known-session.ts'

/** A worker's service with the known session, which nobody has corrected. @param notes of how its scan was read */
export async function openedSession(
  notes: readonly string[] = []
): Promise<{ readonly service: AnalysisService; readonly analysis: Analysis }> {
  const session = knownSession()
  const file = encodeSession({ ...session, source: { ...session.source, notes }, log: [] })
  const service = new AnalysisService()
  const analysis = await service.analyze(
    {
      engine: { provider: 'wasm', threads: 1 },
      base: 'http://localhost/',
      input: [{ path: 'head.otomark', file: new File([file], 'head.otomark') }]
    },
    { progress: () => {}, read: () => {}, choose: async () => '' }
  )
  return { service, analysis }
}

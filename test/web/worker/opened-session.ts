import type { Session } from '../../../src/report/session/session.ts'
import { encodeSession } from '../../../src/report/session/session-file.ts'
import { AnalysisService } from '../../../web/worker/analysis-service.ts'
import type { Analysis } from '../../../web/worker/analysis-worker.ts'
import { knownSession } from '../../report/session/known-session.ts'

/** A worker's service with the known session, or one that is other in part, without what its page recorded. */
export async function openedSession(
  other: Partial<Session> = {}
): Promise<{ readonly service: AnalysisService; readonly analysis: Analysis }> {
  const file = new File([encodeSession({ ...knownSession(), log: [], ...other })], 'head.otomark')
  const service = new AnalysisService()
  const engine = { provider: 'wasm', threads: 1 } as const
  const request = { engine, base: 'http://localhost/', input: [{ path: 'head.otomark', file }] }
  const analysis = await service.analyze(request, { progress: () => {}, read: () => {}, choose: async () => '' })
  return { service, analysis }
}

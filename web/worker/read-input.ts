import { InputError } from '../../src/core/errors.ts'
import type { LoadedScan } from '../../src/io/scan-source.ts'
import type { Session } from '../../src/report/session/session.ts'
import { decodeSession, sessionEnding } from '../../src/report/session/session-file.ts'
import type { AnalysisListener, AnalysisRequest, SeriesOffer } from './analysis-worker.ts'
import { readKept } from './kept-sessions.ts'
import { previewOfSlice } from './preview.ts'
import { readFiles } from './read-files.ts'

/** A session, its corrections not yet checked. */
export interface ReadSession {
  readonly session: Session
  readonly log: unknown
  readonly path: string
}

/** What a person gave: a scan, of several series the one that is chosen, or a session. */
export async function readInput(
  { input, base }: AnalysisRequest,
  { choose }: AnalysisListener
): Promise<LoadedScan | ReadSession> {
  if (typeof input === 'string') return readKeptSession(input)
  const [only] = input
  if (only !== undefined && input.length === 1 && only.path.toLowerCase().endsWith(sessionEnding)) {
    const session = await decodeSession(new Uint8Array(await only.file.arrayBuffer()), only.path)
    return { session, log: session.log, path: only.path }
  }
  return readFiles(input, base, {
    async ask(choices, picture) {
      const offers: SeriesOffer[] = []
      for (const one of choices) {
        // A series that cannot be decoded is still a choice; reading it says why not.
        const slice = await picture(one).catch(() => undefined)
        offers.push(slice === undefined ? one : { ...one, preview: previewOfSlice(slice) })
      }
      return choose(offers)
    }
  })
}

async function readKeptSession(id: string): Promise<ReadSession> {
  const path = 'the session kept in this browser'
  const kept = await readKept(id)
  if (kept === undefined) throw new InputError(path, 'is not there any more; open the scan again')
  const bytes = new Uint8Array(await kept.file.arrayBuffer())
  return { session: await decodeSession(bytes, path), log: kept.log, path }
}

import { createStore, del, entries, get, set } from 'idb-keyval'
import { ResourceError } from '../../src/core/errors.ts'
import type { Entry } from '../corrections.ts'

/** A session that is kept in the browser, as far as it is known before it is opened. */
export interface KeptSession {
  readonly id: string
  /** What the person called the scan. */
  readonly name: string
  /** When it was last changed, ISO 8601. */
  readonly at: string
  readonly log: readonly Entry[]
}

// Apart, so that a list of sessions reads no scan.
const sessions = createStore('otomark-sessions', 'sessions')
const scans = createStore('otomark-scans', 'scans')

/** The sessions that are kept, the latest first; none where the browser keeps nothing. */
export async function keptSessions(): Promise<readonly KeptSession[]> {
  const kept = await entries<string, KeptSession>(sessions).catch(() => [])
  return kept.map(([, session]) => session).sort((a, b) => (a.at < b.at ? 1 : -1))
}

export async function keepLog(session: KeptSession): Promise<void> {
  await set(session.id, session, sessions)
}

/**
 * @param file the session's; as a blob, since browsers limit the size of anything else
 * @throws ResourceError where the browser has no space or keeps nothing
 */
export async function keepScan(id: string, file: Uint8Array<ArrayBuffer>): Promise<void> {
  await set(id, new Blob([file]), scans).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ResourceError(`the browser could not keep the session: ${reason}`, { cause })
  })
}

/** A session's file and its corrections, to be checked; undefined where there is none of that id. */
export async function readKept(id: string): Promise<{ readonly file: Blob; readonly log: unknown } | undefined> {
  const [file, session] = await Promise.all([get<Blob>(id, scans), get<KeptSession>(id, sessions)])
  return file === undefined ? undefined : { file, log: session?.log ?? [] }
}

export async function forgetSession(id: string): Promise<void> {
  await Promise.all([del(id, sessions), del(id, scans)]).catch(() => {})
}

import { z } from 'zod'
import { InputError } from '../../core/errors.ts'
import { printable } from '../../core/printable.ts'
import { jsonIn } from '../../io/json.ts'
import { ask, type ServerSettings, serverName } from './server.ts'

/** A series on a server, as returned by its search. */
export interface FoundSeries {
  readonly studyUid: string
  readonly seriesUid: string
  readonly modality: string
  readonly number: string
  readonly description: string
  readonly patientId: string
  /** YYYYMMDD. */
  readonly studyDate: string
  /** How many objects it holds, where the server says so. */
  readonly instances?: number
}

/** What is searched for: values by the DICOM keyword, such as `PatientID`. */
export type SearchTerms = Readonly<Record<string, string>>

/** One object of the DICOM JSON model (PS3.18, F.2). */
const jsonObject = z.record(z.string(), z.object({ Value: z.array(z.unknown()).optional() }))
const answerList = z.array(jsonObject)
type JsonObject = z.infer<typeof jsonObject>

const pageSize = 100

/** QIDO-RS: all series that fit, page after page. @throws as `ask` */
export async function findSeries(server: ServerSettings, terms: SearchTerms): Promise<readonly FoundSeries[]> {
  const fields = ['00080060', '0008103E', '00200011', '00201209', '00100020', '00080020', '0020000D']
  const found = await pages(server, '/series', { ...terms, includefield: fields.join(',') }, '0020000E')
  return found.map((series) => ({
    studyUid: textOf(series, '0020000D'),
    seriesUid: textOf(series, '0020000E'),
    modality: textOf(series, '00080060'),
    number: textOf(series, '00200011'),
    description: textOf(series, '0008103E'),
    patientId: textOf(series, '00100020'),
    studyDate: textOf(series, '00080020'),
    ...countOf(series)
  }))
}

/** QIDO-RS: the SOP Instance UIDs of a series. @throws as `ask`, InputError if it is not there */
export async function findInstances(
  server: ServerSettings,
  { studyUid, seriesUid }: Pick<FoundSeries, 'studyUid' | 'seriesUid'>
): Promise<readonly string[]> {
  const path = `/studies/${checkUid(studyUid)}/series/${checkUid(seriesUid)}/instances`
  const found = await pages(server, path, {}, '00080018')
  const uids = found.map((instance) => checkUid(textOf(instance, '00080018')))
  if (uids.length === 0) throw new InputError(serverName, `has no objects of the series ${seriesUid}`)
  return uids
}

/**
 * A UID, which becomes a part of addresses and of names of files.
 * @throws InputError if it is not a UID
 */
export function checkUid(uid: string): string {
  if (/^[0-9]+(\.[0-9]+)*$/.test(uid) && uid.length <= 64) return uid
  throw new InputError(printable(uid.slice(0, 64)) || 'an empty text', 'is no DICOM UID')
}

/** Every object once: a server that passes over `offset` would give its first page for ever. */
async function pages(
  server: ServerSettings,
  path: string,
  terms: SearchTerms,
  uidTag: string
): Promise<readonly JsonObject[]> {
  const found = new Map<string, JsonObject>()
  for (let offset = 0; ; ) {
    const query = new URLSearchParams({ ...terms, limit: String(pageSize), offset: String(offset) })
    const { status, body } = await ask(server, { path: `${path}?${query}`, accept: 'application/dicom+json' })
    const page = status === 204 || body.length === 0 ? [] : listIn(body)
    const before = found.size
    for (const one of page) found.set(textOf(one, uidTag), one)
    if (page.length === 0 || found.size === before) return [...found.values()]
    offset += page.length
  }
}

function listIn(body: Uint8Array): readonly JsonObject[] {
  // What is no UTF-8 is replaced: a server that writes another encoding into a description can still be asked.
  const parsed = answerList.safeParse(jsonIn(new TextDecoder().decode(body)))
  if (parsed.success) return parsed.data
  const problem = 'answers with something that is no DICOM JSON; check its address'
  throw new InputError(serverName, problem, { cause: parsed.error })
}

function textOf(object: JsonObject, tag: string): string {
  const value = object[tag]?.Value?.[0]
  return typeof value === 'string' || typeof value === 'number' ? printable(String(value)) : ''
}

function countOf(object: JsonObject): Pick<FoundSeries, 'instances'> {
  const count = Number(textOf(object, '00201209') || Number.NaN)
  return Number.isFinite(count) ? { instances: count } : {}
}

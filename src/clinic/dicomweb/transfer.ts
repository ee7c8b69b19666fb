import { InputError } from '../../core/errors.ts'
import { parseDicom } from '../../io/dicom/parse.ts'
import { randomUid } from '../dicom/uid.ts'
import { encodePart, firstPart } from './multipart.ts'
import { checkUid, type FoundSeries } from './search.ts'
import { ask, type ServerSettings, serverName } from './server.ts'

/** WADO-RS: one object, as the server keeps it. @throws as `ask` */
export async function retrieveInstance(
  server: ServerSettings,
  { studyUid, seriesUid }: Pick<FoundSeries, 'studyUid' | 'seriesUid'>,
  instanceUid: string
): Promise<Uint8Array> {
  const path = `/studies/${checkUid(studyUid)}/series/${checkUid(seriesUid)}/instances/${checkUid(instanceUid)}`
  const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*'
  const { body, contentType } = await ask(server, { path, accept })
  return contentType.includes('multipart/') ? firstPart(body, contentType) : body
}

/**
 * STOW-RS: stores one object, and reads it back: a server may answer that all is well and keep an older object of the
 * same UID. Storing an object once more that is there already changes nothing and is no error.
 * @throws InputError if the server does not keep it, or keeps another object in its place; as `ask`
 */
export async function storeInstance(server: ServerSettings, bytes: Uint8Array): Promise<void> {
  const { data } = await parseDicom(bytes)
  const uids = {
    studyUid: data.string('x0020000d') ?? '',
    seriesUid: data.string('x0020000e') ?? '',
    instanceUid: data.string('x00080018') ?? ''
  }
  const boundary = `otomark.${randomUid()}`
  await ask(server, {
    method: 'POST',
    path: `/studies/${checkUid(uids.studyUid)}`,
    accept: 'application/dicom+json',
    contentType: `multipart/related; type="application/dicom"; boundary="${boundary}"`,
    body: encodePart(bytes, boundary)
  })
  const kept = await retrieveInstance(server, uids, uids.instanceUid)
  if (kept.length === bytes.length && kept.every((byte, n) => byte === bytes[n])) return
  // A server may add or correct attributes of patient and study; time and date of the content stay.
  const back = (await parseDicom(kept)).data
  const made = ['x0020000e', 'x00080016', 'x00080023', 'x00080033']
  if (made.every((tag) => back.string(tag) === data.string(tag))) return
  throw new InputError(serverName, `keeps another object under the SOP Instance UID ${uids.instanceUid}`)
}

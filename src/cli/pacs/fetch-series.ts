import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { checkUid, type FoundSeries, findInstances, findSeries } from '../../clinic/dicomweb/search.ts'
import { type ServerSettings, serverName } from '../../clinic/dicomweb/server.ts'
import { retrieveInstance } from '../../clinic/dicomweb/transfer.ts'
import { InputError } from '../../core/errors.ts'
import { noProgress, type ProgressListener } from '../../core/progress.ts'
import { makeFolder, sweepTemporary, writeFileAtomically } from '../../node/write-file.ts'

/** The series of a UID. @param studyUid for servers that find no series without it */
export async function seriesOf(server: ServerSettings, seriesUid: string, studyUid?: string): Promise<FoundSeries> {
  const terms = { SeriesInstanceUID: checkUid(seriesUid) }
  const found = await findSeries(
    server,
    studyUid === undefined ? terms : { ...terms, StudyInstanceUID: checkUid(studyUid) }
  )
  // A server that does not know the search term answers with all that it has.
  const series = found.find((one) => one.seriesUid === seriesUid)
  if (series !== undefined && series.studyUid !== '') return series
  throw new InputError(serverName, `finds no series ${seriesUid}; some servers need its study too: --study UID`)
}

/**
 * Fetches the objects of a series into a folder, one after the other, as `UID.dcm`. Those that are there already stay:
 * what was stopped goes on.
 */
export async function fetchSeries(
  server: ServerSettings,
  series: FoundSeries,
  folder: string,
  progress: ProgressListener = noProgress
): Promise<void> {
  const instances = await findInstances(server, series)
  await makeFolder(folder)
  await sweepTemporary(folder)
  const there = new Set(await readdir(folder))
  const total = instances.length
  for (const [done, uid] of instances.entries()) {
    progress({ stage: 'fetching', done, total })
    if (there.has(`${uid}.dcm`)) continue
    await writeFileAtomically(join(folder, `${uid}.dcm`), await retrieveInstance(server, series, uid))
  }
  progress({ stage: 'fetching', done: total, total })
}

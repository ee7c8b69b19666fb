import { InputError } from '../core/errors.ts'
import type { Geometry } from '../core/geometry/geometry.ts'
import type { FileAccess } from '../io/file-access.ts'
import { readJson } from '../io/json.ts'
import type { CaseFiles } from './case-files.ts'
import { checkPlaces, checkSources } from './check-truth.ts'
import { noteExchangedLandmarks } from './exchanged-landmarks.ts'
import type { FileNote } from './file-note.ts'
import { joinEars, readMarkups } from './marked-ears.ts'
import { type Observation, type OutlinedEar, observe } from './observed-ear.ts'
import { pairEars } from './pair-ears.ts'
import { readLabels } from './read-labels.ts'
import { scanGrid } from './scan-grid.ts'
import { decodeTruth } from './truth-file.ts'

/**
 * What is known of a case: labels, and ears with their sides and landmarks. Landmarks are read from the
 * markups, or, if there are none, from `truth.json`. A landmark that is null there is known to be absent. Of a case with one
 * ear it is open whether the scan shows another, unless `truth.json` says that there is none.
 * @param note is told what to know of how labels and scan were read, and of landmarks whose names seem to be exchanged
 * @param grid of the scan, where that has been read
 * @throws InputError naming the file that cannot be read or understood, that says nothing of where an ear is, or that
 * contradicts another of the case
 */
export async function readTruth(
  files: FileAccess,
  one: CaseFiles,
  note?: FileNote,
  grid?: Geometry
): Promise<Observation<OutlinedEar>> {
  const { id, labels, labelNumbers, markups, truth } = one
  if (labels === null && markups === null && truth === null) {
    throw new InputError(
      one.scan ?? id,
      `case ${id} holds neither labels nor landmarks: labels.*, landmarks.mrk.json or truth.json`
    )
  }
  const outlines = labels === null ? null : await readLabels(files, labels, labelNumbers, note)
  const decoded = truth === null ? null : decodeTruth(await readJson(files, truth), truth)
  const lists = markups === null ? null : await readMarkups(files, markups)
  const observation = observe(outlines, joinEars(decoded?.ears ?? [], lists))
  checkSources(one, pairEars(decoded?.ears ?? [], lists))
  const { length } = observation.ears
  if (length > 2) throw new InputError(labels ?? markups ?? id, `shows ${length} ears; a scan has at most two`)
  const sides = decoded?.ears.filter(({ side }) => side !== null).length ?? 0
  if (truth !== null && decoded?.ofOne && sides > 0) {
    if (length > 1) throw new InputError(truth, 'names one side, but there are landmarks or labels of two ears')
    if (length === 0 && labels === null)
      throw new InputError(truth, 'names a side, but neither labels nor landmarks say where the ear is')
  }
  checkPlaces(one, observation, grid ?? (await scanGrid(files, one.scan, note)))
  if (note !== undefined) noteExchangedLandmarks(markups ?? truth ?? id, observation, note)
  return { ...observation, isOtherOpen: length === 1 && !decoded?.namesAll }
}

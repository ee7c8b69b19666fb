import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { caseFileNames } from '../cases/case-files.ts'
import { readTruth } from '../cases/read-truth.ts'
import { centerOf, extentOf, type Geometry } from '../core/geometry/geometry.ts'
import { diskFiles } from '../node/file-access.ts'
import { readScan } from '../node/read-scan.ts'
import { sweepTemporary, writeFileAtomically } from '../node/write-file.ts'
import { type LabelledPlace, labelledSlices } from '../report/picture/labelled-slices.ts'

const casePictureName = 'picture.png'

/** Edge of each of the three slices, pixels. */
const pixels = 360

/** Edge around an ear, mm: a labyrinth is less than 25 mm long. */
const earEdge = 26

/**
 * Draws a generated case beside its files, where it is not drawn yet: three slices through each ear with its true outline
 * and landmarks, or through the middle of a scan without an ear.
 */
export async function writeCasePicture(folder: string): Promise<void> {
  const path = join(folder, casePictureName)
  if (existsSync(path)) return
  const [scanPath, labels, markups, truth] = [
    caseFileNames.scan,
    caseFileNames.labels,
    caseFileNames.markups,
    caseFileNames.truth
  ].map((name) => join(folder, name)) as [string, string, string, string]
  const { scan } = await readScan(scanPath, { asStored: true })
  const images = { scan: scanPath, scanPlace: scanPath, labels, labelNumbers: null }
  const known = await readTruth(diskFiles, { id: folder, ...images, markups, truth })
  const places = known.ears.map(({ place, landmarks }) => ({ center: place, edge: earEdge, landmarks }))
  const shown = { scan, labels: known.labels, places: places.length > 0 ? places : [wholeOf(scan.geometry)] }
  await sweepTemporary(folder)
  await writeFileAtomically(path, labelledSlices([shown], pixels, 'outlined'))
}

function wholeOf(geometry: Geometry): LabelledPlace {
  return { center: centerOf(geometry), edge: Math.max(...extentOf(geometry)), landmarks: [] }
}

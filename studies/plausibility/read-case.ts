import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { landmarkKinds } from '../../src/core/anatomy.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import { fromColumns } from '../../src/core/vector.ts'
import type { Scan } from '../../src/core/volume.ts'
import { decodeNifti } from '../../src/io/nifti/decode.ts'
import { readScan } from '../../src/io/node/read-scan.ts'
import type { JudgedEar } from '../../src/measure/plausibility/flag.ts'
import type { AnalysisResult } from '../../src/report/result.ts'

/** An ear of a finished case, and the scan it was found in. */
export interface JudgedCase {
  readonly ear: JudgedEar
  readonly scan: Scan
}

/** The first ear of a case's folder. */
export async function readCase(folder: string): Promise<JudgedCase> {
  const result = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as AnalysisResult
  const [found] = result.ears
  if (found === undefined) throw new Error(`${folder} holds no ear`)
  const { data, geometry } = await decodeNifti(readFileSync(join(folder, 'labels.nii.gz')), folder)
  const { origin, lateral, anterior, superior } = found.frame
  const landmarks = landmarkKinds.map(({ id }): Landmark => ({ id, ...found.landmarks[id] }))
  const frame = { side: found.side, origin, direction: fromColumns(lateral, anterior, superior) }
  const ear = { ...found, frame, landmarks, labels: { geometry, data: Uint8Array.from(data) } }
  return { ear, scan: (await readScan(result.input.source)).scan }
}

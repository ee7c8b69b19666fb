import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { analyze } from '../../../src/analyze/analyze.ts'
import { closeModel, openModel } from '../../../src/analyze/open-model.ts'
import type { Scan } from '../../../src/core/volume.ts'
import { readModelFolder } from '../../../src/node/model-folder.ts'
import { encodeSession } from '../../../src/report/session/session-file.ts'
import { nodeRuntime } from '../../../src/runtime/node.ts'
import { smallModel } from './page-under-test.ts'
import { knownEar } from './scans.ts'

/**
 * The known left ear, or another scan of it, analysed here and seen once, as a session that a page opens without analysing
 * anything; for tests of what follows an analysis.
 */
export async function writeKnownSession(folder: string, known?: { readonly name: string; readonly scan: Scan }) {
  const { name, scan } = known ?? { name: 'left', scan: await knownEar() }
  const model = await openModel(await readModelFolder(smallModel), nodeRuntime)
  const { ears, timings } = await analyze(scan, model).finally(() => closeModel(model))
  const path = join(folder, `${name}.otomark`)
  const file = encodeSession({
    name: `${name}.nii.gz`,
    scan,
    source: { path: `${name}.nii.gz`, format: 'nifti', notes: [] },
    model,
    found: { ears: ears.map((ear) => ({ ...ear, repeats: [] })), timings },
    corrected: ears.map(({ landmarks }) => ({ landmarks, labels: null })),
    note: null,
    log: [],
    record: null
  })
  await writeFile(path, file)
  return path
}

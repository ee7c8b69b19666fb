/**
 * How often malformed generated ears are flagged: `npx tsx studies/plausibility/malformed.ts FROM TO`. Cases FROM to
 * TO − 1 of the cohort's seed are drawn once with each malformation, and found, outlined and judged by the default
 * model. The looks from other frames, which tell uncertainty and nothing else, are left out.
 */
import { findEars } from '../../src/analyze/find.ts'
import { interpretEar } from '../../src/analyze/interpret.ts'
import { outlineEar } from '../../src/analyze/outline.ts'
import type { Scan } from '../../src/core/volume.ts'
import { type MalformationKind, malformations } from '../../src/generate/anatomy/malformed/malform.ts'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/options.ts'
import { closeModel, defaultModelFolder, nodeRuntime, openModel, readModelFolder } from '../../src/index.ts'
import type { FlagId } from '../../src/measure/plausibility/flag.ts'
import { judgeEar } from '../../src/measure/plausibility/judge.ts'

const [from, to] = process.argv.slice(2).map(Number)
if (from === undefined || to === undefined) throw new Error('give the first case and the one after the last')
const seed = 501
const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime, { threads: 1 })
for (let index = from; index < to; index++) {
  for (const malformation of malformations) {
    const flags = await flagsOf(malformedScan(index, malformation))
    console.log(
      `case ${index}, ${malformation}: ${flags === undefined ? 'no ear found' : flags.join(', ') || 'silent'}`
    )
  }
}
await closeModel(model)

function malformedScan(index: number, malformation: MalformationKind): Scan {
  const options = caseOptions.parse({ field: [32, 40], finest: 0.3, anyOrientation: 0, malformation })
  return generateCase(seed, index, options).scan
}

/** Flags of the one ear that a scan shows; undefined when none is found. */
async function flagsOf(scan: Scan): Promise<FlagId[] | undefined> {
  for (const { poses } of await findEars(scan, model.finder, {})) {
    const outline = await outlineEar(scan, model.outliner, poses)
    const ear = outline && (await interpretEar(outline, [], scan.geometry))
    if (ear) return judgeEar(ear, scan).map(({ id }) => id)
  }
  return undefined
}

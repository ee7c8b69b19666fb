/**
 * What is flagged where a file's distance between slices is wrong: `npx tsx studies/plausibility/stretched.ts FACTORS SCAN ...`
 * multiplies it by each of the factors, as `1,0.7,1.35`, finds the ears with one view, and prints how much longer each seems along the
 * axes of its grid (`src/measure/plausibility/stretch.ts`) and its flags.
 */
import { basename } from 'node:path'
import { analyze, openModel } from '../../src/index.ts'
import { judgeFindings } from '../../src/measure/plausibility/judge.ts'
import { stretchesOf } from '../../src/measure/plausibility/stretch.ts'
import { defaultModelFolder, nodeRuntime, readModelFolder, readScan } from '../../src/node.ts'

const [, , factors = '1', ...paths] = process.argv
const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime)
for (const path of paths) {
  const { scan, source } = await readScan(path)
  const [x, y, z] = scan.geometry.spacing
  for (const factor of factors.split(',').map(Number)) {
    const stretched = { ...scan, geometry: { ...scan.geometry, spacing: [x, y, z * factor] as const } }
    const findings = await analyze(stretched, model, { augmentTestTime: false })
    const flags = judgeFindings(findings, stretched, source).map(({ id, severity }) => `${id} (${severity})`)
    for (const ear of findings.ears) {
      const stretches = stretchesOf(ear)?.map((value) => value.toFixed(2)) ?? []
      process.stdout.write(
        `${basename(path)} × ${factor}, ${ear.side}: ${stretches.join(' ')}; ${flags.join(', ') || 'no flag'}\n`
      )
    }
    if (findings.ears.length === 0) process.stdout.write(`${basename(path)} × ${factor}: no ear\n`)
  }
}

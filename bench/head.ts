/**
 * What `otomark analyze` needs for a whole head as a DICOM series: seconds by the clock and of all processors together, and
 * the most memory. `npm run build && npx tsx bench/head.ts` generates a head of 250 slices of 512² voxels of
 * 0.45 × 0.45 × 0.7 mm first, which takes some minutes and 4 GB; `--scan PATH` takes any other scan.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { geometryAround } from '../src/core/geometry/geometry.ts'
import { add, identity3, scale, type Vector3 } from '../src/core/math/vector.ts'
import { rasteriseCase, sampleCase } from '../src/generate/case.ts'
import { caseOptions } from '../src/generate/sample/options.ts'
import { writeDicomSeries } from '../test/support/write-dicom-series.ts'
import { runProgram } from './program.ts'

const { values } = parseArgs({ options: { scan: { type: 'string' } } })
const folder = await mkdtemp(join(tmpdir(), 'otomark-bench-'))
try {
  const scan = values.scan ?? (await writeHead(join(folder, 'head')))
  const { clock, processors, mebibytes } = await runProgram(
    ['analyze', scan, '--output', join(folder, 'result')],
    folder
  )
  console.log(
    `${clock.toFixed(1)} s by the clock, ${processors.toFixed(1)} s of processor time, ${mebibytes.toFixed(0)} MiB at most`
  )
} finally {
  await rm(folder, { recursive: true })
}

async function writeHead(path: string): Promise<string> {
  const spacing: Vector3 = [0.45, 0.45, 0.7]
  const drawn = sampleCase(501, 0, caseOptions.parse({ heads: 1, anyOrientation: 0, finest: 0.45, maxVoxels: 200e6 }))
  const [right, left] = drawn.bones.map(({ frame }) => frame.origin) as [Vector3, Vector3]
  // The ears lie below the middle of a head and behind that of its face.
  const middle = add(scale(add(right, left), 0.5), [0, -5, 20])
  const geometry = geometryAround(middle, [512, 512, 250], spacing, identity3)
  const blur = scale(spacing, 0.5)
  const protocol = { ...drawn.protocol, spacing, blur, cylinder: false }
  await writeDicomSeries(rasteriseCase({ ...drawn, protocol, geometry }).scan, path)
  return path
}

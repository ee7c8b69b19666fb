import { analyze } from '../analyze/analyze.ts'
import type { Findings } from '../analyze/findings.ts'
import type { Model } from '../analyze/model.ts'
import type { AnalyzeOptions } from '../analyze/options.ts'
import { NoEarError } from '../core/errors.ts'
import { softwareVersion } from '../core/version.ts'
import type { Scan } from '../core/volume.ts'
import { type ReadScanOptions, readScan } from '../io/node/read-scan.ts'
import type { ScanSource } from '../io/scan-source.ts'
import type { Flag } from '../measure/plausibility/flag.ts'
import { judgeEar } from '../measure/plausibility/judge.ts'
import { judgeDeclaredSide } from '../measure/plausibility/side.ts'
import { createResult, type ResultContext } from '../report/create-result.ts'
import type { AnalysisResult } from '../report/result.ts'
import type { OutputFiles } from './output-folder.ts'
import { encodeResult, type FileOptions } from './result-files.ts'

/** How a scan is read, analysed and written. */
export type AnalyzeScanOptions = ReadScanOptions & AnalyzeOptions & FileOptions & Pick<ResultContext, 'electrode'>

/** The result of one scan and the files it is written as, by name. */
export interface AnalyzedScan {
  readonly result: AnalysisResult
  readonly files: OutputFiles
}

/**
 * Reads a scan, analyses it and encodes what was found.
 * @throws whatever reading and analysing throw; NoEarError, naming the input, also when there is no ear in it
 */
export async function analyzeScan(
  input: string,
  model: Model,
  options: AnalyzeScanOptions = {}
): Promise<AnalyzedScan> {
  try {
    const { scan, source } = await readScan(input, options)
    const findings = await analyze(scan, model, options)
    assertEarFound(findings, scan)
    const flags = judgeScanned(findings, scan, source)
    const electrode = options.electrode === undefined ? {} : { electrode: options.electrode }
    const result = createResult(findings, { source, model, software: softwareVersion, flags, ...electrode })
    return { result, files: await encodeResult({ scan, findings, result, created: new Date() }, options) }
  } catch (error) {
    throw error instanceof NoEarError ? new NoEarError(`${input}: ${error.message}`, { cause: error }) : error
  }
}

function judgeScanned({ ears }: Findings, scan: Scan, { series }: ScanSource): Flag[] {
  const sides = ears.map(({ side }) => side)
  const declared = series?.laterality === undefined ? [] : judgeDeclaredSide(sides, series.laterality)
  return [...declared, ...ears.flatMap((ear) => judgeEar(ear, scan))]
}

function assertEarFound({ ears }: Findings, { geometry }: Scan): void {
  if (ears.length > 0) return
  const voxel = geometry.spacing.map((mm) => Number(mm.toFixed(2))).join(' × ')
  throw new NoEarError(
    `no inner ear was found (voxels of ${voxel} mm); check that it is a CT in Hounsfield units that shows the inner ear`
  )
}

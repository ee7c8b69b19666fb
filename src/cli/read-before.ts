import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { analyze } from '../analyze/analyze.ts'
import { earsFound } from '../analyze/detect/limits.ts'
import type { Model } from '../analyze/model.ts'
import type { AnalyzeOptions } from '../analyze/options.ts'
import type { ScanBefore } from '../analyze/register/take-from-before.ts'
import { NoEarError, UsageError } from '../core/errors.ts'
import { scanBefore } from '../measure/scan-before.ts'
import { readBytes } from '../node/read-file.ts'
import { readScan } from '../node/read-scan.ts'
import { decodeSession } from '../report/session/session-file.ts'
import { correctedFindings, isSession, notedSource } from './corrected-findings.ts'

/** @throws UsageError for a result, which holds no scan */
export function assertHoldsScan(path: string): void {
  if (!existsSync(join(path, 'result.json')) && !path.endsWith('result.json')) return
  throw new UsageError(
    `--before ${path}: a result holds no scan to register; name the scan it was made of, or its session (.otomark)`
  )
}

/**
 * A scan from before surgery: analysed with the same model, or, of a session, as a person left it.
 * @param name what results call it
 * @throws whatever reading and analysing throw
 */
export async function readBefore(
  path: string,
  name: string,
  model: Model,
  options: AnalyzeOptions
): Promise<ScanBefore> {
  if (isSession(path)) {
    const session = await decodeSession(await readBytes(path), path)
    return scanBefore(name, { scan: session.scan, source: notedSource(session) }, await correctedFindings(session))
  }
  try {
    const read = await readScan(path)
    const findings = await earsFound(analyze(read.scan, model, options), read.source.notes)
    return scanBefore(name, read, findings)
  } catch (error) {
    throw error instanceof NoEarError ? new NoEarError(`${path}: ${error.message}`, { cause: error }) : error
  }
}

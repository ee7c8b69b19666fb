import { requireOrigin } from '../clinic/dicom/modules.ts'
import { UsageError } from '../core/errors.ts'
import type { ElectrodeArray } from '../electrode/array.ts'
import { type ElectrodeCorrection, findElectrodes } from '../implant/find/find-in-ears.ts'
import { type MeasureOptions, measureFindings } from '../measure/measure-findings.ts'
import { readBytes } from '../node/read-file.ts'
import { createResult } from '../report/create-result.ts'
import { identifiersOf } from '../report/identifiers.ts'
import type { CorrectedEar } from '../report/session/session.ts'
import { decodeSession } from '../report/session/session-file.ts'
import { type AnalyzedScan, type FileOptions, filesOf } from './analyze-scan.ts'
import { correctedFindings, notedSource } from './corrected-findings.ts'

/**
 * The result of a session as a person left it, without running a network, and `corrections.json` where it has any.
 * @throws InputError if it is no session or a damaged one
 */
export async function reopenSession(
  input: string,
  {
    electrode,
    implant,
    keepIdentifiers = false,
    ...options
  }: FileOptions &
    Pick<MeasureOptions, 'electrode'> & { readonly keepIdentifiers?: boolean; readonly implant?: ElectrodeArray }
): Promise<AnalyzedScan> {
  const session = await decodeSession(await readBytes(input), input)
  const { scan, model, corrected, record } = session
  const origin = options.dicom === true ? requireOrigin(input, session.source.format, session.origin) : undefined
  const source = notedSource(session)
  const findings = await correctedFindings(session)
  const electrodes = corrected.map((ear) => electrodeOf(ear, implant))
  const measured = findElectrodes(measureFindings(findings, { scan, source, electrode }), scan, implant, electrodes)
  const result = createResult(measured, {
    source,
    model,
    ...(keepIdentifiers && { identifiers: identifiersOf(session.origin) })
  })
  const files = await filesOf({ scan, findings, result, created: new Date() }, options, origin)
  const more = record === null ? {} : { 'corrections.json': `${JSON.stringify(record)}\n` }
  return { result, files: { ...files, ...more } }
}

/**
 * What is known of an ear's array: what the person said on the page, unless the command names it.
 * @throws UsageError where it names another one than the one whose contacts they placed
 */
function electrodeOf({ electrode }: CorrectedEar, named: ElectrodeArray | undefined): ElectrodeCorrection {
  const { array = null, placed = null } = electrode ?? {}
  if (named === undefined || placed === null) return { array: named ?? array, placed }
  if (placed.array.id === named.id) return { array: named, placed }
  throw new UsageError(
    `--array ${named.id}: contacts of the ${placed.array.model} were placed by hand in this session; leave the option out, or name the array on the page`
  )
}

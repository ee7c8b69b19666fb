import { correctFindings, type EarCorrection } from '../analyze/correct.ts'
import type { Findings } from '../analyze/findings.ts'
import { labelsOfEars } from '../analyze/segment/labels-on-scan.ts'
import type { ScanSource } from '../io/scan-source.ts'
import type { Session } from '../report/session/session.ts'
import { sessionEnding } from '../report/session/session-file.ts'

/** Whether an input is a session that the page saved, by its name. */
export function isSession(input: string): boolean {
  return input.toLowerCase().endsWith(sessionEnding)
}

/** Where a session's scan comes from, with the note of its corrections where it has any. */
export function notedSource({ source, note }: Session): ScanSource {
  return note === null ? source : { ...source, notes: [...source.notes, note] }
}

/** What was found in a session's scan as a person left it. */
export async function correctedFindings({ scan, found, corrected }: Session): Promise<Findings> {
  const all = { ...found, labels: labelsOfEars(found.ears, scan.geometry) }
  const corrections = found.ears.map((ear, n): EarCorrection => {
    const { landmarks = ear.landmarks, labels } = corrected[n] ?? {}
    return { landmarks, labels: labels ?? ear.labels }
  })
  return correctFindings(all, corrections)
}

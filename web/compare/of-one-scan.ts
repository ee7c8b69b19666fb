import type { Remote } from 'comlink'
import { landmarkKinds } from '../../src/core/anatomy.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import { landmarkQuantities } from '../../src/measure/catalogue/landmarks.ts'
import { earFlags } from '../../src/report/ear-flags.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import { noImplant, uncorrected } from '../ear-implant.ts'
import type { EarState } from '../ear-state.ts'
import type { State } from '../state.ts'
import type { AnalysisWorker, EarEdit, QuickMeasurements } from '../worker/analysis-worker.ts'
import type { ReferenceLabels } from '../worker/reference-labels.ts'
import type { ComparedEar, Comparison, Flag, Values } from './comparison.ts'
import { withinScan } from './link.ts'
import { valuesOfEar } from './values-of-ear.ts'

/** The ears as they were found, beside what a person made of them. */
export async function foundComparison({ ears }: State, analysisWorker: Remote<AnalysisWorker>): Promise<Comparison> {
  const edits = ears.map(({ foundLandmarks }): EarEdit => ({ landmarks: foundLandmarks }))
  const previewed = await analysisWorker.previewCorrections(edits)
  const compared = ears.map((shown, n): readonly [EarState['id'], ComparedEar] => {
    const { values = {}, surfaces = shown.surfaces, planes = shown.planes } = previewed[n] ?? {}
    const { foundLabels: labels, foundLandmarks: landmarks } = shown
    const implant = { ...shown.implant, correction: uncorrected }
    const ear = { ...shown, labels, landmarks, implant, surfaces, planes, painted: false }
    return [shown.id, { ear, link: withinScan, values: plain(values), labels: 'parts', flags: [] }]
  })
  return { against: 'found', name: 'as it was found', ears: Object.fromEntries(compared) }
}

/** Reference labels beside what was found in the same scan; with a result, its landmarks and values too. */
export async function labelComparison(
  name: string,
  { ears }: State,
  { ears: labelled, outlined, result, notes }: ReferenceLabels,
  analysisWorker: Remote<AnalysisWorker>
): Promise<Comparison> {
  const edits = ears.map(({ foundLandmarks: landmarks }, n): EarEdit => {
    const labels = labelled[n]
    return { landmarks, ...(labels && { labels }) }
  })
  const previewed = await analysisWorker.previewCorrections(edits)
  const compared = ears.flatMap((shown, n): (readonly [EarState['id'], ComparedEar])[] => {
    const [labels, { surfaces = shown.surfaces, planes = shown.planes, values = {} } = {}] = [labelled[n], previewed[n]]
    if (!labels) return []
    const summary = result?.ears.find(({ side }) => side === shown.side)
    const landmarks = summary === undefined ? [] : landmarksOf(summary)
    // Labels say nothing of contacts.
    const ear = { ...shown, labels, landmarks, implant: noImplant, surfaces, planes, painted: false }
    const measured = outlined === 'labyrinth' ? null : labelledValues(values)
    const own = summary === undefined ? measured : valuesOfEar(summary)
    const flags = notes.map(noteOf)
    if (result !== null && summary !== undefined) flags.push(...earFlags(result, summary))
    else if (measured !== null) flags.push(noteOf('Measured on the labels, with the landmarks that were found.'))
    return [[shown.id, { ear, link: withinScan, values: own, labels: outlined, flags }]]
  })
  return { against: 'labels', name, ears: Object.fromEntries(compared) }
}

function noteOf(text: string): Flag {
  return { severity: 'note', text }
}

function plain(values: QuickMeasurements): Values {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value }]))
}

/** Labels say nothing of what lies between landmarks alone. */
function labelledValues(values: QuickMeasurements): Values {
  const isOfLandmarks = (id: string): boolean => landmarkQuantities.some((quantity) => quantity.id === id)
  return plain(Object.fromEntries(Object.entries(values).filter(([id]) => !isOfLandmarks(id))))
}

function landmarksOf({ landmarks }: AnalysisResult['ears'][number]): Landmark[] {
  return landmarkKinds.map(({ id }) => ({ id, ...landmarks[id] }) as Landmark)
}

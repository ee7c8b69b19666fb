import type { EarFinding, Findings } from '../analyze/findings.ts'
import type { PartId } from '../core/anatomy.ts'
import { UsageError } from '../core/errors.ts'
import { type MeshTopology, meshTopology } from '../core/mesh/mesh-topology.ts'
import type { Scan } from '../core/volume.ts'
import type { ScanSource } from '../io/scan-source.ts'
import { type CochlearDuct, traceDuct } from './cochlea/cochlear-duct.ts'
import { type InsertionPlace, insertionTable } from './cochlea/insertion.ts'
import { type EarDirections, measureDirections } from './directions.ts'
import type { MeasuredEar } from './measured-ear.ts'
import type { Measurement } from './measurement.ts'
import type { Flag } from './plausibility/flag.ts'
import { judgeFindings } from './plausibility/judge.ts'
import { measureRepeat, withIntervals } from './uncertainty.ts'
import { type LabyrinthVolumes, measureVolumes } from './volumes.ts'

/** Findings in a scan with measurements and flags: the contents of a report. */
export interface MeasuredFindings extends Findings {
  readonly ears: readonly MeasuredFinding[]
  /** Doubts about the ears; none for most. */
  readonly flags: readonly Flag[]
}

/** One ear with its numbers. */
export interface MeasuredFinding extends EarFinding {
  /** Every quantity of the catalogue. */
  readonly measurements: readonly Measurement[]
  readonly volumes: LabyrinthVolumes
  readonly directions: EarDirections
  readonly topology: { readonly labyrinth: MeshTopology; readonly parts: Readonly<Record<PartId, MeshTopology>> }
  /** The lumen along the turns, where they could be traced. */
  readonly duct?: CochlearDuct
  readonly electrode?: PlannedElectrode
}

/** Where an electrode along the lateral wall would lie. */
export interface PlannedElectrode {
  /** mm of it inside the cochlea. */
  readonly length: number
  readonly places: readonly InsertionPlace[]
}

/** Maximum length of an electrode inside the cochlea, mm: more than any array has. */
export const longestElectrode = 50

export interface MeasureOptions {
  /** The scan it was found in, Hounsfield units, and what its header says: what flags are judged by. */
  readonly scan: Scan
  readonly source: ScanSource
  /** Length of an electrode inside the cochlea, more than 0 and at most 50 mm, whose places are wanted. */
  readonly electrode?: number | undefined
}

/**
 * Measures and judges all ears that were found in a scan.
 * @returns the findings and their numbers: mm, mm³, degrees, turns; `createResult` formats them
 * @throws UsageError where the electrode's length is none
 *
 * @example
 * ```ts
 * import { analyze, type LoadedScan, measureFindings, type Model } from 'otomark'
 *
 * async function volumes({ scan, source }: LoadedScan, model: Model): Promise<number[]> {
 *   const { ears } = measureFindings(await analyze(scan, model), { scan, source })
 *   return ears.map((ear) => ear.volumes.labyrinth)
 * }
 * ```
 */
export function measureFindings(findings: Findings, options: MeasureOptions): MeasuredFindings {
  return measureFindingsWith(findings, options, () => undefined)
}

/** Measurements, without intervals, of an ear or a view that was measured before. */
export type KnownMeasurements = (view: MeasuredEar) => readonly Measurement[] | undefined

/** As `measureFindings`. @param known is not measured again */
export function measureFindingsWith(
  findings: Findings,
  { scan, source, electrode }: MeasureOptions,
  known: KnownMeasurements
): MeasuredFindings {
  if (electrode !== undefined && !(electrode > 0 && electrode <= longestElectrode)) {
    throw new UsageError(
      `measuring ears with an electrode of ${electrode} mm: give its length inside the cochlea, above 0 and up to ${longestElectrode} mm`
    )
  }
  return {
    ...findings,
    ears: findings.ears.map((ear) => measureFinding(ear, electrode, known)),
    flags: judgeFindings(findings, scan, source)
  }
}

function measureFinding(ear: EarFinding, electrode: number | undefined, known: KnownMeasurements): MeasuredFinding {
  const others = ear.repeats.map((repeat) => known(repeat) ?? measureRepeat(repeat))
  const measurements = withIntervals(ear, others, known(ear))
  const a = measurements.find(({ id }) => id === 'a_value')?.value ?? null
  const { labyrinth, parts } = ear.surfaces
  const duct = traceDuct(ear)
  return {
    ...ear,
    measurements,
    volumes: measureVolumes(ear.occupancy),
    directions: measureDirections(ear),
    topology: {
      labyrinth: meshTopology(labyrinth),
      parts: {
        cochlea: meshTopology(parts.cochlea),
        vestibule: meshTopology(parts.vestibule),
        semicircular_canals: meshTopology(parts.semicircular_canals)
      }
    },
    ...(typeof duct !== 'string' && { duct }),
    // Nothing where the A value, from which an electrode's places follow, is not known.
    ...(electrode !== undefined &&
      a !== null && { electrode: { length: electrode, places: insertionTable(a, electrode) } })
  }
}

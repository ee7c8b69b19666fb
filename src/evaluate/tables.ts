import { landmarkKinds } from '../core/anatomy.ts'
import { mean } from '../core/math/mean.ts'
import { type Cell, encodeCsv } from '../io/csv.ts'
import { type CaseEvaluation, type OutlineMetrics, regions } from './evaluation.ts'
import { paperVoxel } from './paper.ts'

/** Columns of a region in `cases.csv`: the name behind the region's, and what it holds. */
const metricColumns: readonly (readonly [name: string, metric: keyof OutlineMetrics])[] = [
  ['dice', 'dice'],
  ['iou', 'intersectionOverUnion'],
  ['volumetric_similarity', 'volumetricSimilarity'],
  ['average_hausdorff_voxels', 'averageHausdorff'],
  ['assd_mm', 'averageSurfaceDistance'],
  ['hd95_mm', 'hausdorff95'],
  ['predicted_mm3', 'predictedVolume'],
  ['true_mm3', 'trueVolume']
]

/** `cases.csv`: a row for each case. Cells of what is undefined are empty. */
export function casesTable(cases: readonly CaseEvaluation[]): string {
  const outlineHead = regions.flatMap((region) => metricColumns.map(([name]) => `${region}_${name}`))
  const landmarkHead = landmarkKinds.flatMap(({ id }) => [`${id}_mm`, `${id}_voxels`])
  const head = [
    'id',
    'voxel_mm',
    'ears_found',
    'ears_missed',
    'ears_false',
    'sides_wrong',
    ...landmarkHead,
    ...outlineHead
  ]
  return encodeCsv([head, ...cases.map(caseCells)])
}

function caseCells({ id, spacing, ears, outlines }: CaseEvaluation): Cell[] {
  const count = (wanted: string): number => ears.filter(({ outcome }) => outcome === wanted).length
  return [
    id,
    spacing === null ? null : spacing.map((mm) => Number(mm.toFixed(4))).join(' x '),
    count('found'),
    count('missed'),
    count('false'),
    ears.filter(({ sideCorrect }) => sideCorrect === false).length,
    ...landmarkKinds.flatMap((kind) => landmarkCells(ears, kind.id)),
    ...regions.flatMap((region) => metricColumns.map(([, metric]) => outlines[region]?.[metric] ?? null))
  ]
}

/** The landmark's error in mm and in voxels, the mean over the scan's ears where it was found. */
function landmarkCells(ears: CaseEvaluation['ears'], wanted: string): Cell[] {
  const errors = ears.flatMap(({ landmarks }) =>
    landmarks.flatMap((mark) => (mark.id === wanted && mark.outcome === 'found' ? [mark.error] : []))
  )
  if (errors.length === 0) return [null, null]
  const millimetres = mean(errors)
  return [millimetres, millimetres / paperVoxel]
}

/** `landmarks.csv`: a row for each landmark of each ear. */
export function landmarksTable(cases: readonly CaseEvaluation[]): string {
  const rows = cases.flatMap(({ id, ears }) =>
    ears.flatMap(({ side, landmarks }) =>
      landmarks.map((mark): Cell[] => {
        const error = mark.outcome === 'found' ? mark.error : null
        return [id, side, mark.id, mark.outcome, error, error === null ? null : error / paperVoxel]
      })
    )
  )
  return encodeCsv([['id', 'side', 'landmark', 'outcome', 'error_mm', 'error_voxels'], ...rows])
}

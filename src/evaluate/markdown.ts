import { landmarkKinds } from '../core/anatomy.ts'
import { markdownTable } from '../io/markdown.ts'
import { type Evaluation, type MetricId, type Region, regions, type Statistic } from './evaluation.ts'
import { paper, paperVoxel } from './paper.ts'

const metricNames: readonly (readonly [MetricId, string])[] = [
  ['dice', 'Dice'],
  ['intersectionOverUnion', 'IoU'],
  ['volumetricSimilarity', 'Volumetric similarity'],
  ['averageHausdorff', 'Average Hausdorff, voxels'],
  ['averageSurfaceDistance', 'ASSD, mm'],
  ['hausdorff95', 'HD95, mm']
]

const regionNames: Readonly<Record<Region, string>> = {
  labyrinth: 'Labyrinth',
  cochlea: 'Cochlea',
  vestibule: 'Vestibule',
  semicircular_canals: 'Semicircular canals'
}

/** `evaluation.md`: the tables of an evaluation beside the paper's figures, for people. */
export function evaluationPage(result: Evaluation): string {
  const { summary, cases, failed, waiting, bootstrap } = result
  const { ears, sides } = summary
  const counts = [
    `${cases.length} evaluated`,
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
    ...(waiting > 0 ? [`${waiting} to go`] : [])
  ]
  return `${[
    '# Evaluation',
    `${counts.join(', ')}. Predicted by ${inline(result.predictedBy)}, ${result.software}. ${result.notice}`,
    `Mean ± SD [95 % interval of the mean: percentile bootstrap, ${bootstrap.resamples} resamples, seed ${bootstrap.seed}].`,
    '## Beside the paper',
    comparison(result),
    `Paper: ${paper.citation}; means over all parts merged, landmark errors in voxels of ${paperVoxel} mm. Its average Hausdorff distance is in voxels of its ${paperVoxel} mm grid, ours in voxels of each case’s truth.`,
    '## Outlines',
    outlines(result),
    '![Outlines](outlines.svg)',
    'Where an ear was missed its overlaps are 0 and are in the means, but not where the prediction of a case has no labels; a scan in which nothing was outlined has no distances, so their means are over fewer cases (n of each is in evaluation.json).',
    '## Landmarks',
    landmarks(result),
    '![Landmarks](landmarks.svg)',
    'Errors are over the landmarks that were found, averaged within each ear for “all”; the shares within 0.5 and 1 mm are of all true landmarks, missed ones included. Those of a case whose prediction has no landmarks at all, and no file of them, are not judged.',
    '## Ears',
    markdownTable(
      ['true', 'found', 'missed', 'false', 'cases without an ear', 'side right'],
      [[ears.known, ears.found, ears.missed, ears.false, ears.withoutEar, `${sides.correct} of ${sides.judged}`]]
    ),
    ...(failed.length === 0
      ? []
      : [
          '## Cases that failed',
          markdownTable(
            ['case', 'exit code', 'why'],
            failed.map(({ id, exitCode, message }) => [inline(id), exitCode, inline(message)])
          )
        ])
  ].join('\n\n')}\n`
}

function comparison({ summary: { outlines, landmarks } }: Evaluation): string {
  const merged = outlines.labyrinth
  const row = (
    name: string,
    key: keyof (typeof paper)['specimens'],
    ours: Statistic | null | undefined,
    digits: number
  ) => [name, formatStatistic(ours ?? null, digits), paper.specimens[key], paper.clinical[key]]
  return markdownTable(
    ['labyrinth', 'otomark', 'paper, specimens', 'paper, clinical'],
    [
      row('Dice', 'dice', merged?.dice, 3),
      row('IoU', 'intersectionOverUnion', merged?.intersectionOverUnion, 3),
      row('Average Hausdorff, voxels', 'averageHausdorff', merged?.averageHausdorff, 3),
      row(`Landmark error, ${paperVoxel} mm voxels`, 'landmarkVoxels', landmarks.all.errorVoxels, 1)
    ]
  )
}

function outlines({ summary }: Evaluation): string {
  const rows = regions.flatMap((region) => {
    const metrics = summary.outlines[region]
    return metrics === undefined
      ? []
      : [[regionNames[region], metrics.dice.n, ...metricNames.map(([metric]) => formatStatistic(metrics[metric], 3))]]
  })
  return markdownTable(['', 'n', ...metricNames.map(([, name]) => name)], rows)
}

function landmarks({ summary }: Evaluation): string {
  const kinds = [...landmarkKinds, { id: 'all', name: 'All' } as const]
  const rows = kinds.map(({ id, name }) => {
    const { error, errorVoxels, known, missed, invented, withinHalf, withinOne } = summary.landmarks[id]
    return [
      name,
      known,
      formatStatistic(error, 2),
      formatStatistic(errorVoxels, 1),
      percent(withinHalf),
      percent(withinOne),
      missed,
      invented
    ]
  })
  return markdownTable(['', 'true', 'mm', `${paperVoxel} mm voxels`, '≤ 0.5 mm', '≤ 1 mm', 'missed', 'invented'], rows)
}

function formatStatistic(statistic: Statistic | null, digits: number): string {
  if (statistic === null) return '–'
  const [mean, sd, low, high] = [statistic.mean, statistic.sd, statistic.low, statistic.high].map((value) =>
    value.toFixed(digits)
  )
  return `${mean} ± ${sd} [${low}, ${high}]`
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(0)} %`
}

/** Foreign text that neither ends a table's cell nor is taken for markup. */
function inline(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&').replace(/\s+/g, ' ')
}

import type { AnalysisResult } from './result.ts'

/** What the 90 % intervals of a result were calibrated on, in a sentence; undefined where it has none. */
export function intervalBasis({ intervals }: Pick<AnalysisResult, 'intervals'>): string | undefined {
  if (intervals === undefined) return undefined
  const { generatedEars, labelled } = intervals
  const start = `The 90 % intervals were calibrated on ${generatedEars} generated ears`
  if (labelled === undefined) return `${start}; how they hold on real ears was not measured.`
  const { ears, name, voxelEdge, clinicalVoxelEdge } = labelled
  const finest = voxelEdge === undefined ? '' : ` in voxels of up to ${voxelEdge.toFixed(2)} mm`
  const clinical =
    clinicalVoxelEdge === undefined
      ? ''
      : `, and on the same ears brought to voxels of ${clinicalVoxelEdge.toFixed(2)} mm`
  return `${start} and widened until they hold on ${ears} labelled real ears (${name})${finest}${clinical}; real ears in coarser voxels may be off by more.`
}

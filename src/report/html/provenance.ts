import { escapeHtml } from '../escape-html.ts'
import type { AnalysisResult } from '../result.ts'
import { fileName } from './file-name.ts'

/** What was analysed, with which software and model, how long it took. */
export function provenance(
  { input, model, threads, augmented, software, timings }: AnalysisResult,
  created: Date
): string {
  const seconds = timings.reduce((sum, stage) => sum + stage.seconds, 0)
  const voxels = input.spacing.map((mm) => Number(mm.toFixed(3))).join(' × ')
  const { number = '', description = '' } = input.series ?? {}
  const identifiers = Object.entries(input.identifiers ?? {}).map(
    ([keyword, value]) => [keyword.replace(/([a-z])([A-Z])/g, '$1 $2'), value] as const
  )
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Scan', `${fileName(input.source)} (${input.format})`],
    ['Series', `${number} ${description}`.trim() || undefined],
    ...identifiers,
    ['Voxels', `${input.size.join(' × ')} of ${voxels} mm`],
    ['Software', `${software.name} ${software.version}`],
    ['Detector', `${model.detector.name}, SHA-256 ${model.detector.sha256}`],
    ['Segmenter', `${model.segmenter.name}, SHA-256 ${model.segmenter.sha256}`],
    ['Threads', threads?.toString()],
    ['Views', augmented && 'the mean of several, turned and mirrored (test-time augmentation)'],
    ['Made', `${created.toISOString().slice(0, 16).replace('T', ' ')} UTC, analysed in ${seconds.toFixed(1)} s`]
  ]
  const list = rows.flatMap(([term, text]) =>
    text === undefined ? [] : [`<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(text)}</dd>`]
  )
  return `<dl>${list.join('')}</dl>`
}

import { join } from 'node:path'
import { makeFolder, writeFileAtomically } from '../../node/write-file.ts'
import type { OpenStudy } from '../open-study.ts'
import { tableCsv, timesCsv } from './csv.ts'
import { forestPlot } from './forest-plot.ts'
import { hasLearningCurve, learningCurvePage } from './learning-curve.ts'
import { tablePage } from './markdown.ts'
import { readResults } from './results.ts'

/**
 * Writes a study's tables and plots from what is on the disk. All but `times.csv` follow from the specification alone,
 * however often the study was stopped.
 * @returns the names of the files
 */
export async function writeTable(study: OpenStudy): Promise<string[]> {
  const results = await readResults(study)
  const files = {
    'table.md': tablePage(results),
    'table.csv': tableCsv(results),
    'times.csv': timesCsv(results),
    ...Object.fromEntries(results.sets.map((set) => [`forest-${set}.svg`, forestPlot(results, set)])),
    ...(hasLearningCurve(study) && { 'learning-curve.md': learningCurvePage(results) })
  }
  await makeFolder(study.folder)
  for (const [name, content] of Object.entries(files)) await writeFileAtomically(join(study.folder, name), content)
  return Object.keys(files)
}

import { join } from 'node:path'
import { softwareVersion } from '../core/version.ts'
import { comparePopulations } from '../generate/comparison/compare.ts'
import { comparisonMarkdown } from '../generate/comparison/markdown.ts'
import { comparisonPlot } from '../generate/comparison/plot.ts'
import { measurePopulation } from '../generate/comparison/population.ts'
import { makeFolder, writeFileAtomically } from '../node/write-file.ts'
import { createProgress } from './progress.ts'

/** Compares the ears of a seed with real ones: population.md, population.json and population.svg in the folder. */
export async function writePopulationReport(seed: number, count: number, folder: string): Promise<void> {
  const progress = createProgress(process.stderr)
  await makeFolder(folder)
  const report = (done: number): void => progress({ stage: 'measuring generated ears', done, total: count })
  const sample = measurePopulation(seed, count, report)
  report(count)
  const comparison = comparePopulations(sample)
  const made = `${count} generated ears without a malformation, seed ${seed}, otomark ${softwareVersion}`
  const record = { software: `otomark ${softwareVersion}`, seed, count, ...comparison }
  await writeFileAtomically(join(folder, 'population.svg'), comparisonPlot(comparison, sample))
  await writeFileAtomically(join(folder, 'population.json'), `${JSON.stringify(record, null, 2)}\n`)
  await writeFileAtomically(join(folder, 'population.md'), comparisonMarkdown(comparison, made))
  const off = comparison.quantities.filter(({ verdict }) => verdict !== 'as in real ears')
  const verdict =
    off.length === 0
      ? `all ${comparison.quantities.length} quantities are as in real ears`
      : `${off.length} of ${comparison.quantities.length} quantities are not as in real ears`
  process.stdout.write(`${count} generated ears compared in ${folder}: ${verdict}\n`)
}

import { openCases, type Survey } from '../cases/open-cases.ts'
import type { TrainingConfiguration } from '../configuration.ts'
import { prepareSamples } from './prepare.ts'
import type { SampleStream } from './stream.ts'
import { prepareSamplesInWorkers } from './worker-stream.ts'

/** The samples of a recipe, prepared in as many threads as it says, or between the steps where it says none. */
export function openSamples(configuration: TrainingConfiguration, survey: Survey): SampleStream {
  const cases = openCases(configuration, survey)
  if (configuration.workers === 0) return prepareSamples(configuration, cases)
  const fromSource = import.meta.url.endsWith('.ts')
  const module = new URL(`../cases/open-cases.${fromSource ? 'ts' : 'js'}`, import.meta.url)
  return prepareSamplesInWorkers(configuration, { module, data: survey, heldOutCount: cases.heldOut.count })
}

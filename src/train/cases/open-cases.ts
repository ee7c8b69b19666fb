import { createHash } from 'node:crypto'
import { createRandom } from '../../core/math/random.ts'
import { norm } from '../../core/math/vector.ts'
import type { TrainingConfiguration } from '../configuration.ts'
import type { CaseSource } from './case-source.ts'
import { generatedCases } from './generated-cases.ts'
import { labelledCases } from './labelled-cases.ts'
import { hiddenNote } from './other-ear.ts'
import { splitCases } from './split-cases.ts'
import { type LabelledSet, surveyFolder } from './survey-cases.ts'

/** Stream of random numbers of the run's seed that picks the source of each case. */
const sourcePath = 3

/** What a recipe's folders of labelled cases hold, folder by folder. Plain data, to be copied to other threads. */
export type Survey = readonly LabelledSet[]

/** Surveys all labelled folders of a recipe. @throws InputError naming the first case that is no use */
export async function surveyCases({ labelled = [], augmentation }: TrainingConfiguration): Promise<Survey> {
  const survey: LabelledSet[] = []
  for (const { folder, cases } of labelled) {
    const set = await surveyFolder(folder, cases)
    // Samples in an ear's own frame do not reach the other one.
    const hidden = augmentation.placement.frame === 'LPS' ? hiddenNote(folder, set.cases) : []
    survey.push({ ...set, notes: [...set.notes, ...hidden] })
  }
  return survey
}

/** SHA-256 of what was found; empty without labelled folders. Where they lie does not count. */
export function fingerprintOf(survey: Survey): string {
  if (survey.length === 0) return ''
  const found = survey.map(({ cases }) => cases.map(({ name, ears, scan, labels }) => ({ name, ears, scan, labels })))
  return createHash('sha256').update(JSON.stringify(found)).digest('hex')
}

/**
 * The cases of a recipe: labelled ones in their shares, generated ones for the rest. Labelled cases that are held out
 * are what the run is validated with; without any, generated ones are.
 */
export function openCases(configuration: TrainingConfiguration, survey: Survey): CaseSource {
  const { labelled = [], cases, validation, seed } = configuration
  const sources = labelled.map(({ folder, share, heldOut, seed: splitSeed }, at) => {
    const split = splitCases(survey[at]?.cases ?? [], heldOut, splitSeed)
    return { share, source: labelledCases(folder, split, splitSeed, reachOf(configuration)) }
  })
  const generated = generatedCases(cases, validation.cases)
  const rest = 1 - sources.reduce((sum, { share }) => sum + share, 0)
  const used = [...sources.map(({ source }) => source), ...(rest > 1e-9 ? [generated] : [])]
  const heldOut = sources.map(({ source }) => source.heldOut)
  return {
    name: used.map(({ name }) => name).join('; '),
    draw(index) {
      let left = createRandom(seed, sourcePath, index).uniform()
      const chosen = sources.find(({ share }) => {
        left -= share
        return left < 0
      })
      return (chosen?.source ?? used.at(-1) ?? generated).draw(index)
    },
    heldOut: heldOut.some(({ count }) => count > 0) ? joined(heldOut) : generated.heldOut
  }
}

function joined(sources: readonly CaseSource['heldOut'][]): CaseSource['heldOut'] {
  const all = sources.flatMap(({ count, draw }) => Array.from({ length: count }, (_, index) => () => draw(index)))
  return { count: all.length, draw: (index) => (all[index] as () => ReturnType<CaseSource['draw']>)() }
}

/** How far from an ear its samples reach, mm; undefined where they are taken anywhere in the scan. */
function reachOf({ grid, augmentation: { placement } }: TrainingConfiguration): number | undefined {
  if (placement.frame !== 'ear') return undefined
  const [i, j, k] = grid.size
  const halfDiagonal = (Math.hypot(i, j, k) * grid.spacing) / 2
  const farthestShift = Math.sqrt(3) * placement.translation * placement.limit
  return halfDiagonal + norm(grid.center) + farthestShift + 2
}

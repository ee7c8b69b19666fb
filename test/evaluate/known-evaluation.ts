import type { CaseEvaluation, Evaluation } from '../../src/evaluate/evaluation.ts'
import { summarize } from '../../src/evaluate/summarize.ts'

const region = {
  dice: 0.9,
  intersectionOverUnion: 0.82,
  volumetricSimilarity: 0.95,
  averageHausdorff: 0.2,
  averageSurfaceDistance: 0.1,
  hausdorff95: 0.3,
  predictedVolume: 190,
  trueVolume: 200
}

/** A case with one ear that was found. @param errors of helicotrema, oval and round window, mm */
export function evaluatedCase(
  id: string,
  {
    errors = [0.2, 0.3, 0.4],
    sideCorrect = true,
    outlines = { labyrinth: region, cochlea: region }
  }: {
    readonly errors?: readonly [number, number, number]
    readonly sideCorrect?: boolean | null
    readonly outlines?: CaseEvaluation['outlines']
  } = {}
): CaseEvaluation {
  const [helicotrema, oval, round] = errors
  const landmarks: CaseEvaluation['ears'][number]['landmarks'] = [
    { id: 'helicotrema', outcome: 'found', error: helicotrema },
    { id: 'oval_window', outcome: 'found', error: oval },
    { id: 'round_window', outcome: 'found', error: round }
  ]
  return { id, spacing: [0.2, 0.2, 0.4], outlines, ears: [{ outcome: 'found', side: 'left', sideCorrect, landmarks }] }
}

export function evaluationOf(cases: CaseEvaluation[], failed: Evaluation['failed'] = []): Evaluation {
  return {
    format: 'otomark-evaluation',
    version: 1,
    notice: 'Research software.',
    software: 'otomark 1.2.3',
    predictedBy: 'the model in fancy_model',
    bootstrap: { seed: 1, resamples: 2000, level: 0.95 },
    summary: summarize(cases),
    cases,
    failed,
    waiting: 0
  }
}

import { Command } from 'commander'
import { closeModel, openModel } from '../analyze/open-model.ts'
import { UsageError } from '../core/errors.ts'
import { defaultModelFolder, readModelFolder } from '../node/model-folder.ts'
import { nodeRuntime } from '../runtime/node.ts'
import { announceEngine } from './announce-engine.ts'
import { evaluateCases } from './evaluation/evaluate-cases.ts'
import { analysingPredictor, readingPredictor } from './evaluation/predictor.ts'
import { givenPath } from './given-path.ts'
import { wholeNumber } from './parsers.ts'

interface EvaluateFlags {
  readonly output: string
  readonly model?: string
  readonly predictions?: string
  readonly tta?: boolean
  readonly threads?: number
}

/** `otomark evaluate`: predictions of a model, or of another program, compared with the ground truth of cases. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Compare outlines, landmarks and sides with the truth, over a folder of cases.')
    .argument(
      '<cases>',
      'a folder of cases with their truth, as otomark generate writes it, an nnU-Net dataset, or a MONAI list (.json)'
    )
    .requiredOption('--output <folder>', 'gets tables and plots; the same command goes on where it was stopped')
    .option('--model <folder>', 'holds detector.onnx and segmenter.onnx (default: the model that comes with otomark)')
    .option('--predictions <folder>', 'what was predicted already, by otomark analyze or by any other program')
    .option('--tta', 'test-time augmentation: average the segmentation, too, over six views, turned and mirrored')
    .option('--threads <number>', 'processor threads (default: all)', wholeNumber(1))
    .action(evaluate)
}

async function evaluate(
  cases: string,
  { output, model: folder, predictions, tta = false, threads }: EvaluateFlags
): Promise<void> {
  if (predictions !== undefined) {
    if (folder !== undefined) throw new UsageError('--model and --predictions cannot be used together')
    if (tta) throw new UsageError('--tta and --predictions cannot be used together: nothing is analysed')
    if (threads !== undefined) {
      throw new UsageError('--threads and --predictions cannot be used together: nothing is analysed')
    }
    return evaluateCases(cases, output, await readingPredictor(predictions))
  }
  await announceEngine()
  const files = await readModelFolder(folder ?? defaultModelFolder)
  const model = await openModel(files, nodeRuntime, threads === undefined ? {} : { threads })
  const name = folder === undefined ? 'the model that comes with otomark' : `the model in ${givenPath(folder)}`
  await evaluateCases(cases, output, analysingPredictor(name, model, tta)).finally(() => closeModel(model))
}

import { Command } from 'commander'
import { closeModel, openModel } from '../analyze/open-model.ts'
import { calibrate } from '../calibrate/calibrate.ts'
import { formatCoverage } from '../calibrate/coverage.ts'
import { withCalibration } from '../network/model-file.ts'
import { readModelFolder } from '../node/model-folder.ts'
import { writeFileAtomically } from '../node/write-file.ts'
import { nodeRuntime } from '../runtime/node.ts'
import { announceEngine } from './announce-engine.ts'
import { wholeNumber } from './parsers.ts'
import { createProgress } from './progress.ts'

interface CalibrateFlags {
  readonly output?: string
  readonly cases: number
  readonly seed: number
}

/** `otomark calibrate`: fits what hangs on a segmenter's weights and writes it into the model file. */
export function calibrateCommand(): Command {
  return new Command('calibrate')
    .description(
      "Fit on generated ears what hangs on a segmenter's weights (bias of volumes, intervals, proportions, scores) and write it into its file; the weights stay as they are."
    )
    .argument('<model>', 'a folder with detector.onnx and segmenter.onnx')
    .option('--output <file>', "where the calibrated segmenter goes (default: in place of the folder's own)")
    .option('--cases <number>', 'how many ears are generated and analysed', wholeNumber(1), 80)
    .option('--seed <number>', 'of the generated ears; not one of the training', wholeNumber(0), 4242)
    .action(calibrateModel)
}

async function calibrateModel(folder: string, { output, cases, seed }: CalibrateFlags): Promise<void> {
  await announceEngine()
  const files = await readModelFolder(folder)
  const model = await openModel(files, nodeRuntime, { threads: 1 })
  const progress = createProgress(process.stderr)
  const { calibration, coverage } = await calibrate(model, { cases, seed, progress }).finally(() => closeModel(model))
  const { bytes, source } = files.segmenter
  await writeFileAtomically(output ?? source, withCalibration(bytes, calibration, source))
  const { logitBias, axisShrinkage, scores, fitted } = calibration
  process.stdout.write(
    `${output ?? source}: calibrated on ${fitted.ears} of ${cases} generated ears; bias of the logits ${logitBias}, ` +
      `shrinkage of the axis ${axisShrinkage}, scores ${scores.least} and ${scores.settled}\n\n${formatCoverage(coverage)}`
  )
}

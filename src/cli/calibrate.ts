import { Command } from 'commander'
import { closeModel, openModel } from '../analyze/open-model.ts'
import { calibrate } from '../calibrate/calibrate.ts'
import { formatCoverage } from '../calibrate/coverage.ts'
import { UsageError } from '../core/errors.ts'
import { withCalibration } from '../network/model-file.ts'
import { readModelFolder } from '../node/model-folder.ts'
import { writeFileAtomically } from '../node/write-file.ts'
import { nodeRuntime } from '../runtime/node.ts'
import { announceEngine } from './announce-engine.ts'
import { labelledEarsIn } from './labelled-ears.ts'
import { wholeNumber } from './parsers.ts'
import { createProgress } from './progress.ts'

interface CalibrateFlags {
  readonly output?: string
  readonly cases: number
  readonly seed: number
  readonly labelled?: string
  readonly labelledName?: string
}

/** `otomark calibrate`: fits what depends on a segmenter's weights and writes it into the model file. */
export function calibrateCommand(): Command {
  return new Command('calibrate')
    .description(
      "Fit on generated ears what depends on a segmenter's weights (bias of volumes, intervals, proportions, scores) and write it into its file; the weights stay as they are."
    )
    .argument('<model>', 'a folder with detector.onnx and segmenter.onnx')
    .option('--output <file>', "where the calibrated segmenter goes (default: in place of the folder's own)")
    .option(
      '--cases <number>',
      'how many ears are generated; half as many again have coarse voxels',
      wholeNumber(1),
      80
    )
    .option('--seed <number>', 'of the generated ears; not one of the training', wholeNumber(0), 4242)
    .option(
      '--labelled <cases>',
      'scans of real ears with their truth: intervals are widened where they are too narrow'
    )
    .option('--labelled-name <text>', "what reports call these scans (default: the folder's name)")
    .action(calibrateModel)
}

async function calibrateModel(folder: string, flags: CalibrateFlags): Promise<void> {
  const { output, cases, seed } = flags
  if (flags.labelledName !== undefined && flags.labelled === undefined) {
    throw new UsageError('--labelled-name names the scans of --labelled, which is not given')
  }
  const note = (text: string): unknown => process.stderr.write(`otomark: ${text}\n`)
  const labelled =
    flags.labelled === undefined ? undefined : await labelledEarsIn(flags.labelled, flags.labelledName, note)
  await announceEngine()
  const files = await readModelFolder(folder)
  const model = await openModel(files, nodeRuntime, { threads: 1 })
  const progress = createProgress(process.stderr)
  const calibrating = calibrate(model, { cases, seed, labelled, progress })
  const { calibration, ...report } = await calibrating.finally(() => closeModel(model))
  const { bytes, source } = files.segmenter
  await writeFileAtomically(output ?? source, withCalibration(bytes, calibration, source))
  const { logitBias, axisShrinkage, scores, fitted } = calibration
  process.stdout.write(
    `${output ?? source}: calibrated on ${fitted.ears} of ${report.cases} generated ears; bias of the logits ${logitBias}, ` +
      `shrinkage of the axis ${axisShrinkage}, scores ${scores.least} and ${scores.settled}\n`
  )
  const tables = [
    { of: 'Generated ears, each half with the deviations of the other', coverage: report.coverage },
    { of: 'Those with coarse voxels', coverage: report.coarseCoverage },
    ...(report.labelledCoverage ? [{ of: 'Labelled ears', coverage: report.labelledCoverage }] : []),
    ...(report.clinicalCoverage ? [{ of: 'Labelled ears in clinical voxels', coverage: report.clinicalCoverage }] : [])
  ]
  for (const { of, coverage } of tables) process.stdout.write(`\n${of}:\n\n${formatCoverage(coverage)}`)
}

import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { readJson } from '../io/json.ts'
import { diskFiles } from '../node/file-access.ts'
import type { Runtime } from '../runtime/session.ts'
import type { CaseSource } from '../train/cases/case-source.ts'
import { fingerprintOf, openCases, surveyCases } from '../train/cases/open-cases.ts'
import { parseTrainingConfiguration, type TrainingConfiguration } from '../train/configuration.ts'
import { train } from '../train/loop.ts'
import { estimate, workOf } from '../train/plan.ts'
import { openSamples } from '../train/samples/open-samples.ts'
import { readStart } from '../train/start.ts'
import { tryTraining } from '../train/trial.ts'
import { announceEngine } from './announce-engine.ts'
import { type DeviceFlag, deviceOption, devices } from './device.ts'
import { createReporter, describeEstimate, describeWork } from './format-training.ts'
import { createProgress } from './progress.ts'
import { untilStopped } from './until-stopped.ts'

interface TrainFlags extends DeviceFlag {
  readonly output?: string
  readonly resume: boolean
  readonly allowVersionChange: boolean
  readonly from?: string
  readonly dryRun: boolean
}

/** `otomark train`: a model file from a recipe. */
export function trainCommand(): Command {
  return new Command('train')
    .description('Train a network on generated and labelled cases, as a recipe says; stop and resume at any time.')
    .argument('<recipe>', 'a JSON file such as models/recipes/segmenter.json')
    .option('--output <folder>', 'gets model.onnx, best.onnx, a checkpoint and logs (default: runs/ and the name)')
    .option('--from <model>', 'begin with the weights of this model file, such as models/default/segmenter.onnx')
    .option('--resume', 'go on from the checkpoint in the folder, if there is one', false)
    .option('--allow-version-change', 'resume also what another version of otomark began', false)
    .addOption(deviceOption())
    .option('--dry-run', 'print what the run will take, from a trial of a few steps; write nothing', false)
    .action(trainRecipe)
}

async function trainRecipe(recipe: string, flags: TrainFlags): Promise<void> {
  const configuration = await readRecipe(recipe)
  await announceEngine()
  const start = flags.from === undefined ? undefined : await readStart(flags.from, configuration)
  const survey = await surveyCases(configuration)
  const notes = survey.flatMap((set) => set.notes)
  for (const note of notes) process.stderr.write(`otomark: ${note}\n`)
  const cases = openCases(configuration, survey)
  const runtime = devices[flags.device]
  if (flags.dryRun) return printPlan(configuration, cases, runtime)
  const samples = openSamples(configuration, survey)
  try {
    const folder = flags.output ?? join('runs', configuration.name)
    const outcome = await untilStopped((signal) =>
      train({
        configuration,
        samples,
        cases: { name: cases.name, fingerprint: fingerprintOf(survey), notes },
        ...(start !== undefined && { start }),
        runtime,
        folder,
        resume: flags.resume,
        anyVersion: flags.allowVersionChange,
        signal,
        onRecord: createReporter(configuration.steps)
      })
    )
    process.stdout.write(
      outcome.finished
        ? `${configuration.name}: ${outcome.steps} steps done; the model is ${join(folder, 'model.onnx')}\n`
        : `${configuration.name}: stopped at step ${outcome.steps}; go on with --resume\n`
    )
  } finally {
    await samples.close()
  }
}

/** Prints what a run will take: at once what follows from its configuration, then what a trial shows. Writes no file. */
async function printPlan(configuration: TrainingConfiguration, cases: CaseSource, runtime: Runtime): Promise<void> {
  const work = workOf(configuration)
  process.stdout.write(describeWork(configuration, work, cases))
  const progress = createProgress(process.stderr)
  const trial = await tryTraining(configuration, cases, runtime, (done, total) =>
    progress({ stage: 'trial', done, total })
  )
  const expected = estimate(configuration, work, trial, cases.heldOut.count, availableParallelism())
  process.stdout.write(describeEstimate(trial, expected))
}

async function readRecipe(path: string): Promise<TrainingConfiguration> {
  return parseTrainingConfiguration(await readJson(diskFiles, path), path)
}

import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { InputError } from '../core/errors.ts'
import { runOnSlurm } from '../node/slurm/run-on-slurm.ts'
import { nodeRuntime } from '../runtime/node.ts'
import { type KnownFolders, surveyFolders } from '../study/case-sets.ts'
import { type CaseFolders, type OpenStudy, openStudy, type StudyRun } from '../study/open-study.ts'
import { planStudy } from '../study/plan.ts'
import { clearRun, forgetFailure, type RunState, runFolderOf } from '../study/run-folder.ts'
import { prepareStudy, runStudy, statesOf } from '../study/run-study.ts'
import { writeTable } from '../study/table/write-table.ts'
import { announceEngine } from './announce-engine.ts'
import { type DeviceFlag, deviceOption, devices } from './device.ts'
import { names } from './parsers.ts'
import { createProgress } from './progress.ts'
import { explainError } from './report-error.ts'
import { type ExecutorFlags, executorOptions, followOptionsOf, ownCommand, slurmOptionsOf } from './slurm-options.ts'
import { describePlan, describeStatus, nameRun } from './study/format-study.ts'
import { untilStopped } from './until-stopped.ts'

interface StudyFlags {
  readonly output?: string
  readonly cases: CaseFolders
}

interface RunFlags extends StudyFlags, ExecutorFlags, DeviceFlag {
  readonly only?: readonly string[]
  readonly allowVersionChange: boolean
}

/** `otomark study`: variations of a recipe, trained, evaluated and compared. */
export function studyCommand(): Command {
  const command = new Command('study').description(
    'Train and evaluate variations of a recipe, as one file says; stop and go on at any time, on one machine or many.'
  )
  command.addCommand(
    sharedOptions(new Command('plan'))
      .description('Print every variation with its parameters, work, memory and time, from a trial of the base.')
      .action(async (file: string, flags: StudyFlags) => {
        const study = await open(file, flags)
        await announceEngine()
        process.stdout.write(describePlan(study, await planStudy(study, nodeRuntime, createProgress(process.stderr))))
      })
  )
  command.addCommand(
    executorOptions(sharedOptions(new Command('run')))
      .description('Do the runs that are not done; one that failed is tried again. Several may run one study together.')
      .option('--only <names>', 'variations, or runs by their folders’ names, with commas between', names)
      .option('--allow-version-change', 'go on also with what another version of otomark began', false)
      .addOption(deviceOption())
      .action(async (file: string, flags: RunFlags) => {
        const study = await open(file, flags)
        return flags.executor === 'slurm' ? runOnCluster(study, flags) : run(study, flags)
      })
  )
  command.addCommand(
    sharedOptions(new Command('status'))
      .description('Print how far the runs are, and why some failed.')
      .action(async (file: string, flags: StudyFlags) => {
        const study = await open(file, flags)
        process.stdout.write(describeStatus(study, await statesOf(study, await surveyFolders(study))))
      })
  )
  command.addCommand(
    sharedOptions(new Command('table'))
      .description('Write tables and plots from what is on the disk, at any time.')
      .action(async (file: string, flags: StudyFlags) => {
        const study = await open(file, flags)
        const written = await writeTable(study)
        process.stdout.write(`${written.join(', ')} written to ${study.folder}\n`)
      })
  )
  return command
}

function sharedOptions(command: Command): Command {
  return command
    .argument('<study>', 'a JSON file such as studies/ablation/study.json')
    .option('--output <folder>', 'holds runs, cases and tables (default: runs/ and the name of the study)')
    .option(
      '--cases <name=folder>',
      'labelled cases to evaluate on, or those that the study splits; may be given several times, and is remembered',
      namedFolder,
      {}
    )
}

function namedFolder(text: string, before: CaseFolders): CaseFolders {
  const [, name, folder] = /^([A-Za-z0-9][A-Za-z0-9._-]*)=(.+)$/.exec(text) ?? []
  if (name === undefined || folder === undefined) throw new InvalidArgumentError('is not NAME=FOLDER')
  return { ...before, [name]: folder }
}

function open(file: string, { output, cases }: StudyFlags): Promise<OpenStudy> {
  return openStudy(file, output, cases)
}

async function run(study: OpenStudy, flags: RunFlags): Promise<void> {
  await announceEngine()
  const progress = createProgress(process.stderr)
  const runs = chosenRuns(study, flags)
  const known = await prepareStudy(study, progress)
  const told = new Set<string>()
  const note = (text: string): void => {
    // Runs share their cases.
    if (!told.has(text)) process.stderr.write(`otomark: ${text}\n`)
    told.add(text)
  }
  const options = { runtime: devices[flags.device], anyVersion: flags.allowVersionChange, note }
  const listener = {
    progress,
    begins: (one: StudyRun, left: number) => process.stderr.write(`otomark: ${nameRun(one)}; ${left} to go\n`),
    ends: (one: StudyRun, state: RunState) => {
      if (state.status === 'failed') process.stderr.write(`otomark: ${nameRun(one)} failed: ${state.message}\n`)
    },
    explain: (error: unknown) => {
      const { message = '', exitCode } = explainError(error)
      return { message, exitCode }
    }
  }
  const wasStopped = await untilStopped(async (signal) => {
    await runStudy(study, known, { ...options, signal }, listener, runs)
    return signal.aborted
  })
  await tellOutcome(study, known, runs)
  if (wasStopped) process.stderr.write('otomark: stopped; the same command goes on\n')
}

/** The same as a job array, each task of which is this command for some of the runs. */
async function runOnCluster(study: OpenStudy, flags: RunFlags): Promise<void> {
  const runs = chosenRuns(study, flags)
  // Before the tasks, so that none of them waits for cases.
  const known = await prepareStudy(study, createProgress(process.stderr))
  const work = {
    name: study.specification.name,
    folder: study.folder,
    left: async () => {
      const states = await statesOf(study, known, runs)
      return runs.filter(({ hash }, at) => {
        const first = runs.findIndex((one) => one.hash === hash) === at
        return first && states.get(hash)?.status !== 'done' && states.get(hash)?.status !== 'failed'
      })
    },
    clear: (one: StudyRun) => clearRun(study, one),
    command: (some: readonly StudyRun[]) => [
      ...ownCommand(),
      ...['study', 'run', resolve(study.source), '--output', study.folder],
      ...['--only', some.map(({ hash }) => hash).join(',')],
      ...(flags.allowVersionChange ? ['--allow-version-change'] : []),
      ...['--device', flags.device]
    ]
  }
  for (const one of runs) await forgetFailure(runFolderOf(study, one))
  const slurm = slurmOptionsOf(flags, study.specification.threads)
  await untilStopped((signal) => runOnSlurm(work, slurm, followOptionsOf(flags, signal)))
  await tellOutcome(study, known, runs)
}

function chosenRuns(study: OpenStudy, { only }: RunFlags): StudyRun[] {
  const isCalled = ({ hash, variation }: StudyRun, name: string): boolean => name === hash || name === variation.name
  const unknown = only?.find((name) => !study.runs.some((one) => isCalled(one, name)))
  if (unknown !== undefined) {
    throw new InputError(
      study.source,
      `has no variation or run ${unknown}; name base, a variation, or a folder of runs/`
    )
  }
  return study.runs.filter((one) => only === undefined || only.some((name) => isCalled(one, name)))
}

/** @throws InputError where some failed */
async function tellOutcome(study: OpenStudy, known: KnownFolders, runs: readonly StudyRun[]): Promise<void> {
  const states = await statesOf(study, known, runs)
  process.stdout.write(describeStatus(study, states))
  const failed = [...states.values()].filter(({ status }) => status === 'failed').length
  if (failed === 0) return
  const problem = `${failed} of ${states.size} runs failed; the same command tries them again`
  throw new InputError(join(study.folder, 'runs'), problem)
}

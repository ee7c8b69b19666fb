import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { InputError } from '../core/errors.ts'
import { nodeRuntime } from '../runtime/node.ts'
import { surveyFolders } from '../study/case-sets.ts'
import { type CaseFolders, type OpenStudy, openStudy } from '../study/open-study.ts'
import { planStudy } from '../study/plan.ts'
import { prepareStudy, runStudy, statesOf } from '../study/run-study.ts'
import { writeTable } from '../study/table/write-table.ts'
import { announceEngine } from './announce-engine.ts'
import { createProgress } from './progress.ts'
import { explainError } from './report-error.ts'
import { describePlan, describeStatus, nameRun } from './study/words.ts'
import { untilStopped } from './until-stopped.ts'

interface StudyFlags {
  readonly output?: string
  readonly cases: CaseFolders
}

interface RunFlags extends StudyFlags {
  readonly only?: readonly string[]
  readonly allowVersionChange: boolean
}

/** `otomark study`: variations of a recipe, trained, judged and compared. */
export function studyCommand(): Command {
  const command = new Command('study').description(
    'Train and judge variations of a recipe, as one file says; stop and go on at any time, on one machine or many.'
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
    sharedOptions(new Command('run'))
      .description('Do the runs that are not done; one that failed is tried again. Several may run one study together.')
      .option('--only <hashes>', 'runs by the names of their folders, with commas between', (text) => text.split(','))
      .option('--allow-version-change', 'go on also with what another version of otomark began', false)
      .action(async (file: string, flags: RunFlags) => run(await open(file, flags), flags))
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
        const names = await writeTable(study)
        process.stdout.write(`${names.join(', ')} written to ${study.folder}\n`)
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
      'labelled cases to judge by, or those that the study splits; may be given several times, and is remembered',
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

async function run(study: OpenStudy, { only, allowVersionChange }: RunFlags): Promise<void> {
  await announceEngine()
  const unknown = only?.find((hash) => study.runs.every((one) => one.hash !== hash))
  if (unknown !== undefined)
    throw new InputError(study.source, `has no run ${unknown}; otomark study status lists them`)
  const progress = createProgress(process.stderr)
  const known = await prepareStudy(study, progress)
  let wasStopped = false
  await untilStopped(async (signal) => {
    await runStudy(
      study,
      known,
      { runtime: nodeRuntime, signal, anyVersion: allowVersionChange },
      {
        progress,
        begins: (one, left) => process.stderr.write(`otomark: ${nameRun(one)}; ${left} to go\n`),
        ends: (one, state) => {
          if (state.status === 'failed') process.stderr.write(`otomark: ${nameRun(one)} failed: ${state.message}\n`)
        },
        explain: (error) => {
          const { message = '', exitCode } = explainError(error)
          return { message, exitCode }
        }
      },
      only
    )
    wasStopped = signal.aborted
  })
  const states = await statesOf(
    study,
    known,
    study.runs.filter(({ hash }) => only === undefined || only.includes(hash))
  )
  process.stdout.write(describeStatus(study, states))
  if (wasStopped) process.stderr.write('otomark: stopped; the same command goes on\n')
  const failed = [...states.values()].filter(({ status }) => status === 'failed').length
  if (failed > 0) {
    throw new InputError(
      join(study.folder, 'runs'),
      `${failed} of ${states.size} runs failed; the same command tries them again`
    )
  }
}

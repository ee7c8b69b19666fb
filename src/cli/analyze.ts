import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { closeModel, openModel } from '../analyze/open-model.ts'
import { UsageError } from '../core/errors.ts'
import { findArray } from '../electrode/catalogue.ts'
import { longestElectrode } from '../measure/measure-findings.ts'
import { defaultModelFolder, readModelFolder } from '../node/model-folder.ts'
import { findBrowser } from '../node/print-page.ts'
import { type SurfaceFormat, surfaceFormats } from '../report/files/surface-files.ts'
import { nodeRuntime } from '../runtime/node.ts'
import { type AnalyzedScan, type AnalyzeScanOptions, analyzeScan } from './analyze-scan.ts'
import { announceEngine } from './announce-engine.ts'
import { type CaseContext, caseSession } from './cohort/analyze-case.ts'
import { analyzeCohort, analyzeCohortOnSlurm, analyzePart, type CohortPart } from './cohort/analyze-cohort.ts'
import { isSession } from './corrected-findings.ts'
import { openEarThread } from './ear-thread.ts'
import { formatResult } from './format-result.ts'
import { millimetres, severalOf, wholeNumber } from './parsers.ts'
import { createProgress } from './progress.ts'
import { assertHoldsScan } from './read-before.ts'
import { reopenSession } from './reopen-session.ts'
import { openResultFolder } from './result-folder.ts'
import { scanName } from './scan-name.ts'
import { type ExecutorFlags, executorOptions, followOptionsOf, ownCommand, slurmOptionsOf } from './slurm-options.ts'

interface AnalyzeFlags extends ExecutorFlags {
  readonly output?: string
  readonly cohort?: string
  readonly model: string
  readonly series?: string
  readonly electrode?: number
  readonly array?: string
  /** Former name of `array`. */
  readonly implant?: string
  readonly before?: string
  readonly tta: boolean
  readonly surfaces: readonly SurfaceFormat[]
  readonly pdf: boolean
  readonly dicom: boolean
  readonly json: boolean
  readonly keepIdentifiers: boolean
  readonly threads?: number
  readonly part?: CohortPart
}

/** `otomark analyze`: the ears in a scan, or in many, outlined, marked and measured, as files in a folder. */
export function analyzeCommand(): Command {
  const command = new Command('analyze')
    .description('Find, outline, mark and measure the inner ears in a CT scan, or in many with --cohort.')
    .argument(
      '<input>',
      'a NIfTI, NRRD, MetaImage or DICOM file, a folder or .zip with a DICOM series, or a session that the page saved (.otomark)'
    )
    .option('--output <folder>', "gets the results (default: the input's name and -otomark)")
    .option('--cohort <folder>', 'analyse every scan in the folder or list (.txt, .csv) given as input; resumes')
    .option('--model <folder>', 'holds detector.onnx and segmenter.onnx', defaultModelFolder)
    .option('--series <id>', 'which DICOM series, by number or UID, where there are several')
    .option(
      '--electrode <mm>',
      'length inside the cochlea: adds a table of angle and frequency by depth, estimated from the A value; for an array use otomark plan',
      millimetres(longestElectrode)
    )
    .option('--array <id>', 'the electrode array that was implanted, by its id (otomark plan --list shows them)')
    .addOption(new Option('--implant <id>', 'deprecated: use --array').conflicts('array').hideHelp())
    .option(
      '--before <scan>',
      'take the labyrinth from a scan before surgery, or its session (.otomark), registered by the bone'
    )
    .option(
      '--tta',
      'average outlines over six views, turned and mirrored, as landmarks always are: better in coarse scans, smoother in fine ones',
      false
    )
    .option(
      '--surfaces <formats>',
      'stl, obj, ply, glb, several with commas between, or none',
      severalOf(surfaceFormats),
      ['stl']
    )
    .option('--pdf', 'print the report as PDF too, with an installed Chromium or Chrome', false)
    .option('--dicom', 'write DICOM objects too: segmentation, measurement report and, with --pdf, the PDF', false)
    .option(
      '--keep-identifiers',
      'results name patient, study and series of a DICOM scan, and the whole path of the input; else they do not',
      false
    )
    .option('--json', 'print result.json and nothing else', false)
    .option(
      '--threads <number>',
      'processor threads (default: all); of a cohort, scans analysed at a time, in a thread each',
      wholeNumber(1)
    )
    .option('--part <number/of>', 'of a cohort analyse every so-many-th scan only, as a task of a cluster does', partOf)
  return executorOptions(command).action((input: string, flags: AnalyzeFlags) =>
    flags.cohort === undefined ? analyzeOne(input, flags) : analyzeMany(input, flags.cohort, flags)
  )
}

async function analyzeOne(input: string, flags: AnalyzeFlags): Promise<void> {
  const ofMany = [flags.part && '--part', flags.executor === 'slurm' && '--executor slurm'].filter(Boolean)
  if (ofMany.length > 0) throw new UsageError(`${ofMany.join(' and ')} can only be used with --cohort`)
  if (isSession(input)) assertForSession(flags)
  if (flags.before !== undefined) assertHoldsScan(flags.before)
  const chosen = await resultOptions(flags)
  const series = flags.series === undefined ? {} : { series: flags.series }
  const before = flags.before === undefined ? {} : { before: flags.before }
  const folder = flags.output ?? `${scanName(input)}-otomark`
  const output = await openResultFolder(folder)
  try {
    const { result, files } = isSession(input)
      ? await reopenSession(input, chosen)
      : await analyzeWithModel(input, flags, { ...chosen, ...series, ...before })
    await output.write(files)
    process.stdout.write(flags.json ? String(files['result.json']) : `${formatResult(result)}\nWritten to ${folder}\n`)
  } catch (error) {
    output.discard()
    throw error
  }
}

/** @throws UsageError for an option that would change nothing: no network looks at a session */
function assertForSession({ series, tta, threads, before, model }: AnalyzeFlags): void {
  const given = [
    series !== undefined && '--series',
    tta && '--tta',
    threads !== undefined && '--threads',
    before !== undefined && '--before',
    model !== defaultModelFolder && '--model'
  ].filter(Boolean)
  if (given.length > 0) {
    throw new UsageError(`${given.join(' and ')} cannot be used with a session: its scan is not analysed again`)
  }
}

async function analyzeWithModel(
  input: string,
  flags: AnalyzeFlags,
  options: AnalyzeScanOptions
): Promise<AnalyzedScan> {
  const threads = flags.threads === undefined ? {} : { threads: flags.threads }
  await announceEngine()
  const model = await openModel(await readModelFolder(flags.model), nodeRuntime, threads)
  const progress = createProgress(process.stderr, { silent: flags.json })
  const thread = (flags.threads ?? availableParallelism()) > 1 ? openEarThread() : undefined
  return analyzeScan(input, model, { progress, ...options }, thread).finally(() =>
    Promise.all([closeModel(model), thread?.close()])
  )
}

async function analyzeMany(input: string, folder: string, flags: AnalyzeFlags): Promise<void> {
  const ofOneScan = [
    flags.output && '--output',
    flags.series && '--series',
    flags.before && '--before',
    flags.json && '--json'
  ].filter(Boolean)
  if (ofOneScan.length > 0) {
    throw new UsageError(`${ofOneScan.join(' and ')} cannot be used with --cohort; a .csv list may name series`)
  }
  const options = await resultOptions(flags)
  await announceEngine()
  const model = await openModel(await readModelFolder(flags.model), nodeRuntime, caseSession)
  const workers = { threads: flags.threads ?? availableParallelism(), modelFolder: flags.model }
  try {
    if (flags.executor === 'slurm') {
      await analyzeCohortOnSlurm(input, folder, { model, options }, taskCommand(input, folder, flags), {
        slurm: slurmOptionsOf(flags, flags.threads ?? 1),
        follow: (signal) => followOptionsOf(flags, signal)
      })
    } else if (flags.part !== undefined) await analyzePart(input, folder, { model, options, workers }, flags.part)
    else await analyzeCohort(input, folder, { model, options, workers })
  } finally {
    await closeModel(model)
  }
}

/** The command of a task of a cluster, but for its part. */
function taskCommand(input: string, folder: string, flags: AnalyzeFlags): string[] {
  const { model, electrode, array = flags.implant, tta, surfaces, pdf, dicom, keepIdentifiers, threads = 1 } = flags
  return [
    ...[...ownCommand(), 'analyze', resolve(input), '--cohort', resolve(folder), '--model', resolve(model)],
    ...(electrode === undefined ? [] : ['--electrode', String(electrode)]),
    ...(array === undefined ? [] : ['--array', array]),
    ...(tta ? ['--tta'] : []),
    ...['--surfaces', surfaces.length === 0 ? 'none' : surfaces.join(',')],
    ...(pdf ? ['--pdf'] : []),
    ...(dicom ? ['--dicom'] : []),
    ...(keepIdentifiers ? ['--keep-identifiers'] : []),
    ...['--threads', String(threads)]
  ]
}

function partOf(text: string): CohortPart {
  const [, number = 0, of = 0] = /^(\d{1,9})\/(\d{1,9})$/.exec(text)?.map(Number) ?? []
  if (number >= 1 && number <= of) return { number, of }
  throw new InvalidArgumentError('is not a part such as 3/100')
}

/** What changes the results or their files, the same for one scan and for many. */
async function resultOptions(flags: AnalyzeFlags): Promise<CaseContext['options']> {
  const { array = flags.implant } = flags
  return {
    surfaces: flags.surfaces,
    augmentOutlines: flags.tta,
    ...(flags.electrode !== undefined && { electrode: flags.electrode }),
    ...(array !== undefined && { implant: findArray(array) }),
    ...(flags.dicom && { dicom: true, deflateLarge: true }),
    ...(flags.keepIdentifiers && { keepIdentifiers: true }),
    ...(flags.pdf && { browser: await findBrowser(process.env) })
  }
}

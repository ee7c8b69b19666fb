import { join } from 'node:path'
import { Command } from 'commander'
import { closeModel, openModel } from '../analyze/open-model.ts'
import { findSeries } from '../clinic/dicomweb/search.ts'
import { defaultModelFolder, readModelFolder } from '../node/model-folder.ts'
import { withTemporaryFolder } from '../node/temporary-folder.ts'
import { nodeRuntime } from '../runtime/node.ts'
import { analyzeScan } from './analyze-scan.ts'
import { announceEngine } from './announce-engine.ts'
import { formatResult } from './format-result.ts'
import { fetchSeries, seriesOf } from './pacs/fetch-series.ts'
import { serverSettings } from './pacs/settings.ts'
import { storeResults } from './pacs/store-results.ts'
import { watchServer } from './pacs/watch-server.ts'
import { wholeNumber } from './parsers.ts'
import { createProgress } from './progress.ts'
import { openResultFolder } from './result-folder.ts'
import { untilStopped } from './until-stopped.ts'

interface ServerFlags {
  readonly settings?: string
}

interface SeriesFlags extends ServerFlags {
  readonly study?: string
  readonly output?: string
}

interface ListFlags extends ServerFlags {
  readonly patient?: string
  readonly study?: string
  readonly modality: string
  readonly json: boolean
}

interface ModelFlags {
  readonly model: string
  readonly threads?: number
}

interface WatchFlags extends ServerFlags, ModelFlags {
  readonly state: string
  readonly interval: number
  readonly days: number
  readonly once: boolean
}

/** `otomark pacs`: series on a DICOMweb server, and results stored beside them. */
export function pacsCommand(): Command {
  return new Command('pacs')
    .description(
      'List, fetch and analyse CT series on a DICOMweb server, and store results there.\n' +
        'Server address and credentials: a file (--settings), or OTOMARK_PACS_URL, _USER, _PASSWORD and _TOKEN.'
    )
    .addCommand(listCommand())
    .addCommand(fetchCommand())
    .addCommand(analyzeSeriesCommand())
    .addCommand(watchCommand())
}

function serverCommand(name: string): Command {
  return new Command(name).option('--settings <file>', 'JSON with url, user and password or token; for your eyes only')
}

function modelOptions(command: Command): Command {
  return command
    .option('--model <folder>', 'holds detector.onnx and segmenter.onnx', defaultModelFolder)
    .option('--threads <number>', 'processor threads (default: all)', wholeNumber(1))
}

function listCommand(): Command {
  return serverCommand('list')
    .description('List the series on the server.')
    .option('--patient <id>', 'of one patient')
    .option('--study <uid>', 'of one study')
    .option('--modality <name>', 'of another modality, or all', 'CT')
    .option('--json', 'print JSON', false)
    .action(async ({ settings, patient, study, modality, json }: ListFlags) => {
      const server = await serverSettings(settings, process.env)
      const found = await findSeries(server, {
        ...(modality !== 'all' && { Modality: modality }),
        ...(patient !== undefined && { PatientID: patient }),
        ...(study !== undefined && { StudyInstanceUID: study })
      })
      const lines = found.map(({ patientId, studyDate, number, description, instances, seriesUid }) =>
        [patientId, studyDate, number, description, instances ?? '', seriesUid].join('\t')
      )
      const table = ['patient\tdate\tnumber\tdescription\timages\tseries', ...lines].join('\n')
      process.stdout.write(`${json ? JSON.stringify(found, null, 2) : table}\n`)
    })
}

function fetchCommand(): Command {
  return serverCommand('fetch')
    .description('Fetch a series into a folder; goes on where it was stopped.')
    .argument('<series>', 'its UID')
    .option('--study <uid>', 'its study, for servers that need it')
    .option('--output <folder>', 'gets the files (default: the UID)')
    .action(async (uid: string, { settings, study, output = uid }: SeriesFlags) => {
      const server = await serverSettings(settings, process.env)
      await fetchSeries(server, await seriesOf(server, uid, study), output, createProgress(process.stderr))
      process.stdout.write(`Written to ${output}\n`)
    })
}

function analyzeSeriesCommand(): Command {
  return modelOptions(serverCommand('analyze'))
    .description('Analyse a series on the server.')
    .argument('<series>', 'its UID')
    .option('--study <uid>', 'its study, for servers that need it')
    .option('--output <folder>', 'gets the results (default: the UID and -otomark)')
    .option('--store', 'store segmentation and report on the server, in the study of the series', false)
    .action(analyzeSeries)
}

async function analyzeSeries(
  uid: string,
  flags: SeriesFlags & ModelFlags & { readonly store: boolean }
): Promise<void> {
  const server = await serverSettings(flags.settings, process.env)
  const series = await seriesOf(server, uid, flags.study)
  const folder = flags.output ?? `${uid}-otomark`
  const output = await openResultFolder(folder)
  try {
    await announceEngine()
    const model = await openModel(await readModelFolder(flags.model), nodeRuntime, threadsOf(flags))
    const progress = createProgress(process.stderr)
    const { result, files } = await withTemporaryFolder(async (temporary) => {
      const source = join(temporary, uid)
      await fetchSeries(server, series, source, progress)
      return analyzeScan(source, model, { progress, dicom: true, name: uid })
    }).finally(() => closeModel(model))
    await output.write(files)
    process.stdout.write(`${formatResult(result)}\nWritten to ${folder}\n`)
    if (flags.store) process.stdout.write(`Stored on the server: ${(await storeResults(server, files)).join(', ')}\n`)
  } catch (error) {
    output.discard()
    throw error
  }
}

function watchCommand(): Command {
  return modelOptions(serverCommand('watch'))
    .description('Analyse every CT series that arrives on the server, once, and store the results there.')
    .requiredOption('--state <folder>', 'remembers what is done, with a line for each series in audit.jsonl')
    .option(
      '--interval <seconds>',
      'between two queries; a series is stable when it stays as it is for one',
      wholeNumber(1, 86_400),
      30
    )
    .option('--days <number>', 'only studies of the last days', wholeNumber(1, 36_500), 2)
    .option('--once', 'end when there is nothing left to do', false)
    .action(watch)
}

async function watch(flags: WatchFlags): Promise<void> {
  const server = await serverSettings(flags.settings, process.env)
  await announceEngine()
  const model = await openModel(await readModelFolder(flags.model), nodeRuntime, threadsOf(flags))
  await untilStopped((signal) =>
    watchServer(server, {
      state: flags.state,
      interval: flags.interval * 1000,
      days: flags.days,
      once: flags.once,
      signal,
      say: (line) => process.stderr.write(`otomark: ${line}\n`),
      async analyze(folder) {
        const options = { dicom: true, surfaces: [], signal, name: 'series' }
        return (await analyzeScan(folder, model, options)).files
      }
    })
  ).finally(() => closeModel(model))
}

function threadsOf({ threads }: ModelFlags): { readonly threads?: number } {
  return threads === undefined ? {} : { threads }
}

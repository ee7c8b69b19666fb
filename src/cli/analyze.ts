import { basename, resolve } from 'node:path'
import { Command } from 'commander'
import { analyze } from '../analyze/analyze.ts'
import type { Findings } from '../analyze/findings.ts'
import { closeModel, openModel } from '../analyze/open-model.ts'
import { NoEarError, UsageError } from '../core/errors.ts'
import { mergeMeshes } from '../core/mesh.ts'
import { softwareVersion } from '../core/version.ts'
import type { Scan } from '../core/volume.ts'
import { encodeMarkups } from '../io/markups.ts'
import { encodeStl } from '../io/mesh/stl.ts'
import { encodeNifti } from '../io/nifti/encode.ts'
import { defaultModelFolder, readModelFolder } from '../io/node/model-folder.ts'
import { readScan } from '../io/node/read-scan.ts'
import { createResult } from '../report/create-result.ts'
import { formatResult } from '../report/table.ts'
import { nodeRuntime } from '../runtime/node.ts'
import { assertOnlyResults, type OutputFiles, openOutputFolder } from './output-folder.ts'
import { createProgress } from './progress.ts'

interface AnalyzeFlags {
  readonly output?: string
  readonly model: string
  readonly series?: string
  readonly json: boolean
  readonly threads?: string
}

/** `otomark analyze`: the ears in a scan, outlined, marked and measured, as files in a folder. */
export function analyzeCommand(): Command {
  return new Command('analyze')
    .description('Find, outline, mark and measure the inner ears in a CT scan.')
    .argument('<input>', 'a NIfTI, NRRD, MetaImage or DICOM file, or a folder or .zip with a DICOM series')
    .option('--output <folder>', "gets the results (default: the input's name and -otomark)")
    .option('--model <folder>', 'holds finder.onnx and outliner.onnx', defaultModelFolder)
    .option('--series <id>', 'which DICOM series, by number or UID, where there are several')
    .option('--json', 'print result.json and nothing else', false)
    .option('--threads <number>', 'processor threads (default: all)')
    .action(analyzeInput)
}

async function analyzeInput(input: string, flags: AnalyzeFlags): Promise<void> {
  const threads = flags.threads === undefined ? {} : { threads: parseThreads(flags.threads) }
  const folder = flags.output ?? `${stem(input)}-otomark`
  await assertOnlyResults(folder, 'result.json', ['labels.nii.gz', 'landmarks.mrk.json', 'labyrinth.stl'])
  const output = await openOutputFolder(folder)
  try {
    const files = await readModelFolder(flags.model)
    const { scan, source } = await readScan(input, flags.series === undefined ? {} : { series: flags.series })
    const model = await openModel(files, nodeRuntime, threads)
    const progress = createProgress(process.stderr, { silent: flags.json })
    const findings = await analyze(scan, model, { progress }).finally(() => closeModel(model))
    assertEarFound(findings, scan)
    const result = createResult(findings, { source, model, software: softwareVersion })
    const json = `${JSON.stringify(result, null, 2)}\n`
    await output.write({ ...encodeFindings(findings), 'result.json': json })
    process.stdout.write(flags.json ? json : `${formatResult(result)}\nWritten to ${folder}\n`)
  } catch (error) {
    output.discard()
    throw error instanceof NoEarError ? new NoEarError(`${input}: ${error.message}`, { cause: error }) : error
  }
}

function assertEarFound({ ears }: Findings, { geometry }: Scan): void {
  if (ears.length > 0) return
  const voxel = geometry.spacing.map((mm) => Number(mm.toFixed(2))).join(' × ')
  throw new NoEarError(
    `no inner ear was found (voxels of ${voxel} mm); check that it is a CT in Hounsfield units that shows the inner ear`
  )
}

/** The findings as files for other programs, by name. */
function encodeFindings({ labels, ears }: Findings): OutputFiles {
  const description = `otomark ${softwareVersion}`
  return {
    'labels.nii.gz': encodeNifti(labels, { gzip: true, description }),
    'landmarks.mrk.json': encodeMarkups(
      ears.map(({ side, landmarks }) => ({ landmarks, ...(ears.length > 1 && { name: capitalized(side) }) }))
    ),
    'labyrinth.stl': encodeStl(mergeMeshes(ears.map(({ surfaces }) => surfaces.labyrinth)))
  }
}

function parseThreads(text: string): number {
  const threads = Number(text)
  if (Number.isSafeInteger(threads) && threads > 0) return threads
  throw new UsageError(`--threads ${text}: is not a whole number of at least 1`)
}

/** An input's name without its folders and its format's ending: `scans/head.nii.gz` → `head`, `study.2` stays. */
function stem(input: string): string {
  const name = basename(resolve(input))
  return name.replace(/\.(nii|nii\.gz|nrrd|nhdr|mha|mhd|dcm|zip)$/i, '') || name
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

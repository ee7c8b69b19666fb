import { Command, Option } from 'commander'
import { UsageError } from '../core/errors.ts'
import { schemaFaults } from '../core/schema-faults.ts'
import { findArray } from '../electrode/catalogue.ts'
import { malformations } from '../generate/anatomy/malformed/malform.ts'
import { type CaseOptions, caseOptions } from '../generate/sample/options.ts'
import { scannerKinds } from '../generate/scanner/protocol.ts'
import { writeGeneratedCases } from '../generate/write-cases.ts'
import { lockOutput } from '../node/folder-lock.ts'
import { makeFolder } from '../node/write-file.ts'
import { writeCasePicture } from './case-picture.ts'
import { writePopulationReport } from './generate-report.ts'
import { millimetreRange, millimetres, share, wholeNumber } from './parsers.ts'
import { createProgress } from './progress.ts'

interface GenerateFlags {
  readonly seed: number
  readonly count?: number
  readonly report?: true
  readonly picture?: true
  readonly output: string
  readonly field: [number, number]
  readonly finest: number
  readonly anyOrientation: number
  readonly withoutEar: number
  readonly scanner?: string[]
  readonly specimens: number
  readonly dried: number
  readonly dental: number
  readonly implanted: number
  readonly electrodes?: number
  readonly array?: string
  /** Former name of `array`. */
  readonly electrode?: string
  readonly sheared: number
  readonly heads: number
  readonly earless: number
  readonly malformed: number
  readonly malformation?: string
}

/** `otomark generate`: generated scans with their truth, one folder per case. */
export function generateCommand(): Command {
  const defaults = caseOptions.parse({})
  return new Command('generate')
    .description(
      'Write generated scans of temporal bones, or of heads, with their truth: ct.nii.gz, labels.nii.gz, landmarks, truth.json.'
    )
    .option('--seed <number>', 'the same seed gives the same cases', wholeNumber(0), 1)
    .option('--count <number>', 'how many cases (1), or ears of a report (200)', wholeNumber(1))
    .option('--report', 'write no cases: compare as many generated ears with real ones')
    .option('--picture', 'add a picture of each case: picture.png, three slices with the true outline and landmarks')
    .option('--output <folder>', 'where the case folders go', 'generated')
    .addOption(
      new Option('--field <from,to>', 'edge of the field of view, mm')
        .argParser(millimetreRange)
        .default(defaults.field, defaults.field.join(','))
    )
    .option('--finest <mm>', 'smallest voxel generated', millimetres(), 0.1)
    .option('--any-orientation <share>', 'share of ears turned any way', share, defaults.anyOrientation)
    .option('--without-ear <share>', 'share of cases without an ear', share, defaults.withoutEar)
    .addOption(new Option('--scanner <kind...>', 'kinds of scanner; all without it').choices(scannerKinds))
    .option('--specimens <share>', 'share of scans of a specimen, not of a patient', share, defaults.specimens)
    .option('--dried <share>', 'share of specimens whose labyrinth holds air', share, defaults.airFilled)
    .option('--dental <share>', 'share of scans by a dental cone-beam scanner', share, defaults.dental)
    .option('--implanted <share>', 'share of ears with a cochlear implant', share, defaults.implanted)
    .option('--electrodes <share>', 'share of ears with an electrode array, its contacts in truth.json', share)
    .option('--array <id>', 'which array; otomark plan --list shows them')
    .addOption(new Option('--electrode <id>', 'deprecated: use --array').conflicts('array').hideHelp())
    .option('--sheared <share>', 'share of scans sheared by a gantry tilt', share, defaults.sheared)
    .option('--heads <share>', 'share of cases that show a whole head, of voxels of 0.4 to 1 mm', share, defaults.heads)
    .option('--earless <share>', 'share of cases that show another part of the body', share, defaults.earless)
    .option(
      '--malformed <share>',
      'share of ears with a malformation, whose kind is sampled',
      share,
      defaults.malformed
    )
    .addOption(new Option('--malformation <kind>', 'malform every ear in one way').choices(malformations))
    .action(generate)
}

async function generate(flags: GenerateFlags): Promise<void> {
  const { seed, count = flags.report ? 200 : 1 } = flags
  if (flags.report && count < 2) throw new UsageError(`--count ${count}: a report needs at least 2 ears`)
  if (flags.report && flags.picture) throw new UsageError('--picture shows cases, of which --report writes none')
  const options = parseOptions(flags)
  const eachCase = flags.picture ? { eachCase: writeCasePicture } : {}
  await makeFolder(flags.output)
  const release = lockOutput(flags.output)
  try {
    if (flags.report) await writePopulationReport(seed, count, flags.output)
    else {
      await writeGeneratedCases(flags.output, { seed, count, options, ...eachCase }, createProgress(process.stderr))
      process.stdout.write(`${count} generated case${count === 1 ? '' : 's'} in ${flags.output}\n`)
    }
  } finally {
    release()
  }
}

function parseOptions(flags: GenerateFlags): CaseOptions {
  const { array = flags.electrode } = flags
  const given = {
    field: flags.field,
    finest: flags.finest,
    anyOrientation: flags.anyOrientation,
    withoutEar: flags.withoutEar,
    scanners: flags.scanner,
    specimens: flags.specimens,
    airFilled: flags.dried,
    dental: flags.dental,
    implanted: flags.implanted,
    electrodes: flags.electrodes ?? (array === undefined ? undefined : 1),
    electrodeArray: array === undefined ? undefined : findArray(array).id,
    sheared: flags.sheared,
    heads: flags.heads,
    earless: flags.earless,
    malformed: flags.malformed,
    malformation: flags.malformation
  }
  const parsed = caseOptions.safeParse(given)
  if (parsed.success) return parsed.data
  throw new UsageError(`generating cases: ${schemaFaults(caseOptions, given).join('; ')}; see otomark generate --help`)
}

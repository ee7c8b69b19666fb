import { Command, Option } from 'commander'
import { UsageError } from '../core/errors.ts'
import type { ElectrodeArray } from '../electrode/array.ts'
import { catalogue, decodeArrays, findArray, replacedIds } from '../electrode/catalogue.ts'
import { readJson } from '../io/json.ts'
import { diskFiles } from '../node/file-access.ts'
import { createPlan, type PlanRequest } from '../report/plan/plan-file.ts'
import { planFileNames, planFiles } from '../report/plan/plan-files.ts'
import { planLimits } from '../report/plan/plan-limits.ts'
import { formatCatalogue, formatPlan } from './format-plan.ts'
import { givenPath } from './given-path.ts'
import { readGivenResult } from './given-result.ts'
import { assertOnlyResults, openOutputFolder } from './output-folder.ts'
import { amount, millimetres } from './parsers.ts'

interface PlanFlags {
  readonly array?: string[]
  readonly arrays?: string
  readonly list: boolean
  readonly insertion?: number
  readonly side?: 'left' | 'right'
  readonly angle?: number
  readonly coverage?: number
  readonly output?: string
  readonly json: boolean
}

/** `otomark plan`: electrode arrays laid into the cochleae of a result. */
export function planCommand(): Command {
  return new Command('plan')
    .description(
      'Lay electrode arrays into a measured cochlea: depth, angle, frequency and clearance of each contact, compared. No array is recommended.'
    )
    .argument('[result]', 'the folder that analyze wrote, or its result.json')
    .option('--array <id...>', 'arrays of the catalogue, or of --arrays')
    .option('--arrays <file>', 'a .json file with arrays of your own; see docs/how-to/plan-electrode.md')
    .option('--list', 'print the known arrays and their sources', false)
    .option(
      '--insertion <mm>',
      'length inside the cochlea (default: all of the array)',
      millimetres(planLimits.insertion)
    )
    .addOption(new Option('--side <side>', 'of two ears, this one').choices(['left', 'right']))
    .option(
      '--angle <degrees>',
      'how deep each array must go to reach this angle',
      amount('an angle in degrees', planLimits.angle)
    )
    .option(
      '--coverage <percent>',
      'the same for a share of the duct',
      amount('a share in percent', planLimits.percent)
    )
    .option('--output <folder>', 'writes plan.json, plan.csv and plan.svg there')
    .option('--json', 'print plan.json and nothing else', false)
    .action(plan)
}

async function plan(path: string | undefined, flags: PlanFlags): Promise<void> {
  const own = flags.arrays === undefined ? [] : decodeArrays(await readJson(diskFiles, flags.arrays), flags.arrays)
  const replaced = replacedIds(own)
  if (replaced.length > 0) {
    process.stderr.write(
      `otomark: ${givenPath(flags.arrays ?? '')}: its arrays stand for those of the catalogue: ${replaced.join(', ')}\n`
    )
  }
  if (flags.list) {
    process.stdout.write(`${formatCatalogue([...own, ...catalogue])}\n`)
    return
  }
  if (path === undefined) {
    throw new UsageError('name the folder that analyze wrote, before --array, or use --list')
  }
  const result = await readGivenResult(path)
  const made = createPlan(result, givenPath(path), requestOf(flags, own))
  const files = planFiles(made, result)
  if (flags.output !== undefined) {
    await assertOnlyResults(flags.output, 'plan.json', planFileNames)
    const folder = await openOutputFolder(flags.output)
    try {
      await folder.write(files, planFileNames)
    } catch (error) {
      folder.discard()
      throw error
    }
  }
  const written = flags.output === undefined ? '' : `Written to ${flags.output}\n`
  process.stdout.write(flags.json ? files['plan.json'] : `${formatPlan(made)}\n${written}`)
}

function requestOf(flags: PlanFlags, own: readonly ElectrodeArray[]): PlanRequest {
  if (flags.array === undefined) throw new UsageError('name arrays with --array; otomark plan --list shows them')
  if (flags.angle !== undefined && flags.coverage !== undefined) {
    throw new UsageError('--angle and --coverage cannot be used together')
  }
  return {
    arrays: [...new Set(flags.array.map((id) => findArray(id, own)))],
    ...(flags.insertion !== undefined && { insertion: flags.insertion }),
    ...(flags.side !== undefined && { side: flags.side }),
    ...(flags.angle !== undefined && { target: { angle: flags.angle } }),
    ...(flags.coverage !== undefined && { target: { percent: flags.coverage } })
  }
}

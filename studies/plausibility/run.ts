/**
 * How often the flags of implausible results fire: `npx tsx studies/plausibility/run.ts COHORT [EACH]`. COHORT is the
 * folder of results that `studies/cohort` made; its cases 80 to 189 are the normal ears. Spoiled predictions are made
 * from each of them; EACH (12) of them are spoiled in the image and analysed anew.
 */
import { join } from 'node:path'
import { createRandom } from '../../src/core/random.ts'
import { add, column, scale } from '../../src/core/vector.ts'
import type { Scan } from '../../src/core/volume.ts'
import { analyze, closeModel, defaultModelFolder, nodeRuntime, openModel, readModelFolder } from '../../src/index.ts'
import type { Flag, FlagId } from '../../src/measure/plausibility/flag.ts'
import { judgeEar } from '../../src/measure/plausibility/judge.ts'
import { type JudgedCase, readCase } from './read-case.ts'
import { addMetal, callOtherSide, coarsen, cutThrough, missLateralCanal, moveLandmark, swapWindows } from './spoil.ts'

const [cohort, each = '12'] = process.argv.slice(2)
if (cohort === undefined) throw new Error('give the folder of the cohort')
const seed = 501
const firstCase = 80
const folder = (index: number): string => join(cohort, 'cases', `case-${seed}-${String(index).padStart(4, '0')}_ct`)
const normal = await Promise.all(Array.from({ length: 110 }, (_, n) => readCase(folder(firstCase + n))))
const random = createRandom(seed)

console.log('| ears | n | expected flag | fires, % | any warning, % |\n|---|---|---|---|---|')
report('normal', normal.map(judge))
for (const mm of [1.5, 2, 3, 4]) {
  const moved = normal.map(({ ear, scan }) => judgeEar(moveLandmark(ear, mm, random), scan))
  report(`a landmark moved by ${mm} mm`, moved, 'implausible_landmark')
}
const spoiled = (spoil: typeof swapWindows): Flag[][] => normal.map(({ ear, scan }) => judgeEar(spoil(ear), scan))
report('windows swapped', spoiled(swapWindows), 'implausible_landmark')
report('lateral canal missed', spoiled(missLateralCanal), 'possible_malformation')
report('called the other side', spoiled(callOtherSide), 'side_disagreement')

const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime)
const few = normal.slice(0, Number(each))
const anterior = ({ ear }: JudgedCase, mm: number) => add(ear.frame.origin, scale(column(ear.frame.direction, 1), mm))
await reportScans('field of view cut through the cochlea', 'incomplete_field_of_view', (one) =>
  cutThrough(one.scan, anterior(one, 4))
)
await reportScans('metal beside the ear', 'metal', (one) => addMetal(one.scan, anterior(one, 12)))
await reportScans('voxels of 1.2 mm', 'low_resolution', (one) => coarsen(one.scan))
await closeModel(model)

function judge({ ear, scan }: JudgedCase): Flag[] {
  return judgeEar(ear, scan)
}

/** Analyses a scan made from each of a few cases; one in which no ear is found is told apart. */
async function reportScans(name: string, expected: FlagId, make: (one: JudgedCase) => Scan): Promise<void> {
  const flags: Flag[][] = []
  for (const one of few) {
    const scan = make(one)
    const { ears } = await analyze(scan, model)
    for (const ear of ears) flags.push(judgeEar(ear, scan))
  }
  report(`${name} (${few.length} scans)`, flags, expected)
}

function report(name: string, flags: readonly (readonly Flag[])[], expected?: FlagId): void {
  const percent = (count: number): string => ((100 * count) / flags.length).toFixed(0)
  const fired = flags.filter((all) => all.some(({ id }) => id === expected)).length
  const warned = flags.filter((all) => all.some(({ severity }) => severity === 'warning')).length
  const counts = expected === undefined ? '– | –' : `${expected} | ${percent(fired)}`
  console.log(`| ${name} | ${flags.length} | ${counts} | ${percent(warned)} |`)
}

/**
 * How well contacts are found: `npx tsx studies/electrode/contacts.ts FILE KIND EARS COUNT [SEED]`. KIND is `cone-beam` (voxels to
 * 0.3 mm), `multi-slice` (0.4 to 0.6 mm), or one of these with `-none` (ears without metal), `-folded` (tips folded over)
 * or `-misnamed` (another array than the implanted one is named).
 * EARS is `true` (the duct of the true labels) or `found` (of the ear that the default model outlines in the same scan). FILE gets
 * a line for each of COUNT cases, and a stopped run goes on; then the table of all that FILE holds is printed. Another SEED
 * than that of cases.ts takes a FILE of its own.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { occupancyOfLabels } from '../../src/analyze/segment/occupancy.ts'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { quantile } from '../../src/core/math/quantile.ts'
import { distance, identity3 } from '../../src/core/math/vector.ts'
import { catalogue, findArray } from '../../src/electrode/catalogue.ts'
import { type GeneratedCase, rasteriseCase, sampleCase } from '../../src/generate/case.ts'
import type { GeneratedEar } from '../../src/generate/ear.ts'
import { findElectrode } from '../../src/implant/find/find-electrode.ts'
import { isAlike, mayBeFolded } from '../../src/implant/find/placed-array.ts'
import { analyze, closeModel, type Model, openModel } from '../../src/index.ts'
import { type CochlearDuct, expectedDuct, traceDuct } from '../../src/measure/cochlea/cochlear-duct.ts'
import type { MeasuredEar } from '../../src/measure/measured-ear.ts'
import { defaultModelFolder, nodeRuntime, readModelFolder } from '../../src/node.ts'
import { knownCalibration } from '../../test/support/known-calibration.ts'
import { optionsOf, seed } from './cases.ts'

/** What became of one array. `errors` (mm) and `angles` (°) are those of placed contacts, `near` how many lie within half a spacing. */
interface Outcome {
  readonly status: string
  readonly array?: string
  readonly errors: readonly number[]
  readonly angles: readonly number[]
  readonly near: number
  readonly isOrdered: boolean
  /** Whether a remark says that the tip may be folded over. */
  readonly isSaidFolded?: boolean
  /** Whether a remark asks to check which array was implanted. */
  readonly isArrayAsked?: boolean
}

interface Row {
  readonly kind: string
  readonly ears: string
  readonly index: number
  readonly array?: string
  readonly contacts: number
  readonly folded: boolean
  readonly named: Outcome
  readonly unnamed: Outcome
}

const [file = '', kind = 'cone-beam', ears = 'true', count = '20', given = String(seed)] = process.argv.slice(2)
const model =
  ears === 'found' ? await openModel(await readModelFolder(defaultModelFolder), nodeRuntime, { threads: 1 }) : undefined
const options = optionsOf(kind)
let done = rowsOf(file).filter((row) => row.kind === kind && row.ears === ears)
for (let index = (done.at(-1)?.index ?? -1) + 1; done.length < Number(count); index++) {
  const parameters = sampleCase(Number(given), index, options)
  const folded = (parameters.bones[0]?.electrode?.folded ?? 0) > 0
  const isWanted = kind.endsWith('folded') === folded
  if (Math.max(...parameters.geometry.spacing) > 0.6 || !isWanted) continue
  const row = await rowOf(rasteriseCase(parameters), index, model)
  appendFileSync(file, `${JSON.stringify(row)}\n`)
  done = [...done, row]
}
if (model !== undefined) await closeModel(model)
process.stdout.write(table(rowsOf(file)))

function rowsOf(path: string): Row[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row)
}

async function rowOf(generated: GeneratedCase, index: number, network: Model | undefined): Promise<Row> {
  const [ear] = generated.ears
  if (ear === undefined) throw new Error(`case ${index} has no ear`)
  const duct = network === undefined ? trueDuct(generated, ear) : await foundDuct(generated, ear, network)
  const array = ear.electrode?.array
  return {
    kind,
    ears,
    index,
    ...(array !== undefined && { array }),
    contacts: ear.electrode?.contacts.length ?? 0,
    folded: (ear.electrode?.folded ?? 0) > 0,
    named: outcome(generated, ear, duct, nameFor(kind, index, array)),
    unnamed: outcome(generated, ear, duct)
  }
}

/** The array that is named: where there is none, or another one is to be named, one after the other. */
function nameFor(scans: string, index: number, implanted: string | undefined): string | undefined {
  if (implanted === undefined) return catalogue[index % catalogue.length]?.id
  if (!scans.endsWith('misnamed')) return implanted
  const others = catalogue.filter((one) => !isAlike(one, findArray(implanted)))
  return others[index % others.length]?.id
}

function trueDuct({ labels }: GeneratedCase, { frame, landmarks }: GeneratedEar): CochlearDuct | string {
  const geometry = geometryAround(frame.origin, [80, 80, 80], [0.3, 0.3, 0.3], identity3)
  const occupancy = occupancyOfLabels({ geometry, data: labels(geometry) })
  return ductOf({ frame, landmarks, occupancy, voxelEdge: 0.3, calibration: knownCalibration })
}

async function foundDuct(
  { scan }: GeneratedCase,
  { frame }: GeneratedEar,
  network: Model
): Promise<CochlearDuct | string> {
  const found = (await analyze(scan, network)).ears.find(({ side }) => side === frame.side)
  return found === undefined ? 'no ear was found' : ductOf(found)
}

/** As an analysis takes it: the traced turns, or the expected ones where they cannot be traced. */
function ductOf(ear: MeasuredEar): CochlearDuct | string {
  const traced = traceDuct(ear)
  return typeof traced === 'string' ? expectedDuct(ear) : traced
}

function outcome(
  { scan }: GeneratedCase,
  { electrode }: GeneratedEar,
  duct: CochlearDuct | string,
  id?: string
): Outcome {
  const nothing = { errors: [], angles: [], near: 0, isOrdered: false }
  if (typeof duct === 'string') return { status: duct, ...nothing }
  const found = findElectrode(scan, duct, id === undefined ? undefined : findArray(id))
  if (found === undefined) return { status: 'no metal', ...nothing }
  if (found.status === 'not found') return { status: found.reason, ...nothing }
  const truth = electrode?.contacts ?? []
  const pairs = found.contacts.flatMap((contact, n) => (truth[n] === undefined ? [] : [{ contact, known: truth[n] }]))
  const errors = pairs.map(({ contact, known }) => distance(contact.position, known.position))
  const angles = pairs.flatMap(({ contact, known }) =>
    contact.inside && known.angle !== null ? [Math.abs(contact.inside.angle - known.angle)] : []
  )
  const half = findArray(electrode?.array ?? 'flex28').spacing / 2
  const nearest = found.contacts.map(({ position }) => {
    const far = truth.map((known) => distance(known.position, position))
    return far.indexOf(Math.min(...far))
  })
  return {
    status: 'found',
    array: [found.array, ...found.alternatives].map((one) => one.id).join(' or '),
    errors: errors.map((mm) => Number(mm.toFixed(3))),
    angles: angles.map((degrees) => Number(degrees.toFixed(1))),
    near: errors.filter((mm) => mm < half).length,
    // One that lies between two true contacts may be nearer to the wrong one; the course must run the same way.
    isOrdered: nearest.every((at, n) => n === 0 || at >= (nearest[n - 1] ?? 0)) && (nearest.at(-1) ?? 0) > 0,
    isSaidFolded: found.remarks.includes(mayBeFolded),
    isArrayAsked: found.remarks.some((remark) => /which (one|array) was implanted/.test(remark))
  }
}

function table(rows: readonly Row[]): string {
  const groups = [...new Set(rows.map((row) => `${row.kind}|${row.ears}`))]
  const lines = groups.flatMap((group) =>
    (['named', 'unnamed'] as const).map((how) => {
      const own = rows.filter((row) => `${row.kind}|${row.ears}` === group)
      const placed = own.filter((row) => row[how].status === 'found')
      const percent = (part: number, whole: number): string => (whole === 0 ? '–' : ((100 * part) / whole).toFixed(1))
      const errors = placed.flatMap((row) => row[how].errors)
      const angles = placed.flatMap((row) => row[how].angles)
      const wrong = placed.filter((row) => !row[how].array?.split(' or ').includes(row.array ?? '')).length
      const cells = [
        ...group.split('|'),
        how === 'named' ? 'yes' : 'no',
        own.length,
        placed.length,
        percent(
          own.reduce((sum, row) => sum + row[how].near, 0),
          own.reduce((sum, row) => sum + row.contacts, 0)
        ),
        errors.length === 0 ? '–' : (errors.reduce((sum, mm) => sum + mm, 0) / errors.length).toFixed(3),
        errors.length === 0 ? '–' : quantile(errors, 0.95).toFixed(2),
        percent(placed.filter((row) => row[how].isOrdered).length, placed.length),
        angles.length === 0 ? '–' : quantile(angles, 0.9).toFixed(1),
        wrong,
        // Most contacts lie nearer to another place than to their own.
        placed.filter((row) => row[how].near < row.contacts / 2).length,
        placed.filter((row) => row[how].isSaidFolded).length,
        placed.filter((row) => row[how].isArrayAsked).length
      ]
      return `| ${cells.join(' | ')} |`
    })
  )
  const head =
    '| scans | ears | array named | n | placed | contacts within half a spacing, % | mean error, mm | 95 % below, mm | order right, % of placed | angle, 90 % below, ° | wrong arrays | misplaced | said to be folded | array to be checked |'
  return `${[head, `|${'---|'.repeat(14)}`, ...lines].join('\n')}\n`
}

/** Flags of one generated ear: as it is, spoiled, malformed. */
import { analyze } from '../../src/analyze/analyze.ts'
import type { EarFinding } from '../../src/analyze/findings.ts'
import type { Model } from '../../src/analyze/model.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { add, column, scale, type Vector3 } from '../../src/core/math/vector.ts'
import type { Scan } from '../../src/core/volume.ts'
import { malformations } from '../../src/generate/anatomy/malformed/malform.ts'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import type { Flag, FlagId, JudgedEar } from '../../src/measure/plausibility/flag.ts'
import { judgeEar } from '../../src/measure/plausibility/judge.ts'
import { addMetal, callOtherSide, coarsen, cutThrough, missLateralCanal, moveLandmark, swapWindows } from './spoil.ts'

/** Not a seed of the networks' training, nor that of the ears which volumes' ratios are from. */
const seed = 501
const options = caseOptions.parse({ field: [32, 40], finest: 0.3, anyOrientation: 0 })

/** What was noticed of an ear; no flags where none was found in the scan. */
export interface Judged {
  readonly name: string
  readonly expected?: FlagId
  readonly flags?: readonly Pick<Flag, 'id' | 'severity'>[]
}

/** @param thoroughly with the scan spoiled, and with each malformation, which are analysed anew */
export async function judgeCase(index: number, model: Model, thoroughly: boolean): Promise<Judged[]> {
  const { scan } = generateCase(seed, index, options)
  const ear = await onlyEar(scan, model)
  if (ear === undefined) return [{ name: 'normal' }]
  const judged = [{ name: 'normal', flags: judge(ear, scan) }, ...spoiledPredictions(ear, scan, index)]
  if (!thoroughly) return judged
  return [...judged, ...(await spoiledScans(ear, scan, model)), ...(await malformedEars(index, model))]
}

function spoiledPredictions(ear: EarFinding, scan: Scan, index: number): Judged[] {
  const random = createRandom(seed, index)
  const moved = [1.5, 2, 3, 4].map(
    (mm): Judged => ({
      name: `a landmark moved by ${mm} mm`,
      expected: 'implausible_landmark',
      flags: judge(moveLandmark(ear, mm, random), scan)
    })
  )
  const spoiled = (name: string, expected: FlagId, spoil: (ear: JudgedEar) => JudgedEar): Judged => ({
    name,
    expected,
    flags: judge(spoil(ear), scan)
  })
  return [
    ...moved,
    spoiled('windows swapped', 'implausible_landmark', swapWindows),
    spoiled('lateral canal missed', 'possible_malformation', missLateralCanal),
    spoiled('called the other side', 'side_disagreement', callOtherSide)
  ]
}

async function spoiledScans({ frame }: EarFinding, scan: Scan, model: Model): Promise<Judged[]> {
  const inFront = (mm: number): Vector3 => add(frame.origin, scale(column(frame.direction, 1), mm))
  const spoiled: readonly (readonly [name: string, expected: FlagId, scan: Scan])[] = [
    ['field of view cut through the cochlea', 'incomplete_field_of_view', cutThrough(scan, inFront(4))],
    ['metal beside the ear', 'metal', addMetal(scan, inFront(12))],
    ['voxels of 1.2 mm', 'low_resolution', coarsen(scan)]
  ]
  const judged: Judged[] = []
  for (const [name, expected, one] of spoiled) judged.push({ name, expected, ...(await analysed(one, model)) })
  return judged
}

async function malformedEars(index: number, model: Model): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const kind of malformations) {
    const { scan, ears } = generateCase(seed, index, { ...options, malformation: kind })
    const name = `${kind.replaceAll('_', ' ')}, ${(ears[0]?.malformation?.severity ?? 0) < 0.5 ? 'mild' : 'marked'}`
    judged.push({ name, expected: 'possible_malformation', ...(await analysed(scan, model)) })
  }
  return judged
}

async function analysed(scan: Scan, model: Model): Promise<Pick<Judged, 'flags'>> {
  const ear = await onlyEar(scan, model)
  return ear === undefined ? {} : { flags: judge(ear, scan) }
}

async function onlyEar(scan: Scan, model: Model): Promise<EarFinding | undefined> {
  return (await analyze(scan, model)).ears[0]
}

function judge(ear: JudgedEar, scan: Scan): Pick<Flag, 'id' | 'severity'>[] {
  return judgeEar(ear, scan).map(({ id, severity }) => ({ id, severity }))
}

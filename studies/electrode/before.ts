/**
 * How well a scan from before surgery is brought to one after it: `npx tsx studies/electrode/before.ts COUNT`. Each of COUNT generated
 * bones is scanned by a multi-slice scanner without an array, and by a cone-beam scanner with one, its head turned by up to 17° and
 * shifted. The registration starts 1 to 4 mm off. Its error is the most that a place 6 mm from the ear's middle is off. Then each
 * bone is registered to the next one, which must be refused.
 */
import { registerBone } from '../../src/analyze/register/register-bone.ts'
import {
  type Affine,
  applyAffine,
  centerOf,
  composeAffine,
  createGeometry,
  geometryAround
} from '../../src/core/geometry/geometry.ts'
import { resample } from '../../src/core/geometry/resample.ts'
import { radians } from '../../src/core/math/angle.ts'
import { createRandom, type Random } from '../../src/core/math/random.ts'
import {
  add,
  distance,
  identity3,
  multiply,
  normalize,
  rotationAbout,
  scale,
  subtract,
  transform,
  transpose,
  type Vector3
} from '../../src/core/math/vector.ts'
import type { Scan } from '../../src/core/volume.ts'
import type { EarFrame } from '../../src/ear/ear-frame.ts'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'

const seed = 913
const common = { specimens: 0, field: [30, 32], anyOrientation: 0, finest: 0.3 }
const options = {
  before: caseOptions.parse({ ...common, scanners: ['multi-slice'], electrodes: 0 }),
  after: caseOptions.parse({ ...common, scanners: ['cone-beam'], electrodes: 1 })
}

interface Pair {
  readonly before: Scan
  readonly after: Scan
  readonly frame: EarFrame
  /** From the world of the first scan to that of the second. */
  readonly truth: Affine
}

const count = Number(process.argv[2] ?? 5)
const pairs = Array.from({ length: count }, (_, index) => pairOf(index))
for (const [n, pair] of pairs.entries()) {
  const random = createRandom(seed + 1, n)
  for (const [mm, degrees] of [
    [1, 4],
    [2, 8],
    [3, 12]
  ] as const) {
    const start = composeAffine(turnAbout(applyAffine(pair.truth, pair.frame.origin), random, mm, degrees), pair.truth)
    print(n, pair, pair, start)
  }
}
for (const [n, pair] of pairs.entries()) {
  const other = pairs[(n + 1) % count] as Pair
  const direction = multiply(other.truth.matrix, other.frame.direction)
  const matrix = multiply(direction, transpose(pair.frame.direction))
  const origin = applyAffine(other.truth, other.frame.origin)
  print(n, pair, other, { matrix, offset: subtract(origin, transform(matrix, pair.frame.origin)) })
}

function print(n: number, from: Pair, to: Pair, start: Affine): void {
  const found = registerBone(from.before, to.after, from.frame.origin, start)
  const isOwn = from === to
  const error = (map: Affine): string => (isOwn ? `${errorOf(map, from).toFixed(3)} mm` : 'another bone')
  const outcome = found
    ? `${error(found.map)}, edges ${found.residual.toFixed(3)} mm apart, correlation ${found.correlation.toFixed(3)}`
    : 'not registered'
  process.stdout.write(`bone ${n}${isOwn ? `, from ${errorOf(start, from).toFixed(1)} mm` : ''}: ${outcome}\n`)
}

function errorOf(map: Affine, { frame, truth }: Pair): number {
  const offsets: Vector3[] = [0, 1, 2].flatMap((axis) =>
    [6, -6].map((mm) => [0, 1, 2].map((one) => (one === axis ? mm : 0)) as unknown as Vector3)
  )
  const off = offsets.map((offset) => {
    const place = add(frame.origin, offset)
    return distance(applyAffine(map, place), applyAffine(truth, place))
  })
  return Math.max(...off)
}

/** The head lies otherwise in the second scan, whose grid goes with it and is then left for an upright one. */
function pairOf(index: number): Pair {
  const [before, after] = [generateCase(seed, index, options.before), generateCase(seed, index, options.after)]
  const [ear] = before.ears
  if (ear === undefined) throw new Error(`case ${index} has no ear`)
  const random = createRandom(seed, index)
  const truth = turnAbout(ear.frame.origin, random, random.uniform(0, 8), random.uniform(0, 17))
  const { geometry, data } = after.scan
  const moved = createGeometry({
    ...geometry,
    origin: applyAffine(truth, geometry.origin),
    direction: multiply(truth.matrix, geometry.direction)
  })
  const edge = Math.max(...geometry.spacing)
  const voxels = Math.floor(28 / edge)
  const grid = geometryAround(centerOf(moved), [voxels, voxels, voxels], [edge, edge, edge], identity3)
  return { before: before.scan, after: resample({ geometry: moved, data }, grid, -1000), frame: ear.frame, truth }
}

/** A turn by degrees about a place, and a shift by mm, in directions that are drawn. */
function turnAbout(place: Vector3, random: Random, mm: number, degrees: number): Affine {
  const drawn = (): Vector3 => normalize([random.normal(0, 1), random.normal(0, 1), random.normal(0, 1)])
  const matrix = rotationAbout(drawn(), radians(degrees))
  return { matrix, offset: add(subtract(place, transform(matrix, place)), scale(drawn(), mm)) }
}

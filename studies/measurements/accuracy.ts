/**
 * Accuracy of the measurements themselves: generated ears, measured from their true labels, against the same quantities
 * of their parametric anatomy. `npx tsx studies/measurements/accuracy.ts [CASES]` prints the table.
 */
import { partLabel } from '../../src/core/anatomy.ts'
import type { EarFrame } from '../../src/core/ear-frame.ts'
import { geometryAround, voxelVolume } from '../../src/core/geometry.ts'
import { identity3, subtract, type Vector3 } from '../../src/core/vector.ts'
import { ellipsoidDistance, labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { drawLabyrinth, labelsOf } from '../../src/generate/anatomy/labyrinth.ts'
import { createShape, type LabyrinthShape } from '../../src/generate/anatomy/shape.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { drawCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/options.ts'
import { angleBetween } from '../../src/measure/angle.ts'
import { fitCanals } from '../../src/measure/canals.ts'
import { fitCochlearFrame } from '../../src/measure/cochlear-axis.ts'
import { cochlearPlace, createCochlearFrame } from '../../src/measure/cochlear-coordinates.ts'
import { measureCochlea } from '../../src/measure/cochlear-size.ts'
import { createEarSpace, insideOf } from '../../src/measure/ear-space.ts'
import { fitCircle } from '../../src/measure/fit-circle.ts'
import { measureVolumes } from '../../src/measure/volumes.ts'

const seed = 41
const spacings = [0.1, 0.15, 0.2, 0.3] as const
const cases = Number(process.argv[2] ?? 40)
const errors = new Map<string, { spacing: number; error: number }[]>()

for (let index = 0; index < cases; index++) {
  const spacing = spacings[index % spacings.length] as number
  const drawn = drawCase(seed, index, caseOptions.parse({}))
  measureCase(createShape(drawn.shape), drawn.frame, spacing)
}
print()

function measureCase(shape: LabyrinthShape, frame: EarFrame, spacing: number): void {
  // Voxels along the world's axes: turned against the ear as in a scan.
  const size = Math.round(25 / spacing)
  const geometry = geometryAround(frame.origin, [size, size, size], [spacing, spacing, spacing], identity3)
  const canvas = createCanvas(geometry, frame)
  // A margin that the smooth union never reaches: a smaller one would make thin walls thicker in fine voxels.
  const labels = labelsOf(drawLabyrinth(canvas, shape, 0.7))
  const parts = [1, 2, 3].map((label) => Float32Array.from(labels, (value) => (value === label ? 1 : 0)))
  const ear = { frame, landmarks: [], occupancy: { geometry, parts } }
  const space = createEarSpace(ear)
  const record = (name: string, error: number): void => {
    errors.set(name, [...(errors.get(name) ?? []), { spacing, error }])
  }

  const { parts: volumes, labyrinth } = measureVolumes(ear.occupancy)
  const truth = trueVolumes(shape)
  record('cochlea volume, %', 100 * (volumes.cochlea / (truth[partLabel.cochlea] as number) - 1))
  record('vestibule volume, %', 100 * (volumes.vestibule / (truth[partLabel.vestibule] as number) - 1))
  record('canals volume, %', 100 * (volumes.semicircular_canals / (truth[partLabel.semicircular_canals] as number) - 1))
  record(
    'labyrinth volume, %',
    100 * (labyrinth / ((truth[1] as number) + (truth[2] as number) + (truth[3] as number)) - 1)
  )

  const { point, direction } = shape.modiolarAxis
  const along = subtract(shape.roundWindow, point).reduce((sum, x, n) => sum + x * (direction[n] as number), 0)
  const base: Vector3 = [
    point[0] + along * direction[0],
    point[1] + along * direction[1],
    point[2] + along * direction[2]
  ]
  const trueFrame = createCochlearFrame({ point: base, direction }, shape.roundWindow)
  const sizes = measureCochlea(
    (place) => {
      const { cochlea, vestibule } = labyrinthDistance(shape, place, 1)
      return vestibule <= 0 ? -1 : -cochlea
    },
    trueFrame,
    cochlearPlace(trueFrame, shape.roundWindow).radius
  )
  const inside = insideOf(space, 'cochlea')
  const found = fitCochlearFrame(inside, shape.helicotrema, shape.roundWindow)
  if (found === undefined) record('cochlea not measured', 1)
  else {
    record('modiolar axis, °', angleBetween(found.axis.direction, direction))
    const measured = measureCochlea(inside, found, cochlearPlace(found, shape.roundWindow).radius)
    record('A, mm', (measured.a ?? Number.NaN) - (sizes.a ?? Number.NaN))
    record('B, mm', (measured.b ?? Number.NaN) - (sizes.b ?? Number.NaN))
    record('H, mm', (measured.height ?? Number.NaN) - (sizes.height ?? Number.NaN))
    record('basal turn length, %', 100 * ((measured.basalTurn ?? Number.NaN) / (sizes.basalTurn ?? Number.NaN) - 1))
  }

  const circles = fitCanals(space)
  const ids = ['anterior', 'posterior', 'lateral'] as const
  for (const [n, id] of ids.entries()) {
    const line = (shape.canals[n] ?? []).map(({ center }) => center).filter((place) => isOutsideVestibule(shape, place))
    const expected = fitCircle(line, circles[id]?.normal ?? [0, 0, 1])
    record(`${id} canal radius, mm`, (circles[id]?.radius ?? Number.NaN) - expected.radius)
    record(`${id} canal normal, °`, angleBetween(circles[id]?.normal ?? [0, 0, 0], expected.normal))
  }
}

function isOutsideVestibule({ vestibule }: LabyrinthShape, place: Vector3): boolean {
  return vestibule.every((body) => {
    const [x, y, z] = subtract(place, body.center)
    return ellipsoidDistance(body, x, y, z) > 0
  })
}

/** Volumes (mm³) by label: the parametric shape integrated over cells of 0.1 mm, those the wall cuts counted in part. */
function trueVolumes(shape: LabyrinthShape): number[] {
  const cell = 0.1
  const geometry = geometryAround([0, 0, 1], [200, 200, 180], [cell, cell, cell], identity3)
  const canvas = createCanvas(geometry, { side: 'right', origin: [0, 0, 0], direction: identity3 })
  const field = drawLabyrinth(canvas, shape, 0.5)
  const volumes = [0, 0, 0, 0]
  for (let at = 0; at < field.whole.length; at++) {
    const share = Math.max(0, Math.min(1, 0.5 - (field.whole[at] as number) / cell))
    if (share === 0) continue
    const [cochlea, vestibule, canals] = [field.cochlea[at], field.vestibule[at], field.canals[at]] as [
      number,
      number,
      number
    ]
    const tube = cochlea <= canals ? partLabel.cochlea : partLabel.semicircular_canals
    const label = vestibule <= 0 ? partLabel.vestibule : tube
    volumes[label] = (volumes[label] as number) + share * voxelVolume(geometry)
  }
  return volumes
}

function print(): void {
  const lines = [...errors].map(([name, rows]) => {
    const mean = (of: readonly { error: number }[]): string =>
      (of.reduce((sum, { error }) => sum + Math.abs(error), 0) / of.length).toFixed(3)
    const bias = (rows.reduce((sum, { error }) => sum + error, 0) / rows.length).toFixed(3)
    const perSpacing = spacings.map((spacing) => mean(rows.filter((row) => row.spacing === spacing)))
    return `| ${name} | ${[mean(rows), bias, Math.max(...rows.map(({ error }) => Math.abs(error))).toFixed(3), ...perSpacing].join(' | ')} |`
  })
  const head = ['error', 'mean absolute', 'mean', 'greatest', ...spacings.map((mm) => `${mm} mm`)]
  process.stdout.write(
    `${cases} ears\n| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|\n${lines.join('\n')}\n`
  )
}

/**
 * Accuracy of the measurements themselves: generated ears, measured from their true labels, against the same quantities
 * of their parametric anatomy. `npx tsx studies/measurements/accuracy.ts [CASES]` prints the table.
 */
import { partLabel } from '../../src/core/anatomy.ts'
import type { EarFrame } from '../../src/core/ear-frame.ts'
import { geometryAround } from '../../src/core/geometry.ts'
import { identity3 } from '../../src/core/vector.ts'
import { drawLabyrinth, labelsOf } from '../../src/generate/anatomy/labyrinth.ts'
import { createShape, type LabyrinthShape } from '../../src/generate/anatomy/shape.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { drawCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/options.ts'
import { angleBetween } from '../../src/measure/angle.ts'
import { fitCanals } from '../../src/measure/canals.ts'
import { fitCochlearFrame } from '../../src/measure/cochlear-axis.ts'
import { cochlearPlace } from '../../src/measure/cochlear-coordinates.ts'
import { measureCochlea } from '../../src/measure/cochlear-size.ts'
import { createEarSpace, insideOf } from '../../src/measure/ear-space.ts'
import { measureVolumes } from '../../src/measure/volumes.ts'
import { trueCanal, trueCochlea, trueVolumes } from './truth.ts'

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

  const { direction } = shape.modiolarAxis
  const sizes = trueCochlea(shape)
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
    const expected = trueCanal(shape, n, circles[id]?.normal ?? [0, 0, 1])
    record(`${id} canal radius, mm`, (circles[id]?.radius ?? Number.NaN) - expected.radius)
    record(`${id} canal normal, °`, angleBetween(circles[id]?.normal ?? [0, 0, 0], expected.normal))
  }
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

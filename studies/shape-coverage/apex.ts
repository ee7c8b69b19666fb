/**
 * Where people mark the apex of real cochleae, and where the generator has the helicotrema:
 * `npx tsx studies/shape-coverage/apex.ts FOLDER`. The generator is fitted to each mesh as in cover.ts; the apex that was
 * marked by hand is then seen in the fitted cochlea.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { add, distance, transform, type Vector3 } from '../../src/core/math/vector.ts'
import { cochlearPlace, createCochlearFrame } from '../../src/ear/cochlear-coordinates.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { fitShape } from './fit-shape.ts'
import { type RealSurface, readRealSurfaces } from './real-surfaces.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('give the folder that holds labyrinth-meshes and temporal-bones')
const { manual_landmarks: marked } = JSON.parse(
  readFileSync(join(folder, 'labyrinth-meshes', 'landmarks.json'), 'utf8')
) as { manual_landmarks: Readonly<Record<string, { readonly cochlear_apex: Vector3 }>> }

console.log('| mesh | apex from the axis, mm | below the wall, mm | generator: from the axis, mm | apart, mm |')
console.log('|---|---|---|---|---|')
const rows = (await readRealSurfaces(folder)).filter(({ name }) => name.startsWith('mesh ')).map(compare)
const means = [0, 1, 2, 3].map((n) => rows.reduce((sum, row) => sum + (row[n] as number), 0) / rows.length)
console.log(`| mean | ${means.map((mm) => mm.toFixed(2)).join(' | ')} |`)

/** Prints the row of one mesh and returns its figures. */
function compare({ name, points, place }: RealSurface): number[] {
  const id = name.replace('mesh ', '')
  const { cochlear_apex: apex } = marked[id] ?? {}
  if (apex === undefined) throw new Error(`landmarks.json marks no apex of ${name}`)
  const { parameters, rotation, shift } = fitShape(points)
  const shape = createShape(parameters)
  const seen = add(transform(rotation, place(apex)), shift)
  const frame = createCochlearFrame(shape.modiolarAxis, shape.roundWindow)
  const row = [
    cochlearPlace(frame, seen).radius,
    -labyrinthDistance(shape, seen, 2).whole,
    cochlearPlace(frame, shape.helicotrema).radius,
    distance(seen, shape.helicotrema)
  ]
  console.log(`| ${id} | ${row.map((mm) => mm.toFixed(2)).join(' | ')} |`)
  return row
}

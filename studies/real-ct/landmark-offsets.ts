/**
 * Where landmarks are found against where people clicked them: `npx tsx studies/real-ct/landmark-offsets.ts CASES [MODEL]`
 * prints the mean offsets (mm) in the cochlear frame of Wimmer et al. 2019: x from the modiolar axis to the round window that
 * was clicked, z along the axis to the apex, y away from the oval window. The axis is the one that is measured.
 */
import { findCases } from '../../src/cases/find-cases.ts'
import { readTruth } from '../../src/cases/read-truth.ts'
import { add, distance, dot, scale, subtract, type Vector3 } from '../../src/core/math/vector.ts'
import { createCochlearFrame } from '../../src/ear/cochlear-coordinates.ts'
import { analyze, closeModel, landmarkKinds, openModel } from '../../src/index.ts'
import { acceptScan } from '../../src/io/accept-scan.ts'
import { traceDuct } from '../../src/measure/cochlea/cochlear-duct.ts'
import { diskFiles } from '../../src/node/file-access.ts'
import { defaultModelFolder, nodeRuntime, readModelFolder, readScan } from '../../src/node.ts'

const [cases, modelFolder = defaultModelFolder] = process.argv.slice(2)
if (cases === undefined) throw new Error('give the folder of cases')
const model = await openModel(await readModelFolder(modelFolder), nodeRuntime)
const offsets = new Map<string, Vector3[]>(landmarkKinds.map(({ id }) => [id, []]))
for (const one of (await findCases(diskFiles, cases)).cases) {
  if (one.scan === null) continue
  const stored = await readScan(one.scan, { asStored: true })
  const { scan } = acceptScan(one.id, stored)
  const [ear] = (await analyze(scan, model)).ears
  const clicked = placesOf((await readTruth(diskFiles, one)).ears[0]?.landmarks ?? [])
  const duct = ear && traceDuct(ear)
  const [oval, round] = [clicked.get('oval_window'), clicked.get('round_window')]
  if (duct === undefined || typeof duct === 'string' || oval === undefined || round === undefined) continue
  const { axis } = duct.frame
  const { zero: x, quarter } = createCochlearFrame(axis, round)
  const y = dot(subtract(oval, axis.point), quarter) > 0 ? scale(quarter, -1) : quarter
  for (const [id, place] of placesOf(ear?.landmarks ?? [])) {
    const truth = clicked.get(id)
    if (truth === undefined) continue
    const off = subtract(place, truth)
    offsets.get(id)?.push([dot(off, x), dot(off, y), dot(off, axis.direction)])
  }
  process.stderr.write(`\r${one.id}      `)
}
await closeModel(model)
process.stderr.write('\n')
console.log(
  '| landmark | ears | x | y | z | mean distance | after subtracting the mean offset |\n|---|---|---|---|---|---|---|'
)
for (const [id, all] of offsets) {
  const mean = scale(all.reduce<Vector3>(add, [0, 0, 0]), 1 / all.length)
  const far = (from: Vector3): string =>
    (all.reduce((sum, off) => sum + distance(off, from), 0) / all.length).toFixed(2)
  const along = mean.map((mm, axis) => {
    const variance = all.reduce((sum, off) => sum + ((off[axis] as number) - mm) ** 2, 0) / (all.length - 1)
    return `${mm.toFixed(2)} ± ${Math.sqrt(variance).toFixed(2)}`
  })
  console.log(`| ${[id, all.length, ...along, far([0, 0, 0]), far(mean)].join(' | ')} |`)
}

function placesOf(landmarks: readonly { id: string; status: string; position?: Vector3 }[]): Map<string, Vector3> {
  return new Map(landmarks.flatMap(({ id, position }) => (position === undefined ? [] : [[id, position] as const])))
}

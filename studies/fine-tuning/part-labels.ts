import { basename, join } from 'node:path'
import type { Network } from '../../src/analyze/model.ts'
import { closeModel, openModel } from '../../src/analyze/open-model.ts'
import { earGrid, imageOn } from '../../src/analyze/predict/network-input.ts'
import { strongestPart } from '../../src/analyze/predict/prediction.ts'
import { caseFileNames } from '../../src/cases/case-files.ts'
import { encodeCase } from '../../src/cases/encode-case.ts'
import { findCases } from '../../src/cases/find-cases.ts'
import { readTruth } from '../../src/cases/read-truth.ts'
import { parts } from '../../src/core/anatomy.ts'
import { applyAffine, indexFromIndex, voxelIndex } from '../../src/core/geometry/geometry.ts'
import { createVolume, type Scan, type Volume } from '../../src/core/volume.ts'
import type { EarFrame } from '../../src/ear/ear-frame.ts'
import { diskFiles } from '../../src/node/file-access.ts'
import { defaultModelFolder, readModelFolder } from '../../src/node/model-folder.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { makeFolder, writeFileAtomically } from '../../src/node/write-file.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import { earTruth } from '../../src/train/cases/labelled-ear.ts'

/**
 * `tsx studies/fine-tuning/part-labels.ts FROM TO`: cases whose labyrinth is outlined as one label, with that label
 * divided into its parts as the shipped segmenter sees them from the ear's true frame. Where the labyrinth is stays as it was.
 */
async function main([from, to]: readonly string[]): Promise<void> {
  if (from === undefined || to === undefined) throw new Error('usage: part-labels.ts FROM TO')
  const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime)
  for (const one of (await findCases(diskFiles, from)).cases) {
    const { labels, ears } = await readTruth(diskFiles, one)
    const [ear] = ears
    if (one.scan === null || labels === null || ear === undefined) continue
    const { scan } = await readScan(one.scan)
    const { frame } = earTruth({ ...ear, centroids: new Map() }, one.id)
    const divided = await divide(labels, scan, model.segmenter, frame)
    const files = encodeCase({
      scan: createVolume(scan.geometry, Int16Array.from(scan.data, Math.round)),
      labels: divided,
      ears: [{ side: frame.side, landmarks: ear.landmarks, more: {} }],
      description: `parts of ${basename(from)}, by the shipped segmenter`,
      more: {}
    })
    const folder = join(to, one.id)
    await makeFolder(folder)
    for (const [name, content] of Object.entries(files)) await writeFileAtomically(join(folder, name), content)
    process.stdout.write(`${join(folder, caseFileNames.labels)}\n`)
  }
  await closeModel(model)
}

/** Each labelled voxel gets the part whose logit is greatest at the nearest voxel of the segmenter's grid. */
async function divide(
  whole: Volume<Uint8Array>,
  scan: Scan,
  segmenter: Network,
  frame: EarFrame
): Promise<Volume<Uint8Array>> {
  const { geometry, logits } = await segmenter.predict(imageOn(scan, earGrid(segmenter, frame)))
  const toGrid = indexFromIndex(whole.geometry, geometry)
  const data = whole.data.map((label, at) => {
    if (label === 0) return 0
    const [i, j, k] = applyAffine(toGrid, voxelIndex(whole.geometry.size, at)).map((index, axis) =>
      Math.max(0, Math.min((geometry.size[axis] as number) - 1, Math.round(index)))
    ) as [number, number, number]
    return parts[strongestPart(logits, i + geometry.size[0] * (j + geometry.size[1] * k))]?.label ?? 0
  })
  return createVolume(whole.geometry, data)
}

await main(process.argv.slice(2))

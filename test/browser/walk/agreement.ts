import { createHash } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect } from 'vitest'
import { openModel } from '../../../src/analyze/open-model.ts'
import { analyzeScan } from '../../../src/cli/analyze-scan.ts'
import { landmarkKinds } from '../../../src/core/anatomy.ts'
import { distance, type Vector3 } from '../../../src/core/math/vector.ts'
import { defaultModelFolder, readModelFolder } from '../../../src/node/model-folder.ts'
import { readLabelMap } from '../../../src/node/read-scan.ts'
import { type AnalysisResult, analysisResult } from '../../../src/report/result.ts'
import { nodeRuntime } from '../../../src/runtime/node.ts'

/** How far the page's result may lie from the command line's: rounding of other kernels, no more. */
const tolerance = { dice: 0.999, landmark: 0.05 }

type Analyzed = ReturnType<typeof analyzeScan>

/** What the command line has found in files, by their bytes and the model: tests of several engines compare with one. */
const found = new Map<string, Analyzed>()

/** What the command line finds in a scan. @param series which DICOM series */
export async function commandLine(input: string, modelFolder = defaultModelFolder, series?: string): Analyzed {
  if (!(await stat(input)).isFile()) return analyse(input, modelFolder, series)
  const key = createHash('sha256')
    .update(`${basename(input)} ${modelFolder} ${series}`)
    .update(await readFile(input))
    .digest('hex')
  const known = found.get(key) ?? analyse(input, modelFolder, series)
  found.set(key, known)
  return known
}

async function analyse(input: string, modelFolder: string, series: string | undefined): Analyzed {
  const model = await openModel(await readModelFolder(modelFolder), nodeRuntime)
  return analyzeScan(input, model, series === undefined ? {} : { series })
}

type Files = Readonly<Record<string, Uint8Array | string>>

/** Expects exported files to hold the command line's result. @param folder for files of this comparison */
export async function expectAgreement(
  page: Files,
  expected: { readonly result: AnalysisResult; readonly files: Files },
  folder: string
): Promise<void> {
  const result = analysisResult.parse(JSON.parse(new TextDecoder().decode(page['result/result.json'] as Uint8Array)))
  expect(result.ears.map(({ side }) => side)).toEqual(expected.result.ears.map(({ side }) => side))
  for (const [n, ear] of expected.result.ears.entries()) {
    for (const { id } of landmarkKinds) {
      const [here, there] = [result.ears[n]?.landmarks[id], ear.landmarks[id]]
      expect(here?.status).toBe(there.status)
      if (here?.status !== 'defined' || there.status !== 'defined') continue
      expect(distance(here.position as Vector3, there.position as Vector3)).toBeLessThanOrEqual(tolerance.landmark)
    }
    expect(result.ears[n]?.measurements.map(({ id }) => id)).toEqual(ear.measurements.map(({ id }) => id))
  }
  const here = await labelsOf(page['result/labels.nii.gz'], join(folder, 'page.nii.gz'))
  const there = await labelsOf(expected.files['labels.nii.gz'], join(folder, 'command-line.nii.gz'))
  for (const label of [1, 2, 3]) expect(diceOf(here, there, label)).toBeGreaterThanOrEqual(tolerance.dice)
}

async function labelsOf(bytes: Uint8Array | string | undefined, path: string): Promise<Uint8Array> {
  await writeFile(path, bytes ?? '')
  return (await readLabelMap(path)).data
}

function diceOf(a: Uint8Array, b: Uint8Array, label: number): number {
  let [both, sum] = [0, 0]
  for (let at = 0; at < a.length; at++) {
    both += Number(a[at] === label && b[at] === label)
    sum += Number(a[at] === label) + Number(b[at] === label)
  }
  return (2 * both) / sum
}

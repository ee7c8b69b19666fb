import { expect, test } from 'vitest'
import { checkLabelsOverScan } from '../../src/cases/labels-over-scan.ts'
import { createVolume } from '../../src/core/volume.ts'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'

const options = { field: [30, 30], finest: 0.6, withoutEar: 0, heads: 0, earless: 0 }
const { scan, labels: drawn } = generateCase(3, 0, caseOptions.parse(options))
const labels = createVolume(scan.geometry, drawn(scan.geometry))
const [nx, ny, nz] = scan.geometry.size

/** The labels with their voxels elsewhere. */
function moved(from: (i: number, j: number, k: number) => readonly [number, number, number]): typeof labels {
  const data = labels.data.map((_, at) => {
    const [i, j, k] = from(at % nx, Math.floor(at / nx) % ny, Math.floor(at / nx / ny))
    return i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz ? 0 : (labels.data[i + nx * (j + ny * k)] as number)
  })
  return createVolume(scan.geometry, data)
}

/** What is noted of labels over the scan. */
function noted(given: typeof labels, over = scan): string[] {
  const notes: string[] = []
  checkLabelsOverScan('p01/labels.nii.gz', given, 'p01/ct.nii.gz', over, (file, text) => notes.push(`${file}: ${text}`))
  return notes
}

test('labels over an inner ear say nothing, whether it is full of fluid, of air, or an electrode shines in it', () => {
  for (const [index, more] of [{}, { specimens: 1, airFilled: 1 }, { electrodes: 1 }].entries()) {
    const other = generateCase(4, index, caseOptions.parse({ ...options, ...more }))
    expect(noted(createVolume(other.scan.geometry, other.labels(other.scan.geometry)), other.scan)).toEqual([])
  }
})

test('labels that are mirrored against their scan are refused, with the axes they are mirrored along', () => {
  expect(() => noted(moved((i, j, k) => [nx - 1 - i, j, k]))).toThrow(
    /labels\.nii\.gz: fits .* along its first axis: .* HU/
  )
  expect(() => noted(moved((i, j, k) => [i, ny - 1 - j, nz - 1 - k]))).toThrow(/along its second and third axis/)
})

test('labels a few millimetres beside the ear get a note', () => {
  expect(noted(moved((i, j, k) => [i + Math.round(4 / scan.geometry.spacing[0]), j, k]))).toEqual([
    expect.stringMatching(/labels\.nii\.gz: ct\.nii\.gz is -?\d+ HU darker inside the labels than around them/)
  ])
})

import { describe, expect, it } from 'vitest'
import type { LabelNumbers } from '../../src/cases/label-numbers.ts'
import { outlinesOf } from '../../src/cases/read-labels.ts'
import { decodeLabelMap } from '../../src/io/label-map.ts'
import { nrrdBytes } from '../support/image-bytes.ts'
import { smallScan } from '../support/small-scan.ts'

const { geometry } = smallScan()

/** A label map of 3D Slicer with the labels 0 to `highest`, and what it calls them. */
async function segmentation(highest: number, keys: readonly string[]) {
  const data = Uint8Array.from(
    { length: geometry.size[0] * geometry.size[1] * geometry.size[2] },
    (_, n) => n % (highest + 1)
  )
  const [before, after] = Buffer.from(nrrdBytes({ geometry, data }))
    .toString('latin1')
    .split(/(?<=\n)(?=encoding)/) as [string, string]
  const bytes = new Uint8Array(Buffer.from(`${before}${keys.map((key) => `${key}\n`).join('')}${after}`, 'latin1'))
  return decodeLabelMap('labels.nrrd', bytes)
}
const called = (...names: readonly string[]) =>
  names.flatMap((name, n) => [
    `Segment${n}_ID:=Segment_${n + 1}`,
    `Segment${n}_LabelValue:=${n + 1}`,
    `Segment${n}_Layer:=0`,
    `Segment${n}_Name:=${name}`
  ])
async function firstLabels(highest: number, keys: readonly string[], given: LabelNumbers | null = null) {
  const { labels, outlined } = outlinesOf(await segmentation(highest, keys), given, 'labels.nrrd')
  return { labels: [...labels.data.subarray(0, highest + 1)], outlined }
}

describe('the labels of a 3D Slicer segmentation', () => {
  it('mean what their segments are called, in any order, with others beside them', async () => {
    const keys = called('Semicircular canals', 'Cochlea', 'Facial nerve', 'Vestibule')
    expect(await firstLabels(4, keys)).toEqual({ labels: [0, 3, 1, 0, 2], outlined: 'parts' })
    expect(await firstLabels(4, keys.toReversed())).toEqual({ labels: [0, 3, 1, 0, 2], outlined: 'parts' })
    expect(await firstLabels(2, called('Left labyrinth', 'Right labyrinth'))).toEqual({
      labels: [0, 1, 1],
      outlined: 'labyrinth'
    })
    const both = called('Cochlea', 'Vestibule', 'Semicircular canals', 'Cochlea', 'Vestibule', 'Semicircular canals')
    expect(await firstLabels(6, both)).toMatchObject({ labels: [0, 1, 2, 3, 1, 2, 3] })
  })

  it('are those of the anatomy table where no name is of the inner ear, or segments have no numbers', async () => {
    const table = { labels: [0, 1, 2, 3], outlined: 'parts' }
    expect(await firstLabels(3, called('Segment_1', 'Segment_2', 'Segment_3'))).toEqual(table)
    expect(await firstLabels(3, ['Segment0_Name:=Vestibule', 'Segment1_Name:=Cochlea'])).toEqual(table)
    expect(await firstLabels(3, [])).toEqual(table)
  })

  it('are refused where names leave a part or a label open, or contradict themselves or the list of labels', async () => {
    await expect(firstLabels(2, called('Vestibule', 'Cochlea'))).rejects.toThrow(
      /labels\.nrrd: .*"Vestibule", "Cochlea"/
    )
    const whole = called('Vestibule', 'Cochlea', 'Semicircular canals')
    await expect(firstLabels(4, whole)).rejects.toThrow(/holds the label 4, of which the list/)
    await expect(firstLabels(3, [...whole, 'Segment0_Name:=Cochlea'])).rejects.toThrow(/Segment0_Name more than once/)
    await expect(firstLabels(3, [...whole, 'Segment3_LabelValue:=many'])).rejects.toThrow(/label value many/)
    const list: LabelNumbers = { outlined: 'parts', table: { 0: 0, 1: 1, 2: 2, 3: 3 } }
    await expect(firstLabels(3, whole, list)).rejects.toThrow(/names the label 1 otherwise than the list of labels/)
    expect(await firstLabels(3, called('Cochlea', 'Vestibule', 'Canals'), list)).toMatchObject({ labels: [0, 1, 2, 3] })
  })
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LabelledEar } from '../../src/calibrate/labelled-ear.ts'
import { labelledEarsIn } from '../../src/cli/labelled-ears.ts'
import { createGeometry } from '../../src/core/geometry/geometry.ts'
import { encodeMarkups } from '../../src/io/markups.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { blocks, grid, markedEar } from '../evaluate/known-ears.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallScan } from '../support/small-scan.ts'

const scratch = scratchFolder()

function writeCases(name: string, count: number): string {
  const folder = join(scratch, name)
  for (let n = 0; n < count; n++) {
    const one = join(folder, `case-${n}`)
    mkdirSync(one, { recursive: true })
    writeFileSync(join(one, 'ct.nii.gz'), encodeNifti(smallScan(), { gzip: true }))
    const landmarks = {
      helicotrema: [-60, 105, n - 509],
      oval_window: [-59, 105, -509],
      round_window: [-58, 105, -509]
    }
    writeFileSync(join(one, 'truth.json'), JSON.stringify({ side: 'left', landmarks }))
  }
  return folder
}

test('labelled ears are read with their landmarks, and are called after their folder alone', async () => {
  const { name, count, ears } = await labelledEarsIn(writeCases('patients', 5), undefined, () => {})
  expect([name, count]).toEqual(['patients', 5])
  const read: LabelledEar[] = []
  for await (const ear of ears) read.push(ear)
  expect(read).toHaveLength(5)
  expect(read[4]).toMatchObject({ labels: null, place: [-59, 105, expect.closeTo(4 / 3 - 509)] })
  expect(read[4]?.landmarks[0]).toMatchObject({ id: 'helicotrema', position: [-60, 105, -505] })
})

test('where labels outline one ear of two, the other one has landmarks alone', async () => {
  const wide = createGeometry({ ...grid, size: [100, 16, 16] })
  const labels = encodeNifti(
    blocks(
      [1, 2, 3].map((label) => ({ label, start: [4 * label, 4, 3], edge: [4, 4, 4] })),
      wide
    )
  )
  const ears = [markedEar('right', [20, -14, 38]), markedEar('left', [95, -14, 38])]
  for (const id of ['a', 'b', 'c']) {
    const one = join(scratch, 'marked', id)
    mkdirSync(one, { recursive: true })
    writeFileSync(join(one, 'ct.nii'), encodeNifti(smallScan(wide)))
    writeFileSync(join(one, 'labels.nii'), labels)
    writeFileSync(join(one, 'landmarks.mrk.json'), encodeMarkups(ears.map((ear) => ({ ...ear, name: ear.side ?? '' }))))
  }
  const outlined: boolean[] = []
  for await (const ear of (await labelledEarsIn(join(scratch, 'marked'), undefined, () => {})).ears) {
    outlined.push(ear.labels !== null)
  }
  expect(outlined).toEqual([true, false, true, false, true, false])
})

test('fewer than five say nothing and are refused', async () => {
  await expect(labelledEarsIn(writeCases('few', 4), undefined, () => {})).rejects.toThrow(
    'holds 4 labelled ears; intervals need 5 at least'
  )
})

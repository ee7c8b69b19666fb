import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readScanList } from '../../../src/cli/cohort/scan-list.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

const scratch = scratchFolder()

function listOf(name: string, text: string): string {
  const path = join(scratch, name)
  writeFileSync(path, text)
  return path
}

describe('a list of scans', () => {
  it('gives results no folder of an absolute path, which may name a patient, unless identifiers are kept', async () => {
    const list = listOf('absolute.txt', '/clinic/Jane Doe/ct.nii.gz\n/clinic/John Roe/ct.nii.gz\nhere/ct.nii.gz\n')
    const scans = await readScanList(list)
    expect(scans.map(({ id }) => id)).toEqual(['ct.nii.gz', 'ct.nii.gz (2)', 'here/ct.nii.gz'])
    expect(scans.map(({ given }) => given)).toEqual(['ct.nii.gz', 'ct.nii.gz', 'here/ct.nii.gz'])
    expect(scans.map(({ path }) => path)[0]).toBe('/clinic/Jane Doe/ct.nii.gz')
    expect((await readScanList(list, true))[1]).toMatchObject({ given: '/clinic/John Roe/ct.nii.gz' })
  })

  it('with one id for two scans is refused, naming the rows: they would look like two ears of one head', async () => {
    const list = listOf('twice.csv', 'id,path\na,right.nii.gz\n,other.nii.gz\na,left.nii.gz\n')
    await expect(readScanList(list)).rejects.toThrow(/rows 2 and 4 have one id, "a"; give each scan its own/)
  })
})

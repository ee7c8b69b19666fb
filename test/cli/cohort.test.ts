import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Model } from '../../src/analyze/model.ts'
import { decodeCsv } from '../../src/io/csv.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { boneScan, groundTruthModel, type KnownEar, meanShape, uprightFrame } from '../analyze/analytic-network.ts'
import { writeModelFolder } from '../support/empty-model.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { writeDicomSeries } from '../support/write-dicom-series.ts'

const scratch = scratchFolder()
const ear: KnownEar = { frame: uprightFrame('right', [1, 1, 2]), shape: meanShape }
const opened = vi.hoisted(() => ({ model: undefined as Model | undefined }))
opened.model = groundTruthModel([ear])

// The networks in the model folder are empty; what is opened in their place predicts the known ear.
vi.mock('../../src/analyze/open-model.ts', async (original) => ({
  ...(await original<typeof import('../../src/analyze/open-model.ts')>()),
  openModel: async () => opened.model
}))

vi.mock('../../src/analyze/segment/test-time-augmentation.ts', async (original) =>
  (await import('../support/analysed-once.ts')).oneView(original)
)
vi.mock('../../src/analyze/analyze.ts', async (original) =>
  (await import('../support/analysed-once.ts')).analysedOnce(original)
)
vi.mock('../../src/measure/uncertainty.ts', async (original) =>
  (await import('../support/analysed-once.ts')).measuredOnce(original)
)
// Its pictures take most of the time that a result takes; other tests look at them.
vi.mock('../../src/report/html/page.ts', async (original) => ({
  ...(await original<typeof import('../../src/report/html/page.ts')>()),
  createReport: () => 'a report'
}))

// Places that NIfTI and DICOM hold alike, to the bit.
const bone = boneScan([0, 0, 0], [48, 48, 48], [0.6875, 0.6875, 0.6875])
// Some voxels of air: without them the values could not be told to be Hounsfield units.
const scan = { ...bone, data: bone.data.map((value, at) => (at % 50 === 7 ? -1000 + (at % 11) : value)) }
const good = encodeNifti(scan, { gzip: true })

/** Three good scans, two of one name and one of DICOM, and two broken ones, in folders of their own. */
async function scansIn(name: string): Promise<string> {
  const folder = join(scratch, name)
  mkdirSync(join(folder, 'clinic'), { recursive: true })
  for (const file of ['a.1.nii.gz', 'clinic/a.1.nii.gz']) writeFileSync(join(folder, file), good)
  writeFileSync(join(folder, 'clinic', 'labels.nii.gz'), 'otomark wrote it')
  await writeDicomSeries(scan, join(folder, 'dicom'))
  writeFileSync(join(folder, 'cut.nii.gz'), good.subarray(0, good.length / 2))
  writeFileSync(join(folder, '=text.mha'), 'no image')
  return folder
}

async function cohortOf(input: string, cohort: string, ...options: string[]) {
  const model = await writeModelFolder(join(scratch, 'model'))
  return runCli('analyze', input, '--cohort', cohort, '--model', model, '--threads', '1', ...options)
}

/** Stops a run as a user does, as soon as it can be stopped. */
async function stoppedAtOnce<T>(run: () => Promise<T>): Promise<T> {
  const listeners = process.listenerCount('SIGTERM')
  const stopOnceListening = setInterval(() => {
    if (process.listenerCount('SIGTERM') > listeners) process.emit('SIGTERM')
  })
  return run().finally(() => clearInterval(stopOnceListening))
}

const table = (cohort: string, name: string): string[][] => decodeCsv(readFileSync(join(cohort, name), 'utf8')).slice(1)
const modified = (cohort: string, id: string): number => statSync(join(cohort, 'cases', id, 'result.json')).mtimeMs

test('a folder of scans is analysed past the broken ones, and only what changed is analysed again', async () => {
  const scans = await scansIn('scans')
  const cohort = join(scans, 'cohort')
  const first = await cohortOf(scans, cohort)
  expect([first.code, first.out]).toEqual([3, `3 of 5 scans analysed, 2 failed; written to ${cohort}\n`])
  expect(first.err).toMatch(/2 of 5 scans failed; errors\.csv says why/)
  expect(readdirSync(cohort).sort()).toEqual(['cases', 'cohort.csv', 'cohort.html', 'cohort.json', 'errors.csv'])
  expect(table(cohort, 'cohort.csv').map((row) => [row[0], row[2]])).toEqual([
    ['a.1', 'right'],
    ['clinic/a.1', 'right'],
    ['dicom', 'right']
  ])
  const errors = table(cohort, 'errors.csv')
  expect(errors.map(([id, , code]) => [id, code])).toEqual([
    ["'=text", '3'],
    ['cut', '3']
  ])
  expect(errors[1]?.[3]).toMatch(/cut\.nii\.gz: its compressed data is damaged or truncated/)

  // As a kill leaves it: one case half written. One scan has been mended, one result spoiled.
  const inClinic = readdirSync(join(cohort, 'cases')).find((name) => name.startsWith('clinic')) ?? expect.unreachable()
  const [before, spoiled] = [modified(cohort, 'a.1'), join(cohort, 'cases', inClinic, 'result.json')]
  rmSync(join(cohort, 'cases', 'dicom', 'case.json'))
  mkdirSync(join(cohort, 'cases', 'dicom', '.otomark-half'))
  writeFileSync(spoiled, '{}')
  writeFileSync(join(scans, 'cut.nii.gz'), good)
  const second = await cohortOf(scans, cohort)
  expect([second.code, second.out]).toEqual([3, `4 of 5 scans analysed, 1 failed; written to ${cohort}\n`])
  expect(modified(cohort, 'a.1')).toBe(before)
  expect(readFileSync(spoiled, 'utf8')).toContain('otomark-result')
  expect(existsSync(join(cohort, 'cases', 'dicom', '.otomark-half'))).toBe(false)
  expect(readdirSync(join(cohort, 'cases'))).toHaveLength(5)
})

test('a list names the scans, and ids where it has them', async () => {
  const scans = await scansIn('listed')
  writeFileSync(join(scans, 'list.csv'), 'ID,Path\nfirst,a.1.nii.gz\n,cut.nii.gz\n')
  writeFileSync(join(scans, 'list.txt'), '# comment\n\na.1.nii.gz\r\n')
  await cohortOf(join(scans, 'list.csv'), join(scratch, 'of-table'))
  expect(table(join(scratch, 'of-table'), 'cohort.csv').map(([id]) => id)).toEqual(['first'])
  expect(table(join(scratch, 'of-table'), 'errors.csv').map(([id]) => id)).toEqual(['cut.nii.gz'])
  expect((await cohortOf(join(scans, 'list.txt'), join(scratch, 'of-text'))).code).toBe(0)
})

test('cases of scans that are listed no more are moved out of the cases, and back where they are listed again', async () => {
  const list = join(await scansIn('shorter'), 'list.txt')
  const cohort = join(scratch, 'of-shorter')
  const listing = async (...scans: string[]) => {
    writeFileSync(list, scans.join('\n'))
    const { err } = await cohortOf(list, cohort)
    return { err, ids: table(cohort, 'cohort.csv').map(([id]) => id), cases: readdirSync(join(cohort, 'cases')).sort() }
  }
  await listing('a.1.nii.gz', 'dicom')
  const before = modified(cohort, 'dicom')
  const shorter = await listing('a.1.nii.gz')
  expect([shorter.ids, shorter.cases]).toEqual([['a.1.nii.gz'], ['a.1.nii.gz']])
  expect(shorter.err).toMatch(/1 case of scans that are not listed any more was moved to .*former-cases/)
  const again = await listing('dicom', 'a.1.nii.gz')
  expect([again.ids, again.cases]).toEqual([
    ['dicom', 'a.1.nii.gz'],
    ['a.1.nii.gz', 'dicom']
  ])
  expect(modified(cohort, 'dicom')).toBe(before)
})

test('tables of a run that was stopped hold no result that it was yet to make anew', async () => {
  const list = join(await scansIn('anew'), 'list.txt')
  writeFileSync(list, 'a.1.nii.gz\n')
  const cohort = join(scratch, 'of-anew')
  await cohortOf(list, cohort)
  expect(table(cohort, 'cohort.csv')).toHaveLength(1)
  const stopped = await stoppedAtOnce(() => cohortOf(list, cohort, '--electrode', '20'))
  expect(stopped.out).toMatch(/0 of 1 scans analysed/)
  expect(table(cohort, 'cohort.csv')).toEqual([])
})

test('a stopped run writes the tables of what is done and goes on when it is asked again', async () => {
  const list = join(await scansIn('stopped'), 'list.txt')
  writeFileSync(list, 'cut.nii.gz\na.1.nii.gz\n')
  const cohort = join(scratch, 'of-stopped')
  const stopped = await stoppedAtOnce(() => cohortOf(list, cohort))
  expect([stopped.code, stopped.err]).toEqual([0, expect.stringMatching(/stopped; the same command goes on/)])
  expect(readFileSync(join(cohort, 'cohort.html'), 'utf8')).toMatch(/scans to go/)
  expect((await cohortOf(list, cohort)).out).toMatch(/1 of 2 scans analysed, 1 failed/)
})

test('what is no cohort is refused', async () => {
  const own = join(scratch, 'own')
  mkdirSync(join(own, 'cases'), { recursive: true })
  writeFileSync(join(own, 'list.txt'), '\n')
  writeFileSync(join(own, 'list.csv'), 'file\na.nii.gz\n')
  const refusal = async (input: string, cohort = join(scratch, 'never')): Promise<string> => {
    const { code, err } = await cohortOf(input, cohort)
    return `${code} ${err}`
  }
  expect(await refusal(await scansIn('more'), own)).toMatch(/^3 .*cases: is no result of otomark/)
  expect(await refusal(own)).toMatch(/^3 .*holds no scan/)
  expect(await refusal(join(own, 'list.txt'))).toMatch(/^3 .*names no scan/)
  expect(await refusal(join(own, 'list.csv'))).toMatch(/^3 .*no column "path"/)
  expect(await refusal(join(scratch, 'more', 'a.1.nii.gz'))).toMatch(/^2 .*--cohort needs a folder/)
  expect(existsSync(join(scratch, 'never'))).toBe(false)
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type CaseContext, isFinished, provenanceOf } from '../../src/cli/cohort/analyze-case.ts'
import { groundTruthModel } from '../analyze/analytic-network.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const path = join(scratchFolder(), 'a.nii')
writeFileSync(path, 'scan')

async function finishedWith(options: CaseContext['options'], wanted: CaseContext['options']): Promise<boolean> {
  const made = (chosen: CaseContext['options'], series?: string) =>
    provenanceOf(
      { id: 'a', path, given: 'a.nii', ...(series !== undefined && { series }) },
      { model: groundTruthModel([]), options: chosen }
    )
  const [provenance, asked] = [await made(options), await made(wanted)]
  if (provenance === undefined || asked === undefined) return expect.unreachable()
  const record = { format: 'otomark-case', version: 1, id: 'a', path, outcome: { status: 'done', provenance } } as const
  return isFinished(record, asked)
}

test('a case is made again when it is asked for with other options, whatever their order', async () => {
  const options = { electrode: 20, surfaces: ['stl', 'glb'] } as const
  expect(await finishedWith(options, { ...options, surfaces: ['glb', 'stl'] })).toBe(true)
  expect(await finishedWith(options, { ...options, electrode: 21 })).toBe(false)
  expect(await finishedWith(options, { surfaces: options.surfaces })).toBe(false)
  expect(await finishedWith(options, { ...options, surfaces: ['stl'] })).toBe(false)
  expect(await finishedWith(options, { ...options, browser: 'chromium' })).toBe(false)
})

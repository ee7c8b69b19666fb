import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openResultFolder } from '../../src/cli/result-folder.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

it('loses the corrections, DICOM objects and plan of the older result, and nothing of the user’s', async () => {
  const path = scratchFolder()
  const write = (name: string, text = ''): void => writeFileSync(join(path, name), text)
  for (const name of ['corrections.json', 'segmentation.dcm', 'contacts.csv', 'plan.csv', 'notes.txt']) write(name)
  write('result.json', '{"format": "otomark-result"}')
  write('plan.json', '{"format": "otomark-plan"}')
  const folder = await openResultFolder(path)
  await folder.write({ 'result.json': '{}' })
  expect(readdirSync(path).sort()).toEqual(['notes.txt', 'result.json'])
})

import { expect, test } from 'vitest'
import { dicomFileNames } from '../../src/clinic/dicom-file-names.ts'
import { coarsestSpacing, fewestVoxelsPerAxis, maxVoxels, narrowestScan } from '../../src/io/check-scan.ts'
import { transferSyntaxes } from '../../src/io/dicom/transfer-syntax.ts'
import { resultFileNames } from '../../src/report/files/result-files.ts'
import { textOf } from './page-commands.ts'

const page = textOf('docs/reference/formats.md')

test('the page lists the transfer syntaxes that are read, each by its name, and no other', () => {
  const listed = [...page.matchAll(/^\| ([^|]+) \| (1\.2\.840\.10008[\d.]+) \|$/gm)].map(([, name, uid]) => [uid, name])
  const read = [...transferSyntaxes].flatMap(([uid, { name, coding }]) => (coding === undefined ? [] : [[uid, name]]))
  expect(listed.toSorted()).toEqual(read.toSorted())
})

test('the page names every file of a result', () => {
  const suffixed = page.replaceAll(
    'the same as `.ply`',
    resultFileNames.filter((name) => name.endsWith('.ply')).join(' ')
  )
  for (const name of [...resultFileNames, ...dicomFileNames]) expect(suffixed).toContain(name)
})

test('the page states the limits of size that scans are held to', () => {
  const edge = Math.round(Math.cbrt(maxVoxels))
  expect(page).toContain(`At least ${fewestVoxelsPerAxis} voxels along each axis, at most ${edge}³ together`)
  expect(page).toContain(`at most ${coarsestSpacing} mm; ${narrowestScan} mm wide or more`)
})

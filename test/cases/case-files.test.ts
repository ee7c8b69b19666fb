import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { caseFileNames } from '../../src/cases/case-files.ts'

test.each(Object.values(caseFileNames))('%s is written in one place, but for examples in comments', (name) => {
  const literal = new RegExp(`^(?!\\s*/?\\*).*'${name.replaceAll('.', '\\.')}'`, 'm')
  const naming = ['src', 'web'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts') && literal.test(readFileSync(path, 'utf8')))
  )
  expect(naming).toEqual(['src/cases/case-files.ts'])
})

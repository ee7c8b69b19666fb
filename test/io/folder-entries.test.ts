import { expect, test } from 'vitest'
import { folderOf, nameOf, pathIn } from '../../src/io/file-access.ts'
import { isPassedOver, isPathPassedOver } from '../../src/io/folder-entries.ts'

test.each(['._ct.nii.gz', '.DS_Store', '.ipynb_checkpoints', '__MACOSX', 'Thumbs.db', 'desktop.ini'])(
  '%s is passed over, and so is what lies in it',
  (name) => {
    expect(isPassedOver(name)).toBe(true)
    expect(isPathPassedOver(`study/${name}/1.dcm`)).toBe(true)
    expect(isPathPassedOver(`study\\${name}`)).toBe(true)
  }
)

test.each(['ct.nii.gz', 'p.01', '_0000.nii.gz', 'MACOSX'])('%s is seen', (name) => {
  expect(isPassedOver(name)).toBe(false)
  expect(isPathPassedOver(`../study/./${name}`)).toBe(false)
})

test.each([
  ['cases', 'a/ct.nii.gz', 'cases/a/ct.nii.gz'],
  ['cases/', './a', 'cases/a'],
  ['.', '../a', '../a'],
  ['/data', '/other/a', '/other/a'],
  ['C:\\data', 'D:\\a', 'D:\\a']
])('in %s, %s is %s', (folder, name, path) => {
  expect(pathIn(folder, name)).toBe(path)
})

test('a path has a folder and a name', () => {
  expect([folderOf('a/b/c.json'), folderOf('c.json'), folderOf('/c.json')]).toEqual(['a/b', '.', '/'])
  expect([nameOf('a/b/'), nameOf('a\\b.nii'), nameOf('b')]).toEqual(['b', 'b.nii', 'b'])
})

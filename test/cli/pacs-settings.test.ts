import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openAudit } from '../../src/cli/pacs/audit.ts'
import { serverSettings } from '../../src/cli/pacs/settings.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const folder = scratchFolder()

async function fileOf(name: string, content: unknown, mode = 0o600): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, JSON.stringify(content))
  await chmod(path, mode)
  return path
}

test('user and password, or a token, come from a file or the environment', async () => {
  const file = await fileOf('basic.json', { url: 'https://pacs.example/rs', user: 'ann', password: 'ä:b', timeout: 5 })
  expect(await serverSettings(file, {})).toEqual({
    url: 'https://pacs.example/rs',
    authorization: `Basic ${Buffer.from('ann:ä:b').toString('base64')}`,
    timeout: 5000
  })
  const environment = { OTOMARK_PACS_URL: 'http://localhost:8042/dicom-web', OTOMARK_PACS_TOKEN: 'abc' }
  expect(await serverSettings(undefined, environment)).toEqual({
    url: 'http://localhost:8042/dicom-web',
    authorization: 'Bearer abc'
  })
})

test.runIf(process.platform !== 'win32')('a file that others can read is refused', async () => {
  const file = await fileOf('open.json', { url: 'https://pacs.example/rs' }, 0o644)
  await expect(serverSettings(file, {})).rejects.toThrow(/chmod 600/)
})

test('what is wrong with the settings is reported without the values', async () => {
  const file = await fileOf('wrong.json', { url: 'https://pacs.example/rs', pasword: 'secret-word' })
  const error = await serverSettings(file, {}).catch((thrown: Error) => thrown)
  expect(String(error)).toMatch(/is no file of settings/)
  expect(String(error)).not.toMatch(/secret-word|pacs\.example/)
  await expect(serverSettings(undefined, {})).rejects.toThrow(/OTOMARK_PACS_URL/)
  await expect(serverSettings(undefined, { OTOMARK_PACS_URL: 'file:///x' })).rejects.toThrow(/begins with http/)
})

test('a half line of a record that a killed watch left does not count, and spoils no later one', async () => {
  const line = { time: '', outcome: 'stored' as const, exitCode: 0, stored: [], seconds: 1, software: 'otomark' }
  await writeFile(
    join(folder, 'audit.jsonl'),
    `${JSON.stringify({ ...line, series: '1.1' })}\n{"time":"","series":"1.2"`
  )
  const audit = await openAudit(folder)
  expect([audit.has('1.1', 9), audit.has('1.2', 9)]).toEqual([true, false])
  await audit.add({ ...line, series: '1.2' })
  await audit.add({ ...line, series: '1.3' })
  const again = await openAudit(folder)
  expect(['1.1', '1.2', '1.3'].map((series) => again.has(series, undefined))).toEqual([true, true, true])
})

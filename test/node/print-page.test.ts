import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ResourceError } from '../../src/core/errors.ts'
import { findBrowser, printPage } from '../../src/node/print-page.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const browser = await findBrowser(process.env).catch(() => undefined)
if (browser === undefined) process.stderr.write('No Chromium here: printing a PDF is NOT tested.\n')

test.skipIf(browser === undefined)('a page is printed as PDF', async () => {
  const pdf = await printPage('<!doctype html><title>Ear</title><p>Cochlea', browser ?? '')
  expect(new TextDecoder('latin1').decode(pdf.subarray(0, 5))).toBe('%PDF-')
  expect(pdf.length).toBeGreaterThan(1000)
})

test('without a browser the error says what to do, and that resources are missing', async () => {
  const error = await findBrowser({ OTOMARK_BROWSER: join(scratch, 'none') }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ResourceError)
  expect(error).toMatchObject({ exitCode: 5, message: expect.stringMatching(/cannot be run; install one or set/) })
})

test('a browser that fails is named', async () => {
  const broken = join(scratch, 'broken')
  writeFileSync(broken, '#!/bin/sh\nexit 3\n', { mode: 0o755 })
  expect(await findBrowser({ OTOMARK_BROWSER: broken })).toBe(broken)
  await expect(printPage('<p>', broken)).rejects.toThrow(/printing a PDF: .*broken failed; open report.html/)
})

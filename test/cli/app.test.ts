import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedPage, servePage } from '../../src/cli/app/serve-page.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const folder = scratchFolder()
const page = join(folder, 'page')
let served: ServedPage

beforeAll(async () => {
  await mkdir(join(page, 'assets'), { recursive: true })
  await writeFile(join(page, 'index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(page, 'assets', 'main.js'), 'export const main = 1')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  served = await servePage(page, 0)
})
afterAll(() => served.close())

interface Answer {
  readonly status: number | undefined
  readonly headers: Record<string, unknown>
  readonly body: Buffer
}

/** The path as it is: `fetch` would tidy it up. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port, host } = new URL(served.address)
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) })
      })
    })
    asked.on('error', reject)
    asked.end()
  })
}

test.each(['//:x', '//a:99999', 'http://[::1', '*', '/%'])(
  'the target %s is refused and the server goes on',
  async (target) => {
    expect((await get(target)).status).toBeGreaterThanOrEqual(400)
    expect((await get(target, { host: 'elsewhere.example' })).status).toBe(403)
    expect((await get('/')).status).toBe(200)
  }
)

test('the page is served with its policy and isolated, so that it may have threads', async () => {
  const { status, headers, body } = await get('/')
  expect([status, String(body)]).toEqual([200, '<!doctype html><title>page</title>'])
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp'
  })
})

test('scripts are sent compressed to who can read that, and kept by their hashed names', async () => {
  const { headers, body } = await get('/assets/main.js', { 'accept-encoding': 'gzip, br' })
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': expect.stringContaining('immutable') })
  expect(String(gunzipSync(body))).toBe('export const main = 1')
})

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/assets/../../secret.txt',
  '/assets',
  '/nothing.js',
  '//etc/passwd'
])('%s is not found: nothing but the files of the page is sent', async (path) => {
  expect(await get(path)).toMatchObject({ status: 404, body: Buffer.alloc(0) })
})

test('a page under another name that points here gets nothing', async () => {
  expect(await get('/', { host: 'evil.example' })).toMatchObject({ status: 403, body: Buffer.alloc(0) })
})

test('nothing can be sent to it', async () => {
  expect(await get('/', {}, 'POST')).toMatchObject({ status: 405 })
})

test('a folder without a page, a taken port and a port that is none are refused in one line', async () => {
  await expect(servePage(folder, 0)).rejects.toMatchObject({ name: 'ResourceError', message: /npm run build/ })
  const { port } = new URL(served.address)
  await expect(servePage(page, Number(port))).rejects.toMatchObject({ name: 'UsageError', message: /another port/ })
  expect(await runCli('app', '--port', '99999')).toMatchObject({
    code: 2,
    err: /--port 99999: is not a whole number from 0 to 65535/
  })
})

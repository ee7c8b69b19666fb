import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { watchServer } from '../../src/cli/pacs/watch-server.ts'
import { InputError } from '../../src/core/errors.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

test.runIf(process.platform === 'linux')(
  'a state folder that cannot be written ends it with one sentence',
  async () => {
    const never = () => expect.unreachable()
    // Nobody, not even root, may make files in /proc.
    const options = { state: '/proc', interval: 1, days: 1, once: true, analyze: never, say: never }
    await expect(
      watchServer({ url: 'http://127.0.0.1:1' }, { ...options, signal: new AbortController().signal })
    ).rejects.toMatchObject({ exitCode: 5, message: /^writing \/proc: no file can be made there/ })
  }
)

test.each([
  ['says', true],
  ['does not say', false]
])(
  'a series that grows is waited for, and analysed anew where it grew later, on a server that %s how many objects there are',
  async (_, says) => {
    let count = 20
    const server = createServer(({ url = '' }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://localhost')
      const isFirstPage = searchParams.get('offset') === '0'
      const series = { '0020000D': { Value: ['1.1'] }, '0020000E': { Value: ['1.2'] }, '00080060': { Value: ['CT'] } }
      const counted = { ...series, ...(says && { '00201209': { Value: [count] } }) }
      if (!isFirstPage && searchParams.has('offset')) response.writeHead(204).end()
      else if (pathname === '/series') response.end(JSON.stringify([counted]))
      else if (pathname.endsWith('/instances')) {
        response.end(JSON.stringify(Array.from({ length: count }, (_, n) => ({ '00080018': { Value: [`1.3.${n}`] } }))))
        // Half of it comes while it is looked at.
        count = Math.max(count, 40)
      } else response.end('an object')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const state = join(scratchFolder(), 'state')
    const watch = () =>
      watchServer(
        { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
        {
          state,
          interval: 1,
          days: 1,
          once: true,
          signal: new AbortController().signal,
          say: () => {},
          analyze: async () => {
            throw new InputError('series', 'shows no ear')
          }
        }
      )
    const analysed = (): number[] =>
      readFileSync(join(state, 'audit.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { instances: number }).instances)
    await watch()
    expect(analysed()).toEqual(says ? [20, 40] : [40])
    await watch()
    expect(analysed()).toEqual(says ? [20, 40] : [40])
    count = 60
    await watch()
    expect(analysed()).toEqual(says ? [20, 40, 60] : [40])
    server.close().closeAllConnections()
  }
)

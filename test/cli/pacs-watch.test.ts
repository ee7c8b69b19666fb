import { expect, test } from 'vitest'
import { watchServer } from '../../src/cli/pacs/watch-server.ts'

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

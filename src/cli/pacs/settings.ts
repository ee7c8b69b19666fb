import { stat } from 'node:fs/promises'
import { z } from 'zod'
import type { ServerSettings } from '../../clinic/dicomweb/server.ts'
import { InputError, UsageError } from '../../core/errors.ts'
import { readError } from '../../io/file-error.ts'
import { readJson } from '../../io/json.ts'
import { diskFiles } from '../../node/file-access.ts'

/** What a file of settings holds. Passwords and tokens come from here or the environment, never from an argument. */
const settingsFile = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe('the address that /studies follows'),
  user: z.string().optional(),
  password: z.string().optional(),
  token: z.string().optional().describe('for bearer authentication, in place of user and password'),
  timeout: z.number().positive().max(3600).optional().describe('seconds until a response must be there')
})

type Environment = Readonly<Record<string, string | undefined>>

/**
 * How the server is reached, from a JSON file or, without one, from OTOMARK_PACS_URL, OTOMARK_PACS_USER,
 * OTOMARK_PACS_PASSWORD and OTOMARK_PACS_TOKEN.
 * @throws InputError for a file that others can read or that holds something else, UsageError where nothing names a
 * server
 */
export async function serverSettings(file: string | undefined, environment: Environment): Promise<ServerSettings> {
  const named = file === undefined ? fromEnvironment(environment) : await fromFile(file)
  const { url, user, password, token, timeout } = named
  const basic =
    user === undefined ? undefined : `Basic ${Buffer.from(`${user}:${password ?? ''}`, 'utf8').toString('base64')}`
  const authorization = token === undefined ? basic : `Bearer ${token}`
  return {
    url,
    ...(authorization !== undefined && { authorization }),
    ...(timeout !== undefined && { timeout: timeout * 1000 })
  }
}

function fromEnvironment(environment: Environment): z.infer<typeof settingsFile> {
  const { OTOMARK_PACS_URL: url, OTOMARK_PACS_USER: user, OTOMARK_PACS_PASSWORD: password } = environment
  const { OTOMARK_PACS_TOKEN: token } = environment
  if (url === undefined) {
    throw new UsageError('no server is named: set OTOMARK_PACS_URL, or give a file of settings with --settings')
  }
  const parsed = settingsFile.safeParse({
    url,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(token !== undefined && { token })
  })
  if (parsed.success) return parsed.data
  throw new UsageError('OTOMARK_PACS_URL is no address that begins with http:// or https://')
}

async function fromFile(file: string): Promise<z.infer<typeof settingsFile>> {
  const status = await stat(file).catch((error: unknown) => {
    throw readError(file, error)
  })
  // Windows has no such bits, and reports 0o666 of every file.
  if (process.platform !== 'win32' && (status.mode & 0o077) !== 0) {
    throw new InputError(file, 'can be read by other users, and may hold a password; run chmod 600 on it')
  }
  const parsed = settingsFile.safeParse(await readJson(diskFiles, file))
  if (parsed.success) return parsed.data
  // The values are not printed: one of them may be the password under a wrong name.
  const wrong = parsed.error.issues.map(({ path, code }) => path.join('.') || code)
  throw new InputError(
    file,
    `is no file of settings (${wrong.join(', ')}); it holds url, user, password, token, timeout`
  )
}

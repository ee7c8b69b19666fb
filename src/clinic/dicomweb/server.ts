import { AccessError, InputError, ResourceError } from '../../core/errors.ts'
import { joinBytes } from '../../io/join-bytes.ts'

/** What messages call the server: its address is not for logs. */
export const serverName = 'the DICOMweb server'

/** How a DICOMweb server is reached. */
export interface ServerSettings {
  /** The address that `/studies` follows. */
  readonly url: string
  /** The value of the Authorization header, if it wants one. */
  readonly authorization?: string
  /** Milliseconds until an answer must be there, whole. Default: two minutes. */
  readonly timeout?: number
  /** How often a request is sent again that got no answer or `come back later`. Default: 4. */
  readonly retries?: number
  /** Milliseconds before the first of them; doubled each time. Default: 500. */
  readonly firstDelay?: number
  /** Most bytes of one answer. Default: 2 GiB. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

/** What is asked of a server. */
export interface ServerRequest {
  /** Below the server's address, such as `/studies`. */
  readonly path: string
  readonly accept: string
  readonly method?: 'GET' | 'POST'
  readonly contentType?: string
  readonly body?: Uint8Array
}

/** An answer with its whole body. */
export interface ServerAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: Uint8Array
}

/** The server is overloaded or on its way; the request may be sent again. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * Sends a request, again where it got no answer. Redirections are not followed: what patients' images are sent to is
 * the address that was given.
 * @returns any answer from 200 to 299, and 409, by which a server refuses objects it has
 * @throws InputError where the server refuses, AccessError among them, ResourceError where it cannot be reached; neither names it
 */
export async function ask(server: ServerSettings, request: ServerRequest): Promise<ServerAnswer> {
  const { retries = 4, firstDelay = 500, signal } = server
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted()
    const answer = await attemptOnce(server, request)
    if (!(answer instanceof ResourceError) || attempt >= retries) return settled(answer)
    await delay(firstDelay * 2 ** attempt, signal)
  }
}

/** Waits; a signal ends it early by throwing its reason. */
export async function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

function settled(answer: ServerAnswer | ResourceError): ServerAnswer {
  if (answer instanceof ResourceError) throw answer
  if ((answer.status >= 200 && answer.status < 300) || answer.status === 409) return answer
  const Refusal = answer.status === 401 || answer.status === 403 ? AccessError : InputError
  throw new Refusal(serverName, refusals[answer.status] ?? `answers with status ${answer.status}`)
}

const refusals: Readonly<Record<number, string>> = {
  400: 'does not understand the request (400)',
  401: 'wants other credentials (401); check user and password, or the token',
  403: 'does not allow it to this user (403)',
  404: 'does not have it (404); check its address and the UIDs',
  413: 'takes no object of this size (413)',
  415: 'takes no DICOM objects at this address (415)'
}

async function attemptOnce(server: ServerSettings, request: ServerRequest): Promise<ServerAnswer | ResourceError> {
  const { timeout = 120_000, signal, maxBytes = 2 ** 31 } = server
  const limit = AbortSignal.timeout(timeout)
  try {
    const response = await fetch(`${server.url.replace(/\/+$/, '')}${request.path}`, {
      method: request.method ?? 'GET',
      headers: {
        Accept: request.accept,
        ...(server.authorization !== undefined && { Authorization: server.authorization }),
        ...(request.contentType !== undefined && { 'Content-Type': request.contentType })
      },
      redirect: 'error',
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      ...(request.body !== undefined && { body: new Uint8Array(request.body) })
    })
    const body = await readBody(response, maxBytes)
    if (passing.has(response.status)) return new ResourceError(`${serverName} answers with status ${response.status}`)
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', body }
  } catch (error) {
    if (error instanceof InputError) throw error
    signal?.throwIfAborted()
    if (isUntrusted(error)) throw new AccessError(serverName, untrusted)
    const problem = limit.aborted ? `does not answer within ${Math.round(timeout / 1000)} s` : 'cannot be reached'
    // The cause of a failed fetch names the server, and would reach a log by OTOMARK_DEBUG.
    return new ResourceError(`${serverName} ${problem}`)
  }
}

const untrusted =
  'shows a certificate that is not trusted; name the file of the authority it comes from in NODE_EXTRA_CA_CERTS, or have it renewed'

/** Whether a connection was not made because of the server's certificate: OpenSSL's codes of verification, and TLS's. */
function isUntrusted(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|INVALID_CA|HOSTNAME_MISMATCH/.test(code)
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array(0)
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    length += value.length
    if (length > maxBytes) {
      await reader.cancel()
      throw new InputError(serverName, `answers with more than ${maxBytes} bytes`)
    }
  }
  return joinBytes(chunks)
}

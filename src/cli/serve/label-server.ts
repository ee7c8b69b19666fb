import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { parts } from '../../core/anatomy.ts'
import { exitCode } from '../../core/errors.ts'
import { softwareVersion } from '../../core/version.ts'
import { type FlagResult, notice } from '../../report/result.ts'
import { explainError } from '../report-error.ts'
import { Sessions } from './sessions.ts'

/** What a client gets of a scan. */
export interface LabelResult {
  readonly nifti: Uint8Array
  readonly nrrd: () => Uint8Array
  /** 3D Slicer markups. */
  readonly landmarks: unknown
  /** What a reader should know before using them. */
  readonly flags: readonly FlagResult[]
}

export interface LabelServerOptions {
  /** Holds what clients send, while it is needed. */
  readonly folder: string
  /** Clients must send it, as a bearer's; without one only this machine is listened to. */
  readonly token?: string
  /** Most bytes of a request. */
  readonly maxBody: number
  /** Most requests for an analysis that wait; one runs at a time. */
  readonly maxWaiting: number
  readonly analyze: (path: string) => Promise<LabelResult>
}

const modelName = 'otomark'
const maxSessions = 8

/** A request that is refused, with the status it gets. */
class Refusal extends Error {
  readonly status: number

  constructor(status: number, detail: string) {
    super(detail)
    this.status = status
  }
}

/** MONAI Label's protocol (its REST API, version 0.8) as far as inference goes: info, sessions, infer; no training. */
export function createLabelServer(options: LabelServerOptions): Server {
  const sessions = new Sessions(options.folder, maxSessions)
  const queue = createQueue(options.maxWaiting)
  let receiving = false
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    allow(request, options.token)
    const { pathname, searchParams } = new URL(`http://localhost${request.url ?? '/'}`)
    const [, endpoint = '', name = ''] = pathname.split('/')
    const method = request.method ?? 'GET'
    if (endpoint === 'auth' && method === 'GET') return json(response, { enabled: false })
    if (endpoint === 'info' && method === 'GET') return json(response, info())
    if (endpoint === 'session' && method === 'GET') {
      if (sessions.pathOf(name) === undefined) throw new Refusal(404, 'there is no such session')
      return json(response, { session_id: name })
    }
    if (endpoint === 'session' && method === 'DELETE') {
      if (!(await sessions.remove(name))) throw new Refusal(404, 'there is no such session')
      return json(response, {})
    }
    const isInference = endpoint === 'infer' && name === modelName && method === 'POST'
    if (!isInference && !(endpoint === 'session' && method === 'PUT')) throw new Refusal(404, 'nothing is here')
    // One body at a time: each is held in memory until it is on the disk.
    if (receiving) throw new Refusal(503, 'another scan is being received; send it again')
    receiving = true
    const form = await formOf(request, options.maxBody).finally(() => {
      receiving = false
    })
    const file = [...form.values()].find((value) => typeof value !== 'string')
    const sent =
      file === undefined ? undefined : await sessions.add(file.name, new Uint8Array(await file.arrayBuffer()))
    if (!isInference) {
      if (sent === undefined) throw new Refusal(400, 'no file was sent')
      return json(response, { session_id: sent })
    }
    const id = sent ?? searchParams.get('session_id') ?? ''
    const path = sessions.pathOf(id)
    if (path === undefined) throw new Refusal(404, 'there is no such session, and no file was sent')
    const result = await queue(() => options.analyze(path))
    if (sent !== undefined) await sessions.remove(sent)
    send(response, result, extensionIn(form), searchParams.get('output') ?? 'all')
  }
  return createServer({ headersTimeout: 10_000, requestTimeout: 600_000 }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      request.resume()
      if (response.headersSent) response.destroy()
      else json(response, { detail: detailOf(error) }, statusOf(error))
    })
  })
}

/** Runs one step after the other. */
function createQueue(most: number): <T>(step: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return (step) => {
    if (waiting > most) throw new Refusal(503, 'too many scans are waiting; send it again later')
    waiting++
    const run = last.then(step).finally(() => waiting--)
    last = run.catch(() => {})
    return run
  }
}

function allow({ headers }: IncomingMessage, token: string | undefined): void {
  if (token === undefined) {
    // Pages of other addresses cannot reach this server under a name of theirs that they let point here.
    if (/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '')) return
    throw new Refusal(403, 'only this machine is served')
  }
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  if (timingSafeEqual(hash(headers.authorization ?? ''), hash(`Bearer ${token}`))) return
  throw new Refusal(401, 'the token is missing or wrong')
}

function info(): object {
  const labels = Object.fromEntries(parts.map(({ name, label }) => [name, label]))
  const description = `Inner ear: cochlea, vestibule, semicircular canals, three landmarks. ${notice}`
  return {
    name: 'otomark',
    description,
    version: softwareVersion,
    labels,
    models: { [modelName]: { type: 'segmentation', labels, dimension: 3, description, config: {} } },
    trainers: {},
    strategies: {},
    scoring: {},
    train_stats: {},
    datastore: { total: 0, completed: 0 },
    config: {}
  }
}

async function formOf(request: IncomingMessage, maxBody: number): Promise<FormData> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > maxBody) throw new Refusal(413, `a request may have ${maxBody} bytes`)
    chunks.push(chunk)
  }
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return new FormData()
  try {
    return await new Response(Buffer.concat(chunks), { headers: { 'content-type': type } }).formData()
  } catch {
    throw new Refusal(400, 'the form cannot be read')
  }
}

/** The format of labels a client asks for in its parameters, as 3D Slicer does. */
function extensionIn(form: FormData): 'nii.gz' | 'nrrd' {
  const text = form.get('params')
  return typeof text === 'string' && /"result_extension"\s*:\s*"\.?nrrd"/.test(text) ? 'nrrd' : 'nii.gz'
}

function send(response: ServerResponse, result: LabelResult, extension: 'nii.gz' | 'nrrd', output: string): void {
  const labels = Object.fromEntries(parts.map(({ name, label }) => [name, label]))
  const params = { label_names: labels, landmarks: result.landmarks, flags: result.flags, notice }
  if (output === 'json') {
    json(response, params)
    return
  }
  const bytes = extension === 'nrrd' ? result.nrrd() : result.nifti
  if (output === 'image') {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length }).end(bytes)
    return
  }
  const boundary = `otomark-${createHash('sha256').update(bytes).digest('hex').slice(0, 24)}`
  const head = (name: string, file: string, type: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\nContent-Type: ${type}\r\n\r\n`
  // In one piece, with its length: MONAI Label's client misreads an answer that comes in chunks.
  const body = Buffer.concat([
    Buffer.from(`${head('params', '', 'application/json')}${JSON.stringify(params)}\r\n`),
    Buffer.from(head('image', `; filename="labels.${extension}"`, 'application/octet-stream')),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`)
  ])
  const type = `multipart/form-data; boundary=${boundary}`
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length }).end(body)
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status
  const { exitCode: code } = explainError(error)
  return code === exitCode.input || code === exitCode.noEar || code === exitCode.usage ? 422 : 500
}

function detailOf(error: unknown): string {
  return error instanceof Refusal ? error.message : (explainError(error).message ?? 'failed')
}

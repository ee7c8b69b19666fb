import { readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { ResourceError } from '../../core/errors.ts'
import { listen } from '../listen.ts'
import { pageHeaders } from './page-headers.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json'
}

/** What is sent smaller than it lies on the disk; the rest is compressed already or hardly compressible. */
const compressible = new Set(['.html', '.js', '.mjs', '.css', '.svg', '.webmanifest', '.json'])

/** Milliseconds that a client may take, so that slow ones do not keep the page from others. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000
}
const maxConnections = 64

/** A page that is being served. */
export interface ServedPage {
  readonly address: string
  close(): Promise<void>
}

/**
 * Serves the files of a folder to this machine alone, under the page's headers.
 * @param port 0 for any that is free
 * @throws ResourceError when the folder holds no page, UsageError when the port is taken
 */
export async function servePage(folder: string, port: number): Promise<ServedPage> {
  const files = await findFiles(folder)
  if (!files.has('/index.html')) {
    throw new ResourceError(`serving ${folder}: there is no page in it; build it with npm run build`)
  }
  const server = createServer(limits, (request, response) => {
    answer(files, request, response).catch(() => refuse(response, 500))
  })
  server.maxConnections = maxConnections
  // A download that is not read, or a connection that says nothing, is closed too.
  server.setTimeout(limits.requestTimeout)
  return {
    address: `http://localhost:${await listen(server, port, '127.0.0.1')}/`,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    }
  }
}

/** Paths on the disk by the path in an address. Nothing but these is ever sent. */
async function findFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [`/${relative(folder, path).split(sep).join('/')}`, path])
  )
}

async function answer(
  files: ReadonlyMap<string, string>,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const fail = (status: number): void => refuse(response, status)
  if (!isLocal(request)) return fail(403)
  const pathname = pathOf(request)
  if (pathname === undefined) return fail(400)
  const path = files.get(pathname === '/' ? '/index.html' : pathname)
  if (request.method !== 'GET' && request.method !== 'HEAD') return fail(405)
  if (path === undefined) return fail(404)
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) return fail(404)
  const packed = compressible.has(extname(path)) && request.headers['accept-encoding']?.includes('gzip') === true
  const body = packed ? await promisify(gzip)(bytes) : bytes
  response.writeHead(200, {
    ...pageHeaders,
    'Content-Type': types[extname(path)] ?? 'application/octet-stream',
    'Content-Length': body.length,
    // Names in assets change with their content; the rest is asked for again.
    'Cache-Control': pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
    ...(packed && { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' })
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy()
  else response.writeHead(status, pageHeaders).end()
}

/** The path a request asks for; undefined of a target that is none. */
function pathOf({ url = '/' }: IncomingMessage): string | undefined {
  // Two slashes would start the name of a host.
  const local = url.replace(/^\/+/, '/')
  return local.startsWith('/') && URL.canParse(local, 'http://localhost')
    ? new URL(local, 'http://localhost').pathname
    : undefined
}

/** Other pages cannot reach this server under a name of theirs that they let point here. */
function isLocal({ headers }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '')
}
